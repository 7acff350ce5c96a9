"""The ways to something to read, each through the real command in a real child."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import apsw
import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from newstui.app.application import NewstuiApp
from newstui.locale import catalogue
from newstui.model import Source
from newstui.screens.confirm import ChoiceScreen, ConfirmScreen
from newstui.screens.jobs import Job, Tally
from newstui.screens.outcomes import outcome, progress
from newstui.screens.troubles import TroublesScreen
from newstui.screens.welcome import WelcomeScreen
from newstui.store import Store
from newstui.text.widths import cell_width
from tests.fetch.feeds import rss
from tests.fetch.server import serving
from tests.sources.portal import STANDARD, page
from tests.tui.library import article, ask, fill, running, screen_text, until

WORDS = catalogue("zh")
FEED = rss([("1", "正文一"), ("2", "正文二")])


def sources(store: Store) -> list[Source]:
    return store.sources.all()


async def choose(app: NewstuiApp, pilot: Pilot[None], choice: str, text: str) -> None:
    """Take a choice of the welcome, type a text into its prompt and send it."""
    await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
    await pilot.press(choice)
    await until(pilot, lambda: isinstance(app.focused, Input))
    typing = app.focused
    assert isinstance(typing, Input)
    typing.value = text
    await pilot.press("enter")


async def says(app: NewstuiApp, pilot: Pilot[None], text: str) -> None:
    """Wait for a message."""
    await until(pilot, lambda: text in app.main.status.message, 30)


async def test_an_archive_that_is_a_zip_of_pages(home: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "存档.zip", "w") as archive:
        archive.writestr("a.txt", page(*STANDARD))
    async with running(home / "cache.db") as (app, pilot):
        await choose(app, pilot, "2", f"'{tmp_path}/存档.zip'")
        await says(app, pilot, "导入完成：新增 1 篇，修改 0 篇，已有 0 篇，跳过 0 项")
        await until(pilot, lambda: app.main.article_list.total == 1)


async def test_a_file_that_is_not_there_is_named_whole(home: Path, tmp_path: Path) -> None:
    path = tmp_path / ("很长的名字" * 12)
    async with running(home / "cache.db") as (app, pilot):
        await choose(app, pilot, "2", str(path))
        await says(app, pilot, "导入失败")
        await until(pilot, lambda: app.main.status.size.height > 1)
        assert app.main.status.error
        shown = "".join(line.strip() for line in screen_text(app))
        assert f"{path}".replace(" ", "") in shown.replace(" ", "")
        await pilot.press("g")
        await until(pilot, lambda: app.main.status.size.height == 1)
        assert "这里还没有文章，按 w 放进一些" in screen_text(app)[3]


async def test_a_file_that_is_no_page_is_told_with_its_reason(home: Path, tmp_path: Path) -> None:
    (tmp_path / "数据.bin").write_bytes(b"\x00\x01\x02" * 500)
    async with running(home / "cache.db") as (app, pilot):
        await choose(app, pilot, "2", str(tmp_path / "数据.bin"))
        await says(app, pilot, "没有导入文章，跳过 1 项：")
        assert app.main.status.error


async def test_what_failed_and_was_skipped_can_be_read_with_its_reason(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "存档"
    folder.mkdir()
    (folder / "a.txt").write_text(page(*STANDARD), encoding="utf-8")
    (folder / "数据\x1b[31m.bin").write_bytes(b"\x00\x01\x02" * 500)
    (folder / "断.gz").write_bytes(gzip.compress(b"x" * 5000)[:30])
    async with running(home / "cache.db") as (app, pilot):
        await choose(app, pilot, "2", str(folder))
        await says(app, pilot, "导入完成：新增 1 篇，失败 1 项")
        assert app.main.status.message.endswith("按 e 看原因")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, TroublesScreen))
        await until(pilot, lambda: "导入：没有收进的内容" in screen_text(app)[0])
        shown = screen_text(app)
        text = "".join(shown).replace(" ", "")
        assert text.index("失败1项") < text.index("断.gz") < text.index("跳过1项") < text.index("[31m.bin")
        assert "\x1b" not in text
        assert shown[-1].strip() == "Esc 关闭"
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.main)


async def test_a_long_list_of_what_was_skipped_scrolls(home: Path, tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.bin").write_bytes(bytes([0, 1, 2, number]) * 500)
    async with running(home / "cache.db") as (app, pilot):
        await choose(app, pilot, "2", str(tmp_path))
        await says(app, pilot, "没有导入文章，跳过")
        await pilot.press("e")
        await until(pilot, lambda: "00.bin" in "".join(screen_text(app)))
        assert "29.bin" not in "".join(screen_text(app))
        await pilot.press("G")
        await until(pilot, lambda: "29.bin" in "".join(screen_text(app)))
        await pilot.press("q")
        await until(pilot, lambda: app.screen is app.main)


async def test_without_troubles_their_key_says_so(home: Path) -> None:
    path = home / "cache.db"
    fill(path, [article(5)])
    async with running(path) as (app, pilot):
        await pilot.press("e")
        await says(app, pilot, "还没有失败或跳过的内容")


async def test_kept_pages_are_read_again_from_the_palette(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(page(*STANDARD), encoding="utf-8")
    path = home / "cache.db"
    async with running(path) as (app, pilot):
        await choose(app, pilot, "2", str(tmp_path / "a.txt"))
        await says(app, pilot, "导入完成：新增 1 篇")
        await pilot.press("colon", *"reprocess")
        await until(pilot, lambda: "重新提取" in "\n".join(screen_text(app)))
        await pilot.press("enter")
        await says(app, pilot, "保存的网页都已是新的读法，没有要重读的")
        connection = apsw.Connection(str(path))
        connection.execute("UPDATE articles SET title = '旧标题', digest = x'00', text_digest = x'00'")
        connection.execute("UPDATE copies SET extractor = 1")
        connection.close()
        await pilot.press("colon", *"reprocess")
        await until(pilot, lambda: "重新提取" in "\n".join(screen_text(app)))
        await pilot.press("enter")
        await says(app, pilot, "重新提取完成：改进 1 篇，没有变化 0 篇，保持原样 0 篇")


@pytest.mark.parametrize(
    ("tally", "text"),
    [
        (Tally(done=3, total=9), "导入 3/9"),
        (Tally(done=1234, total=56789, rate=45.4, left=1224), "导入 1,234/56,789 · 每秒 45 · 还要 20 分钟"),
        (Tally(done=1, total=9, rate=0.4, left=20), "导入 1/9 · 还要 20 秒"),
        (
            Tally(done=999999, total=99999999, rate=9999.0, left=360000),
            "导入 999,999/99,999,999 · 每秒 9,999 · 还要 100 小时",
        ),
    ],
)
def test_progress_tells_the_rate_and_the_time_left_in_one_line(tally: Tally, text: str) -> None:
    assert progress(WORDS, "导入", tally) == text
    assert cell_width(text) < 70
    assert cell_width(progress(catalogue("en"), "Import", tally)) < 70


def test_the_prompt_names_what_can_be_imported_in_the_room_it_has() -> None:
    for tongue in ("zh", "en"):
        words = catalogue(tongue)
        assert cell_width(words("prompt.import") + words("prompt.import.hint")) < 80
        for form in ("MHTML", "WARC", "ZIP", "EPUB", "JSON", "CSV", "newsboat"):
            assert form in words("prompt.import.hint") and form in words("command.import.help")


async def test_a_feed_file_is_added_and_fetched(home: Path, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(FEED)
    async with running(home / "cache.db") as (app, pilot):
        await choose(app, pilot, "3", str(tmp_path / "feed.xml"))
        await says(app, pilot, "更新完成：新增 2 篇")
        await until(pilot, lambda: app.main.article_list.total == 2)


async def test_a_subscription_list_is_taken_in_and_fetched(home: Path, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(FEED)
    (tmp_path / "-list.opml").write_text(
        f'<opml version="2.0"><body><outline text="新都" xmlUrl="file://{tmp_path}/feed.xml"/></body></opml>'
    )
    async with running(home / "cache.db") as (app, pilot):
        await choose(app, pilot, "4", str(tmp_path / "-list.opml"))
        await says(app, pilot, "更新完成：新增 2 篇")
        assert [source.title for source in ask(home / "cache.db", sources)] == ["新都"]


async def test_a_private_address_asks_and_is_remembered(home: Path) -> None:
    with serving() as site:
        site.serve("/feed", FEED)
        async with running(home / "cache.db") as (app, pilot):
            await choose(app, pilot, "3", site.url("/feed"))
            await until(pilot, lambda: isinstance(app.screen, ConfirmScreen), 30)
            await until(pilot, lambda: f"{site.host} 是内网或本机地址" in "\n".join(screen_text(app)))
            await pilot.press("y")
            await says(app, pilot, "更新完成：新增 2 篇")
            site.serve("/feed", rss([("3", "正文三")]))
            await pilot.press("r")
            await says(app, pilot, "更新完成：新增 1 篇，修改 0 篇，按 . 显示")
            await pilot.press("full_stop")
            await until(pilot, lambda: app.main.article_list.total == 3)


async def test_a_private_address_that_is_refused_is_not_asked(home: Path) -> None:
    with serving() as site:
        async with running(home / "cache.db") as (app, pilot):
            await choose(app, pilot, "3", site.url("/feed"))
            await until(pilot, lambda: isinstance(app.screen, ConfirmScreen), 30)
            await pilot.press("n")
            await until(pilot, lambda: app.screen is app.main)
            assert not app.main.getting.running
        assert site.asked == [] and ask(home / "cache.db", sources) == []


async def test_a_page_with_several_feeds_lets_choose(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as site:
        monkeypatch.setenv("NEWSTUI_ALLOW_PRIVATE", site.host)
        links = "".join(
            f'<link rel="alternate" type="application/rss+xml" title="{title}" href="/{title}">'
            for title in ("要闻", "区县")
        )
        site.serve("/", f"<html><head>{links}</head><body>门户</body></html>".encode(), kind="text/html; charset=utf-8")
        site.serve("/%E5%8C%BA%E5%8E%BF", FEED)
        async with running(home / "cache.db") as (app, pilot):
            await choose(app, pilot, "3", site.url("/"))
            await until(pilot, lambda: isinstance(app.screen, ChoiceScreen), 30)
            await until(pilot, lambda: "2  区县" in "\n".join(screen_text(app)))
            await pilot.press("9")
            assert isinstance(app.screen, ChoiceScreen), "there is no ninth"
            await pilot.press("2")
            await says(app, pilot, "更新完成：新增 2 篇")


async def test_without_a_source_refresh_says_how_to_get_one(home: Path) -> None:
    path = home / "cache.db"
    async with running(path) as (app, pilot):
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await pilot.press("escape", "r")
        await says(app, pilot, "还没有订阅源，按 a 添加一个")
        assert not app.main.getting.running


async def test_an_error_is_not_talked_over_by_arrivals(home: Path) -> None:
    path = home / "cache.db"
    fill(path, [article(5)])
    async with running(path) as (app, pilot):
        await until(pilot, lambda: app.main.listing._version >= 0)
        app.main.say("导入失败：磁盘满了", error=True)
        fill(path, [article(1)])
        app.main.listing.poll()
        await until(pilot, lambda: app.main.listing.arrived == 1)
        assert app.main.status.message == "导入失败：磁盘满了"
        assert "▲1" in screen_text(app)[-1]
        await pilot.press("j")
        app.main.listing.poll()
        await says(app, pilot, "有 1 篇新文章，按 . 显示")


@pytest.mark.parametrize(
    ("job", "code", "tally", "text", "error"),
    [
        ("refresh", 0, Tally(), "订阅源都还没到再抓的时间；newstui fetch --all 可立即全部抓取", False),
        ("refresh", 0, Tally(sources=2, added=3), "更新完成：新增 3 篇，修改 0 篇", False),
        ("refresh", 1, Tally(sources=2, failed=1, reason="慢"), "更新完成：新增 0 篇，失败 1 项：慢", True),
        ("import", 0, Tally(), "没有找到可导入的文件", True),
        ("import", 0, Tally(known=4), "导入完成：新增 0 篇，修改 0 篇，已有 4 篇，跳过 0 项", False),
        ("import", 0, Tally(subscribed=3, listed=4), "导入完成：新增 3 个订阅源，已有 1 个", False),
        (
            "import",
            0,
            Tally(added=2, subscribed=1, listed=1),
            "导入完成：新增 2 篇，修改 0 篇，已有 0 篇，跳过 0 项；新增 1 个订阅源",
            False,
        ),
        ("add", 2, Tally(failed=1, reason="不是订阅源"), "添加订阅失败：不是订阅源", True),
        ("opml", 0, Tally(added=3, known=1), "OPML 导入完成：新增 3 个订阅源，已有 1 个", False),
    ],
)
def test_what_became_of_a_job_is_said(job: str, code: int, tally: Tally, text: str, error: bool) -> None:
    assert outcome(WORDS, Job(job, ()), code, tally) == (text, error)  # type: ignore[arg-type]
