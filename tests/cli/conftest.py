"""The command line run in this process, with what it printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from newstui.cli import main


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, object]]:
        """stdout as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `newstui ARGUMENTS…`."""

    def call(*arguments: str) -> Ran:
        capsys.readouterr()
        try:
            code = main(arguments)
        except SystemExit as ended:  # argparse's way of ending on a usage error
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return call


DUMP = """\
成都新闻 新都新闻 温江新闻 双流新闻 郫都新闻 简阳新闻 都江堰新闻
样例网 > 四川 > 成都市 > {tab}新闻 > 正文

{title}

来源:样例日报 {date}   https://news.example/

近日,社区图书角向附近居民开放,第一周就借出图书两百多册,周末还加开了亲子阅读。

管理员介绍说,书架上的书一半由居民捐出,另一半来自区图书馆的流动书箱,每月更换一次。

“走路五分钟就能借到书,很方便。”前来还书的居民告诉记者。本报记者 张三 文/图

新闻推荐

河边步道修好了

全长三公里的步道从桥头一直通到公园,沿线添了长椅和路灯,傍晚来散步的人明显多了...

相关新闻:
猜你喜欢:
频道推荐
  • 菜市场换了新招牌
  • 公交线路调整通告
热点排行
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder of three portal dumps, of 新都 and 温江."""
    folder = tmp_path / "archive"
    folder.mkdir()
    pages = [
        ("新都", "社区图书角开门第一周", "2016-03-01 20:39"),
        ("新都", "老街茶馆重新挂牌", "2016-03-02 08:05"),
        ("温江", "花市周末延长营业", "2016-03-03 09:00"),
    ]
    for number, (tab, title, date) in enumerate(pages):
        (folder / f"{number}.txt").write_text(DUMP.format(tab=tab, title=title, date=date), encoding="utf-8")
    return folder


def web_archive(title: str, text: str, date: str = "2014-01-03T03:03:22Z", number: int = 1) -> bytes:
    """A WARC file of one page without a date of its own."""
    body = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>".encode()
    body += "".join(f"<p>{text}，第{line}段说了许多别处没有说过的话。</p>" for line in range(9)).encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/a/{number}.html\r\n"
    head += f"WARC-Date: {date}\r\nContent-Length: {len(answer)}\r\n\r\n"
    return head.encode() + answer + b"\r\n\r\n"
