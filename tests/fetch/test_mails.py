"""MHTML pages, mails and mailboxes: what is read of them, as what, and what is said of it."""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from newstui.fetch.containers import Walk
from newstui.fetch.forms import form_of
from newstui.fetch.found import Found, Limits
from newstui.fetch.mime_fields import parameters, words
from newstui.fetch.mime_text import unflowed
from newstui.model import ImportOutcome
from tests.fetch.letters import (
    GIF,
    OUTLOOK,
    TEXT,
    TITLE,
    URL,
    based,
    blink,
    encoded,
    explorer,
    letter,
    multipart,
    page,
    part,
    quoted,
)
from tests.fetch.test_importing import take


def found_in(data: bytes, limits: Limits | None = None) -> list[Found]:
    """What is found in a file of these bytes."""
    walk = Walk(limits, io.BytesIO(data))
    found = list(walk.files(["-"]))
    assert walk.tally.found >= sum(not one.failed for one in found)
    return found


def read(data: bytes, tmp_path: Path) -> ImportOutcome:
    """The one article that an import of these bytes tells of."""
    path = tmp_path / "file"
    path.write_bytes(data)
    (one,) = take(None, path, dry_run=True)
    return one


def test_a_page_of_chrome_with_its_address_and_the_time_it_was_saved() -> None:
    (one,) = found_in(blink(page()))
    assert one.data.decode().replace("\r\n", "\n").strip() == page().decode().strip()
    assert (one.member, one.about.url, one.about.byline, one.about.published) == ("", URL, "", None)
    assert one.about.captured == datetime.fromisoformat("2016-03-06T12:12:05+00:00")


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit", "binary"])
def test_a_page_of_internet_explorer_in_gbk(transfer: str, tmp_path: Path) -> None:
    one = read(explorer(page("gbk"), transfer=transfer), tmp_path)
    assert (one.status, one.title, one.byline, one.source) == ("added", TITLE, "成都日报", "news.example.cn")
    assert one.district == "四川/成都/新都"
    assert one.published == datetime.fromisoformat("2016-03-01T20:39:00+08:00")
    assert one.text.startswith("近日，新都区") and one.text.endswith("深受市民欢迎。")


@pytest.mark.parametrize("ends", [b"\n", b"\r", b"\r\r\n"])
def test_line_ends_of_every_kind(ends: bytes, tmp_path: Path) -> None:
    one = read(explorer(page("gbk")).replace(b"\r\n", ends), tmp_path)
    assert (one.status, one.title, one.error) == ("added", TITLE, "")
    assert one.text.endswith("深受市民欢迎。")


def test_a_page_without_its_last_boundary_is_whole(tmp_path: Path) -> None:
    assert read(explorer(page("gbk"), closed=False), tmp_path).title == TITLE


def test_a_page_cut_short_is_read_and_said_to_be_cut(tmp_path: Path) -> None:
    whole = blink(page())
    cut = whole[: whole.index(b"R0lGOD") + 4]
    read_part, told = found_in(cut)
    assert "花市" in read_part.data.decode()
    assert told.failed and "cut short" in told.reason
    # Cut inside the page itself.
    only = whole[: whole.index(b"</body>") - 200]
    first, second = found_in(only)
    assert first.data and second.failed


def test_boundaries_with_blanks_without_quotes_and_not_named() -> None:
    spaced = explorer(page("gbk"), boundary="Next Part 000 0001")
    assert len(found_in(spaced)) == 1
    unquoted = spaced.replace(b'"Next Part 000 0001"', b"Next Part 000 0001")
    assert found_in(unquoted)[0].data == found_in(spaced)[0].data
    unnamed = explorer(page("gbk")).replace(b'\r\n\tboundary="' + OUTLOOK.encode() + b'"', b"")
    assert found_in(unnamed)[0].data == found_in(explorer(page("gbk")))[0].data


def test_a_boundary_that_begins_another_does_not_end_it() -> None:
    inner = multipart(
        "abc-1", part(b"plain", Content_Type="text/plain"), part(page(), Content_Type="text/html; charset=utf-8")
    )
    outer = part(inner, Content_Type='multipart/alternative; boundary="abc-1"')
    data = letter(multipart("abc", outer), Content_Type='multipart/related; boundary="abc"')
    (one,) = found_in(data)
    assert one.data.strip() == page().strip()


def test_the_start_parameter_names_the_page() -> None:
    other = part(b"<html>advertisement</html>", Content_Type="text/html", Content_ID="<ad@x>")
    main = part(page(), Content_Type="text/html; charset=utf-8", Content_ID="<main@x>", Content_Location=URL)
    kind = 'multipart/related; boundary="b"; start="<main@x>"'
    data = multipart("b", other, main)
    (one,) = found_in(b"MIME-Version: 1.0\r\nContent-Type: " + kind.encode() + b"\r\n\r\n" + data)
    assert one.data.strip() == page().strip()
    assert one.about.url == URL


def test_frames_are_read_where_the_page_is_only_a_frame() -> None:
    frame = part(
        quoted(page()),
        Content_Type="text/html",
        Content_Transfer_Encoding="quoted-printable",
        Content_Location="http://news.example.cn/body.html",
    )
    shell = b'<html><head><title>x</title></head><frameset cols="20%,*"><frame src="cid:1"></frameset></html>'
    outer, inner = found_in(blink(shell, frame))
    assert b"frameset" in outer.data
    assert (inner.member, inner.about.url) == ("http://news.example.cn/body.html",) * 2
    # A page with text of its own shows advertisements in frames: those are not told.
    assert len(found_in(blink(page().replace(b"</body>", b"<iframe src=x></iframe></body>"), frame))) == 1


def test_a_single_page_of_explorer_has_no_parts(tmp_path: Path) -> None:
    fields = explorer(b"").partition(b"Content-Type:")[0]
    data = fields + part(
        quoted(page("gbk")),
        Content_Type='text/html;\r\n\tcharset="gb2312"',
        Content_Transfer_Encoding="quoted-printable",
        Content_Location=URL,
    )
    one = read(data, tmp_path)
    assert (one.title, one.source) == (TITLE, "news.example.cn")


@pytest.mark.parametrize(
    ("charset", "transfer"),
    [("gbk", "base64"), ("gb18030", "8bit"), ("hz", "7bit"), ("utf-8", "quoted-printable"), ("utf-7", "7bit")],
)
def test_a_letter_of_plain_text(charset: str, transfer: str, tmp_path: Path) -> None:
    body = {"quoted-printable": quoted, "base64": based}.get(transfer, bytes)(TEXT.encode(charset))
    kind = f"text/plain; charset={charset}"
    one = read(letter(body, Content_Type=kind, Content_Transfer_Encoding=transfer), tmp_path)
    assert (one.status, one.title, one.byline) == ("added", TITLE, "成都日报")
    assert one.published == datetime.fromisoformat("2016-03-01T20:39:00+08:00")
    assert one.text.splitlines() == [line for line in TEXT.splitlines() if line]


def test_a_letter_in_iso_2022_cn() -> None:
    shifted = b"\x1b$)A"
    for char in "近日新都花市开业，市民选购鲜花。":
        shifted += b"\x0e" + bytes(byte & 0x7F for byte in char.encode("gb2312")) + b"\x0f"
    data = letter(shifted + b" ABC\n", Content_Type="text/plain; charset=ISO-2022-CN")
    (one,) = found_in(data)
    assert one.data.decode().endswith("近日新都花市开业，市民选购鲜花。 ABC")


def test_html_is_preferred_and_attachments_are_opened(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.html", page())
    body = multipart(
        "m",
        part(
            multipart(
                "a",
                part(TEXT.encode(), Content_Type="text/plain; charset=utf-8"),
                part(page(), Content_Type="text/html; charset=utf-8"),
            ),
            Content_Type="multipart/alternative; boundary=a",
        ),
        part(
            based(inner.getvalue()),
            Content_Type="application/zip",
            Content_Transfer_Encoding="base64",
            Content_Disposition="attachment; filename*0*=gb2312''%D0%C2; filename*1*=%B6%BC.zip",
        ),
        part(
            based(b"%PDF-1.4\n"),
            Content_Type=f'application/pdf; name="{encoded("报纸.pdf")}"',
            Content_Transfer_Encoding="base64",
        ),
        part(based(GIF), Content_Type="image/gif", Content_Transfer_Encoding="base64", Content_ID="<1>"),
        part(letter(TEXT.encode("gbk"), Content_Type="text/plain; charset=gbk"), Content_Type="message/rfc822"),
    )
    found = found_in(letter(body, Content_Type="multipart/mixed; boundary=m"))
    assert [(one.member, one.reason) for one in found] == [
        ("", ""),
        ("新都.zip/a.html", ""),
        ("报纸.pdf", "a PDF file, no page; turn it into text (pdftotext FILE) and import that"),
        ("mail 3", ""),
    ]
    assert b"<html>" in found[0].data
    assert TEXT.strip() in found[3].data.decode()
    assert (found[3].about.title, found[3].about.byline) == (TITLE, "成都日报")


def newsletter() -> bytes:
    """A letter whose head names its sender, and whose text has no heading."""
    html = page().decode().replace("<title>新都花市周末延长营业_成都日报</title>", "<title>成都日报\n    </title>")
    html = html.replace("<h1>新都花市周末延长营业</h1>", "<p>news.example.cn</p>")
    html = html.replace("2016-03-01 20:39 来源：成都日报", "<p>查看网页版</p>")
    return letter(html.encode(), Content_Type="text/html; charset=utf-8", Subject=encoded("花市延长营业，周末见"))


def test_a_newsletter_is_called_by_its_subject(tmp_path: Path) -> None:
    assert read(newsletter(), tmp_path).title == "花市延长营业，周末见"


def test_a_saved_page_keeps_its_own_title_whatever_its_subject(tmp_path: Path) -> None:
    data = letter(page(), Content_Type="text/html; charset=utf-8", Subject=encoded("转发：看看这个"))
    assert read(data, tmp_path).title == TITLE


@pytest.mark.corpora
def test_the_newsletter_in_the_wild_is_called_by_its_subject(corpora: Path, tmp_path: Path) -> None:
    data = (corpora / "archives" / "micaelAlastor_test_resources__test.mhtml").read_bytes()
    assert read(data, tmp_path).title == "-20% на товары в цвете Хэллоуина 👻"


def test_an_html_letter_takes_its_title_from_the_subject_at_last(tmp_path: Path) -> None:
    html = page().decode().replace("<title>新都花市周末延长营业_成都日报</title>", "")
    html = html.replace("<h1>新都花市周末延长营业</h1>", "").replace("2016-03-01 20:39 来源：成都日报", "")
    one = read(
        letter(html.encode(), Content_Type="text/html; charset=utf-8", Subject=encoded("转发：花市的消息一则")),
        tmp_path,
    )
    assert (one.title, one.byline) == ("花市的消息一则", "成都日报")
    assert one.published == datetime.fromisoformat("2016-03-01T20:39:00+08:00")


def test_a_mailbox_is_its_mails_however_it_is_packed() -> None:
    mails = [
        letter(f"第{number}封信。\n>From here\n{TEXT}".encode(), Content_Type="text/plain; charset=utf-8")
        for number in range(30)
    ]
    box = b"".join(b"From news@example.cn Tue Mar  1 20:39:00 2016\n" + mail + b"\n\n" for mail in mails)
    for data in (box, gzip.compress(box)):
        found = found_in(data)
        assert [one.member for one in found] == [f"{number} {TITLE}" for number in range(1, 31)]
        assert "第29封信。\nFrom here\n" in found[29].data.decode()


def test_a_mail_as_apple_keeps_it() -> None:
    mail = letter(TEXT.encode(), Content_Type="text/plain; charset=utf-8")
    (one,) = found_in(f"{len(mail)}      \n".encode() + mail + b'<?xml version="1.0"?><plist></plist>')
    assert one.data.decode().strip().endswith("深受市民欢迎。")


def test_fields_in_raw_gbk_and_cut_characters() -> None:
    raw = "新都".encode("gbk")
    (one,) = found_in(
        b"From: " + "成都日报".encode("gbk") + b" <n@example.cn>\r\nSubject: " + raw + b"\r\nDate: 1\r\n"
        b"Content-Type: text/html\r\n\r\n" + page("gbk")
    )
    assert (one.about.title, one.about.byline) == ("新都", "成都日报")
    data = "新都花市".encode("gbk")
    halves = [base64.b64encode(half).decode() for half in (data[:3], data[3:])]
    assert words(f"a =?gb2312?B?{halves[0]}?=\r\n =?GB2312?B?{halves[1]}?= b") == "a 新都花市 b"
    assert words("=?utf-8?Q?[#1]=20=E6=96=B0?= x =?bad") == "[#1] 新 x =?bad"
    assert words("=?gb2312?B?!!!?= =?x?Q??=").strip() == ""


def test_parameters_in_pieces() -> None:
    assert parameters('a/b; name="x;\\"y"; charset=gb2312 ; boundary=A B') == {
        "name": 'x;"y',
        "charset": "gb2312",
        "boundary": "A B",
    }
    assert parameters("a; title*1=b; title*0*=us-ascii'en'%41") == {"title": "Ab"}


def test_flowed_text() -> None:
    assert (
        unflowed("近日，新都 \n花市开业。\n\nHello \nworld\n-- \nX", delsp=False)
        == "近日，新都花市开业。\n\nHello world\n-- \nX"
    )
    assert unflowed("a \nb\n> q \n> r\nc", delsp=True) == "ab\nqr\nc"


@pytest.mark.parametrize(
    "text",
    [
        "来源: 成都日报\n日期: 2016-03-01\n\n正文",
        "Title: 新都\nDate: 2016-03-01\nSource: 日报\n\n正文",
        "From: 成都日报\nSubject: 新都\nDate: 2016-03-01\n\n正文",
        "Note: mime-version: 1.0 is a field of mail\n\nReceived: by all",
        "HTTP/1.1 200 OK\nContent-Type: text/html\nMIME-Version: 1.0\n\n<html>",
        "From here on, 2016 began at 10:00 in 1999\n\n正文",
        "Received: yesterday\n\nA letter to the editor",
        "成都新闻 新都新闻\n地方网 > 四川 > 成都市 > 新都新闻 > 正文\n",
        "http://news.example.cn/1.html\nMIME-Version: 1.0\n",
        "<html>MIME-Version: 1.0</html>",
        "",
    ],
)
def test_texts_that_are_no_mail(text: str) -> None:
    assert form_of(text.encode()) == "plain"
    assert form_of(text.encode("gbk")) == "plain"


def test_mail_behind_a_long_trace_is_known() -> None:
    seal = "".join(f"ARC-Seal: i={number};\r\n\t{'b' * 70}\r\n" * 3 for number in range(60))
    head = f"Delivered-To: reader@example.org\r\nReceived: by 2002:a1f; Mon\r\n{seal}".encode()
    data = head + letter(TEXT.encode(), Content_Type="text/plain; charset=utf-8")
    assert len(head) > 10_000 and form_of(data[:8192]) == "mail"
    (one,) = found_in(data)
    assert one.about.title == TITLE
