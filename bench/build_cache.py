"""Fill a cache with synthetic Chinese articles: `python bench/build_cache.py N PATH`.

The rows are the ones an ingest would make, written straight into the tables, so that a million take two minutes.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from newstui.model import Article, Block
from newstui.store.bodies import encode
from newstui.store.connection import Database
from newstui.store.counts import Deltas, Standing
from newstui.store.facade import Store
from newstui.store.identity import ALPHABET
from newstui.store.opening import connect
from newstui.store.places import Spot
from newstui.store.times import to_ms

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
WORDS = tuple(
    (
        "近日 市委 召开 会议 新都 温江 双流 老旧小区 改造 项目 居民 环境 提升 工作 推进 建设 发展 学校 医院 交通 "
        "公园 社区 文化 活动 举办 企业 投资 创新 农业 乡村 振兴 旅游 生态 保护 安全 检查 服务 群众 干部 培训 高新区 "
        "产业"
    ).split()
)
PAPERS = ("成都日报", "四川日报", "华西都市报", "成都商报", "新都资讯", "浙江日报")
CITIES = ("5101", "5107", "3301", "4401", "3205", "1101", "3101", "5001", "6101", "4201")
_CHUNK = 20_000


def sentence(rng: random.Random, words: int) -> str:
    """Words in a row."""
    return "".join(rng.choices(WORDS, k=words))


def build(count: int, path: Path, *, seed: int = 1) -> None:
    """A new cache at `path` with `count` articles in 200 districts: a tenth unread, a two hundredth starred."""
    rng = random.Random(seed)
    codes = [f"{city}{number:02}" for city in CITIES for number in range(1, 21)]
    texts = [
        encode(
            Article("", blocks=tuple(Block("paragraph", sentence(rng, 60) + "。") for _ in range(rng.randint(3, 9))))
        )
        for _ in range(500)
    ]
    database = connect(path, write=True)
    store = Store(database)
    sources = [
        store.sources.add(f"https://feed{number}.example/rss", "feed", f"{paper}{number}", at=NOW).id
        for number, paper in enumerate(PAPERS * 5)
    ]
    for first in range(0, count, _CHUNK):
        with database.transaction(durable=False):
            spots = {code: store.places.spot(code) for code in codes}
            _write(database, rng, range(first + 1, min(first + _CHUNK, count) + 1), spots, sources, texts)
    store.close()


def _write(
    database: Database,
    rng: random.Random,
    rows: range,
    spots: Mapping[str, Spot],
    sources: Sequence[int],
    texts: Sequence[str | bytes],
) -> None:
    deltas = Deltas()
    articles: list[tuple[object, ...]] = []
    bodies: list[tuple[object, ...]] = []
    marks: list[tuple[str, int, int, int, int]] = []
    identities: list[tuple[int, bytes, int]] = []
    places = list(spots.values())
    for row in rows:
        digest = blake2b(row.to_bytes(8, "big"), digest_size=36).digest()
        number = int.from_bytes(digest[:8], "big")
        short = "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(10))
        moment = to_ms(NOW - timedelta(seconds=60 + row * 37))
        standing = Standing(
            rng.choice(sources), *rng.choice(places), int(rng.random() > 0.1), int(rng.random() < 0.005)
        )
        dates = (moment, None, moment)
        texts_of = (sentence(rng, 8), rng.choice(PAPERS), f"https://news.example/{row}.html")
        articles.append((row, moment, short, *standing, 1, *dates, digest[:12], digest[12:24], 0, *texts_of))
        bodies.append((row, "本报记者", "", "", rng.choice(texts)))
        if standing.read or standing.starred:
            marks.append((short, standing.read, moment, standing.starred, moment))
        identities += [(standing.source, digest[start : start + 12], row) for start in (0, 12, 24)]
        deltas.add(standing)
    database.run_many(
        "INSERT INTO articles (row, sort, id, source, province, city, district, read, starred, own_place, published, "
        "updated, first_seen, digest, text_digest, richness, title, byline, url) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        articles,
    )
    database.run_many("INSERT INTO bodies VALUES (?, ?, ?, ?, ?)", bodies)
    database.run_many("INSERT INTO marks VALUES (?, ?, ?, ?, ?)", sorted(marks))
    database.run_many("INSERT INTO identities VALUES (?, ?, ?)", sorted(identities))
    deltas.write(database)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    began = time.perf_counter()
    build(int(sys.argv[1]), Path(sys.argv[2]))
    print(f"{sys.argv[1]} articles in {time.perf_counter() - began:.1f} s", file=sys.stderr)
