"""The linear mode read by its bytes: what is sent after each key, where the cursor stands, how it ends."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newstui.model import Article, Block, Link
from newstui.store import open_store
from newstui.text.widths import cell_width
from tests.pty.hostile import foreign_controls
from tests.pty.library import NOW, build_hostile, build_plain
from tests.pty.linear import ALLOWED, LINEAR, after, assert_plain, line_at_cursor, opened
from tests.pty.terminal import Terminal


def test_a_key_writes_the_next_item_and_nothing_else(home: Path) -> None:
    build_plain(home)
    with Terminal(LINEAR, size=(80, 24)) as terminal:
        opened(terminal)
        new = after(terminal, "j", "第1号新闻")
        assert re.fullmatch(r"\r\n2 未读 第1号新闻[^\r\n\x1b]*(\r\n[^\r\n\x1b]+\x1b\[A)?\r", new.decode())
        assert line_at_cursor(terminal).startswith("2 未读 第1号新闻") and terminal.screen.cursor.x == 0
        before = terminal.text.split("\n")[: terminal.screen.cursor.y]
        after(terminal, "j", "第2号新闻")
        assert terminal.text.split("\n")[: len(before)] == before
        assert line_at_cursor(terminal).startswith("3 未读 第2号新闻") and terminal.screen.cursor.x == 0
        new = after(terminal, "k", "第1号新闻")
        assert "第2号" not in new.decode() and line_at_cursor(terminal).startswith("2 未读")
        terminal.send("qq")
        assert terminal.ends() == 0
        assert terminal.given_back() == []
        assert_plain(bytes(terminal.wire))


def test_a_page_of_items_is_written_once_and_the_cursor_walks_it(home: Path) -> None:
    build_plain(home)
    with Terminal(LINEAR, size=(60, 10)) as terminal:
        opened(terminal)
        after(terminal, "\x06", "第1号", "第4号")
        assert line_at_cursor(terminal).startswith("2 未读 第1号")
        mark = len(terminal.wire)
        terminal.send("j")
        terminal.until(lambda: line_at_cursor(terminal).startswith("3 未读 第2号"), "the cursor on the next item")
        assert bytes(terminal.wire[mark:]) == b"\x1b[2B\r" and terminal.screen.cursor.x == 0
        mark = len(terminal.wire)
        terminal.send("k")
        terminal.until(lambda: line_at_cursor(terminal).startswith("2 未读 第1号"), "the cursor back")
        assert bytes(terminal.wire[mark:]) == b"\x1b[2A\r"


@pytest.mark.parametrize("size", [(20, 1), (20, 2), (20, 5), (24, 3), (40, 4)])
def test_tiny_windows_show_everything_piece_by_piece(home: Path, size: tuple[int, int]) -> None:
    build_plain(home, 6)
    with Terminal(LINEAR, size=size) as terminal:
        opened(terminal)
        after(terminal, "\r", "第0号新闻")
        seen = [line_at_cursor(terminal)]
        for _ in range(400):
            if "完" in seen[-1]:
                break
            after(terminal, "j", "")
            terminal.until(lambda: terminal.wire.endswith(b"\r"), "the next line")
            seen.append(line_at_cursor(terminal))
            assert terminal.screen.cursor.x == 0
        text = "".join(seen)
        for part in range(1, 9):
            assert text.count(f"正文第{part}段") == 8
        assert all(cell_width(line) <= size[0] for line in terminal.text.split("\n"))
        assert_plain(bytes(terminal.wire))


def test_space_reads_on_part_by_part_and_then_the_next_unread_article(home: Path) -> None:
    build_plain(home, 6)
    with Terminal(LINEAR, size=(80, 24)) as terminal:
        opened(terminal)
        assert "第0号新闻" in after(terminal, "\r", "第0号").decode()
        for text in ("来源", "四川/成都/新都", *(f"正文第{part}段" for part in range(1, 9)), "链接", "[0]", "完"):
            new = after(terminal, " ", text).decode()
            assert ("第2段" in new) is (text == "正文第2段"), "one part at a time"
        assert "第1号新闻" in after(terminal, " ", "第1号").decode()
        new = after(terminal, "b", "已在开头").decode()
        after(terminal, "  ", "温江")
        assert "来源" in after(terminal, "b", "来源").decode()
        terminal.send("qqq")
        assert terminal.ends() == 0
    with open_store(home / "cache.db", now=NOW, write=False) as store:
        assert store.places.totals().unread == 4


def test_marks_are_said_kept_and_undone(home: Path) -> None:
    cache = build_plain(home)
    with Terminal(LINEAR) as terminal:
        opened(terminal)
        assert "已收藏\r\n1 未读 收藏 第0号" in after(terminal, "s", "第0号").decode()
        assert line_at_cursor(terminal).startswith("1 未读 收藏 第0号")
        assert "已标为已读\r\n1 收藏 第0号" in after(terminal, "m", "第0号").decode()
        after(terminal, "jm", "第1号", "已标为已读")
        assert "2 未读 第1号" in after(terminal, "u", "已撤销", "第1号").decode()
        mark = len(terminal.wire)
        terminal.send("A")
        terminal.until(lambda: "否(n)".encode() in terminal.wire[mark:], "the question")
        assert terminal.screen.cursor.x > 0, "the cursor stands where the answer is typed"
        assert "第1号" in after(terminal, "n", "第1号").decode()
        terminal.send("A")
        after(terminal, "y", "59 篇标为已读")
        after(terminal, "u", "已撤销（59 篇）")
        terminal.send("sq")
        terminal.send("q")
        assert terminal.ends() == 0
    with open_store(cache, now=NOW, write=False) as store:
        assert store.places.starred().total == 2
        assert store.places.totals().unread == 59


def test_titles_are_found_and_text_in_an_article_too(home: Path) -> None:
    build_plain(home)
    with Terminal(LINEAR) as terminal:
        opened(terminal)
        mark = len(terminal.wire)
        terminal.send("/第5")
        terminal.until(lambda: terminal.wire.endswith("第5".encode()), "the echo")
        terminal.send("\x7f")
        terminal.until(lambda: line_at_cursor(terminal) == "查找：第", "a character less")
        assert bytes(terminal.wire[mark:]).count("查找".encode()) == 1
        after(terminal, "59号\r", "1 未读 第59号")
        after(terminal, "\r", "第59号新闻")
        assert "正文第3段" in after(terminal, "/第3段\r", "正文第3段").decode()
        after(terminal, "/没有这个词\r", "正文中没有“没有这个词”")
        after(terminal, "qqq", "栏目")
        terminal.send("\x1b")
        after(terminal, "k", "1 全部")


def test_n_goes_on_finding_in_the_text_until_escape(home: Path) -> None:
    build_plain(home)
    with Terminal(LINEAR, size=(60, 12)) as terminal:
        opened(terminal)
        after(terminal, "\r", "第0号新闻")
        after(terminal, "/第3段\r", "正文第3段")
        assert not after(terminal, "n", "\r\n第3段").startswith("正文".encode())
        after(terminal, "N", "正文第3段")
        after(terminal, "N", "已到开头，从末尾再找", "第3段")
        after(terminal, "n", "已到末尾，从头再找", "正文第3段")
        after(terminal, "\x1b", "不再查找“第3段”")
        after(terminal, "n", "第1号新闻")


def test_an_article_is_taken_up_where_it_was_left(home: Path) -> None:
    build_plain(home)
    with Terminal(LINEAR) as terminal:
        opened(terminal)
        after(terminal, "\r     ", "正文第3段")
        terminal.send("qqq")
        assert terminal.ends() == 0
    with Terminal(LINEAR, size=(30, 12)) as terminal:
        opened(terminal)
        new = after(terminal, "\r", "第0号新闻", "正文第3段").decode()
        assert line_at_cursor(terminal).startswith("正文第3段") and "来源" not in new


def build_linked(home: Path) -> None:
    with open_store(home / "cache.db", now=NOW) as store:
        source = store.sources.add("https://news.example.cn/rss", "feed", title="测试日报", at=NOW)
        text = "详见公告和名单。"
        blocks = (
            Block("paragraph", "开头。"),
            Block("heading", "一、办理时间", level=2),
            Block(
                "paragraph", text, links=(Link(2, 4, "https://a.example.cn/1"), Link(5, 7, "https://a.example.cn/2"))
            ),
            Block("heading", "Second heading", level=2),
            Block("item", "第一项", level=1),
            Block("table", rows=(("月份", "用水"), ("一月", "12 吨"))),
        )
        article = Article(title="有链接的", guid="1", published=NOW, blocks=blocks, place="510114")
        store.articles.ingest(source.id, [article], at=NOW)


def test_headings_are_named_and_jumped_to_and_links_opened_by_number(home: Path) -> None:
    home.mkdir()
    build_linked(home)
    with Terminal(LINEAR, size=(60, 20)) as terminal:
        terminal.until(lambda: terminal.wire.endswith(b"\r"), "the tabs")
        after(terminal, "1", "有链接的")
        after(terminal, "\r", "有链接的")
        after(terminal, "l", "小标题：一、办理时间")
        after(terminal, "l", "小标题：Second heading")
        after(terminal, "h", "小标题：一、办理时间")
        after(terminal, " ", "详见公告[1]和名单[2]。")
        mark = len(terminal.wire)
        terminal.send("o")
        terminal.until(lambda: "打开链接：".encode() in terminal.wire[mark:], "the question")
        new = after(terminal, "2\r", "https://a.example.cn/2")
        assert b"\x1b]52;c;" in new, "no browser here: the address goes to the clipboard"


def test_how_texts_are_shown_is_chosen_by_name_and_kept(home: Path) -> None:
    home.mkdir()
    with open_store(home / "cache.db", now=NOW) as store:
        source = store.sources.add("https://news.example.cn/rss", "feed", title="测试日报", at=NOW)
        blocks = (Block("paragraph", "今天,新都区下雨了."),)
        article = Article(title="标点", guid="1", published=NOW, blocks=blocks, place="510114")
        store.articles.ingest(source.id, [article], at=NOW)
    with Terminal(LINEAR) as terminal:
        opened_named(terminal, "标点")
        after(terminal, "\r", "标点")
        after(terminal, "G", "今天,新都区下雨了.")
        assert "今天，新都区下雨了。" in after(terminal, ":标点\r", "标点：全角", "今天").decode()
        help_text = after(terminal, "?", "命令与按键")
        terminal.send("\x03")
        assert terminal.ends() == 130 and help_text
    with Terminal(LINEAR) as terminal:
        opened_named(terminal, "标点")
        after(terminal, "\r", "标点")
        after(terminal, "G", "今天，新都区下雨了。")


def opened_named(terminal: Terminal, title: str) -> None:
    terminal.until(lambda: terminal.wire.endswith(b"\r"), "the tabs")
    after(terminal, "1", title)


def test_refreshing_runs_beside_and_is_told_in_plain_lines(home: Path) -> None:
    build_plain(home)
    feed = home / "feed.xml"
    feed.write_text(
        "<rss version='2.0'><channel><title>新源</title><item><guid>n</guid><title>新到的一条</title></item>"
        "</channel></rss>",
        encoding="utf-8",
    )
    with Terminal(LINEAR) as terminal:
        terminal.until(lambda: terminal.wire.endswith(b"\r"), "the tabs")
        terminal.send(f"a{feed}\r")
        terminal.shows("已添加：新源")
        terminal.until(lambda: "更新完成：新增 1 篇".encode() in terminal.wire, "the end of the job")
        after(terminal, "1", "新到的一条")
        assert_plain(bytes(terminal.wire))


def test_other_writers_arrivals_are_announced_once_and_taken_in_on_a_key(home: Path) -> None:
    cache = build_plain(home)
    with Terminal(LINEAR) as terminal:
        opened(terminal)
        with open_store(cache, now=NOW) as store:
            source = store.sources.all()[0]
            store.articles.ingest(source.id, [Article(title="刚到的", guid="new", published=NOW)], at=NOW)
        terminal.until(lambda: "有 1 篇新文章，按 . 显示".encode() in terminal.wire, "the announcement")
        assert "刚到的" not in terminal.text
        assert "61 篇" in after(terminal, ".", "刚到的").decode()


def test_hostile_text_reaches_the_terminal_without_its_controls(home: Path) -> None:
    build_hostile(home, raw=True)
    with Terminal(LINEAR, size=(70, 12)) as terminal:
        terminal.until(lambda: terminal.wire.endswith(b"\r"), "the tabs")
        after(terminal, "1", "1 ")
        after(terminal, "\r", "")
        for _ in range(40):
            after(terminal, " ", "")
            terminal.until(lambda: terminal.wire.endswith(b"\r"), "the next part")
        terminal.send("q:quit\r")
        assert terminal.ends() == 0
        assert_plain(bytes(terminal.wire))
        assert foreign_controls(ALLOWED.sub(b"", bytes(terminal.wire))) == []
