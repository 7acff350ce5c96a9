"""Bytes written to the terminal, and ms until the last of them, for the keys of every day: newstui beside newsboat.

    python -m bench.terminal_bytes [--sizes 80x24,160x48] [--rounds 8] [--quiet 0.4] [--idle 60]

Both read the same articles (Chinese text, four feeds, one district each) on a pty with TERM=xterm-256color; newsboat
is taken from PATH ("absent" is said otherwise) and its cache.db is analysed, without which it is many times slower.
A key's answer is over when nothing has come for --quiet seconds: what comes later than that is not counted.

    row down       the next article in the list, both rows on screen
    past the edge  the same where the list must scroll
    open           Enter on the list
    page down      in the article
    back           from the article to the list
    next district  newstui's next tab; newsboat's next feed

Bars: bytes ≤ 1.0 × newsboat's for each; on a slow link (slow_link = "on") ≤ 40 bytes for a row down; p95 of a row down
≤ 16 ms, of opening ≤ 45 ms; --idle seconds without a byte. Exit code 1 when one is missed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

import apsw

from bench.build_cache import sentence
from bench.session import Answer, Session
from newstui.model import Article, Block
from newstui.store import open_store

DISTRICTS: Final = (("510114", "新都"), ("510115", "温江"), ("510116", "双流"), ("510107", "武侯"))
ACTIONS: Final = ("row down", "past the edge", "open", "page down", "back", "next district")
SAME: Final = 'paragraphs = "space"\n'
"""What makes both set a text alike: newsboat leaves a blank line between paragraphs."""
_MS_BARS: Final = {"row down": 16.0, "open": 45.0}
_SLOW_BAR: Final = 40
_NEWSBOAT: Final = """\
auto-reload no
refresh-on-startup no
confirm-exit no
browser true
unbind-key j
unbind-key J
unbind-key K
unbind-key SPACE
bind-key j down
bind-key J next-feed
bind-key K prev-feed
bind-key SPACE pagedown
"""


class Keys(NamedTuple):
    """How a program is driven: the command, its environment, and its keys."""

    command: tuple[str, ...]
    env: Mapping[str, str]
    shown: str
    """Text that says that it is ready."""
    first: str
    """Keys to the first district's list."""
    districts: str
    """A key for each next district, over and over."""


Figures = dict[str, list[Answer]]


def articles(number: int) -> list[Article]:
    """A hundred and twenty articles of one district, newest first; texts of several pages."""
    rng = random.Random(number)
    now = datetime.now(UTC).replace(microsecond=0)
    made = []
    for index in range(120):
        paragraphs = [
            "，".join(sentence(rng, rng.randint(3, 8)) for _ in range(rng.randint(3, 7))) + "。"
            for _ in range(rng.randint(45, 60))
        ]
        made.append(
            Article(
                title=sentence(rng, rng.randint(6, 12)),
                url=f"https://news{number}.example.cn/{index}",
                guid=f"{number}-{index}",
                published=now - timedelta(minutes=5 + 97 * index + number),
                blocks=tuple(Block("paragraph", text) for text in paragraphs),
                place=DISTRICTS[number][0],
            )
        )
    return made


def build(home: Path) -> None:
    """The same articles for both programs, under `home`."""
    boat = home / "newsboat"
    boat.mkdir(parents=True)
    now = datetime.now(UTC).replace(microsecond=0)
    urls = []
    with open_store(home / "cache.db", now=now) as store:
        for number, (_, name) in enumerate(DISTRICTS):
            made = articles(number)
            source = store.sources.add(f"https://news{number}.example.cn/rss", "feed", title=f"{name}日报", at=now)
            store.articles.ingest(source.id, made, at=now)
            feed = boat / f"{number}.xml"
            feed.write_text(_rss(f"{name}日报", made), encoding="utf-8")
            urls.append(f"file://{feed}\n")
    (boat / "urls").write_text("".join(urls), encoding="utf-8")
    (boat / "config").write_text(_NEWSBOAT, encoding="utf-8")


def _rss(title: str, made: Sequence[Article]) -> str:
    items = []
    for article in made:
        assert article.published is not None
        body = "".join(f"<p>{escape(block.text)}</p>" for block in article.blocks)
        items.append(
            f"<item><title>{escape(article.title)}</title><link>{article.url}</link><guid>{article.guid}</guid>"
            f"<pubDate>{format_datetime(article.published)}</pubDate><description>{escape(body)}</description></item>"
        )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


def environment(home: Path) -> dict[str, str]:
    """A clean environment of 256 colours."""
    return {
        "PATH": os.environ["PATH"], "HOME": str(home), "NEWSTUI_HOME": str(home), "LANG": "C.UTF-8", "LANGUAGE": "",
        "TERM": "xterm-256color", "TZ": "Asia/Shanghai",
    }  # fmt: skip


def newstui(home: Path, *, slow: bool = False) -> Keys:
    """How newstui is driven; `slow` as on a slow link."""
    (home / "config.toml").write_text(f'slow_link = "{"on" if slow else "off"}"\n{SAME}', encoding="utf-8")
    command = (sys.executable, "-m", "newstui")
    # 全部, 收藏 and 成都's own tab may stand before the districts.
    return Keys(command, environment(home), DISTRICTS[0][1], "4", "lllhhh")


def newsboat(home: Path) -> Keys | None:
    """How newsboat is driven, its articles read in and analysed; None when it is not installed."""
    program = shutil.which("newsboat")
    if program is None:
        return None
    boat, env = home / "newsboat", environment(home)
    cache = boat / "cache.db"
    command = (program, "-C", f"{boat}/config", "-u", f"{boat}/urls", "-c", str(cache))
    subprocess.run([*command, "-x", "reload"], env=env, check=True, capture_output=True)
    connection = apsw.Connection(str(cache))
    connection.execute("ANALYZE")
    connection.close()
    return Keys(command, env, DISTRICTS[0][1], "\r", "JJJKKK")


def measure(keys: Keys, size: tuple[int, int], rounds: int, quiet: float) -> Figures:
    """Every action's answers on a terminal of `size`."""
    found: Figures = {action: [] for action in ACTIONS}
    with Session(keys.command, keys.env, size) as session:
        session.until(keys.shown)
        session.settle(1.5)
        if keys.first:
            session.press(keys.first, quiet)
        for number in range(rounds):
            found["next district"].append(session.press(keys.districts[number % len(keys.districts)], quiet))
            # A first key after a change of lists may still bring what came with it.
            for _ in range(4):
                found["row down"].append(session.press("j", quiet))
            found["open"].append(session.press("\r", quiet))
            found["page down"].append(session.press(" ", quiet))
            found["back"].append(session.press("q", quiet))
            if number == rounds - 1:
                session.send("j" * (size[1] - 8))
                session.settle(1.0)
                found["past the edge"] += [session.press("j", quiet) for _ in range(12)][6:]
        if os.environ.get("BENCH_DUMP"):
            for action, answers in found.items():
                print(action, answers[-1].wire, file=sys.stderr)
    return found


def idle(keys: Keys, size: tuple[int, int], seconds: float) -> tuple[int, float]:
    """Bytes written and CPU seconds used while nothing is typed for `seconds`."""
    with Session(keys.command, keys.env, size) as session:
        session.until(keys.shown)
        session.settle(3.0)
        mark, cpu = len(session.wire), session.cpu()
        session.settle(seconds)
        return len(session.wire) - mark, session.cpu() - cpu


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which `part` of the values lie, by rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def _bytes(answers: Sequence[Answer]) -> float:
    return median(len(answer.wire) for answer in answers)


def report(size: tuple[int, int], ours: Figures, boat: Figures | None, slow: Figures) -> bool:
    """Print one size's table; whether its bars hold."""
    print(f"\n{size[0]}x{size[1]}: bytes median (min-max); ms median, p95 (min-max)")
    print(f"{'':14} {'newstui':>40} {'newsboat':>40}  ratio {'slow link':>20}")
    good = True
    for action in ACTIONS:
        line = f"{action:14} {_cell(ours[action]):>40} "
        if boat is None:
            line += f"{'absent':>40}     - "
        else:
            ratio = _bytes(ours[action]) / max(_bytes(boat[action]), 1)
            good = good and ratio <= 1.0
            line += f"{_cell(boat[action]):>40} {ratio:6.2f}{' ' if ratio <= 1.0 else '!'}"
        thin = slow[action]
        line += f"{_bytes(thin):8.0f} ({min(len(a.wire) for a in thin)}-{max(len(a.wire) for a in thin)})"
        bar = _MS_BARS.get(action)
        if bar is not None and percentile([answer.ms for answer in ours[action]], 0.95) > bar:
            good = False
            line += f"  p95 over {bar:g} ms"
        print(line)
    return good and max(len(answer.wire) for answer in slow["row down"]) <= _SLOW_BAR


def _cell(answers: Sequence[Answer]) -> str:
    sizes, times = [len(answer.wire) for answer in answers], [answer.ms for answer in answers]
    spread = f"{_bytes(answers):.0f} ({min(sizes)}-{max(sizes)})"
    return f"{spread}; {median(times):.1f}, {percentile(times, 0.95):.1f} ({min(times):.1f}-{max(times):.1f})"


def main(argv: Sequence[str]) -> int:
    """Measure, print the tables, and say whether the bars hold."""
    parser = argparse.ArgumentParser(description="Bytes per key, newstui beside newsboat.")
    parser.add_argument("--sizes", default="80x24,160x48", metavar="WxH,…")
    parser.add_argument("--rounds", type=int, default=8, metavar="N")
    parser.add_argument("--quiet", type=float, default=0.4, metavar="SECONDS")
    parser.add_argument("--idle", type=float, default=0.0, metavar="SECONDS")
    options = parser.parse_args(argv)
    good = True
    for part in options.sizes.split(","):
        columns, rows = part.split("x")
        size = (int(columns), int(rows))
        with tempfile.TemporaryDirectory(prefix="newstui-bytes-") as work:
            home = Path(work)
            build(home)
            boat = newsboat(home)
            theirs = measure(boat, size, options.rounds, options.quiet) if boat is not None else None
            ours = measure(newstui(home), size, options.rounds, options.quiet)
            slow = measure(newstui(home, slow=True), size, options.rounds, options.quiet)
            good = report(size, ours, theirs, slow) and good
            if options.idle:
                wrote, used = idle(newstui(home), size, options.idle)
                print(f"idle for {options.idle:g} s: {wrote} bytes, {used * 1000:.0f} ms of CPU")
                good = good and not wrote
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
