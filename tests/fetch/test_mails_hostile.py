"""Mails made to take for ever, all memory, or to break out: each ends soon, with a reason."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from newstui.fetch.containers import Walk
from newstui.fetch.forms import form_of
from newstui.fetch.found import Budget, Found, Limits, Spot
from newstui.fetch.mails import in_mailbox
from newstui.fetch.mime import PARTS
from newstui.fetch.shells import is_shell
from tests.fetch.letters import TEXT, based, letter, multipart, page, part

MIB = 1 << 20


def walked(data: bytes, limits: Limits | None = None) -> list[Found]:
    """What is found, in bounded time."""
    began = time.process_time()
    found = list(Walk(limits, io.BytesIO(data)).files(["-"]))
    assert time.process_time() - began < 10
    return found


def mail(body: bytes, kind: str = "multipart/mixed; boundary=b") -> bytes:
    """A letter of this kind."""
    return letter(body, Content_Type=kind)


def test_a_hundred_thousand_parts_are_read_as_far_as_the_limit() -> None:
    body = multipart("b", *[part(b"x" * 200, Content_Type="text/plain; name=a.txt")] * 100_000)
    assert len(body) > 20 * MIB
    found = walked(mail(body))
    assert len(found) == PARTS
    assert found[-1].failed and f"more than {PARTS:,} parts" in found[-1].reason
    assert len({one.member for one in found}) == len(found)


def test_multiparts_inside_one_another() -> None:
    body = part(page(), Content_Type="text/html")
    for depth in range(400):
        body = part(multipart(f"b{depth}", body), Content_Type=f"multipart/mixed; boundary=b{depth}")
    (one,) = [found for found in walked(mail(multipart("b", body))) if found.failed]
    assert "too many inside one another" in one.reason


def test_mails_inside_one_another() -> None:
    data = mail(TEXT.encode(), "text/plain; charset=utf-8")
    for number in range(50):
        body = multipart(f"n{number}", part(data, Content_Type="message/rfc822"))
        data = mail(body, f"multipart/mixed; boundary=n{number}")
    (one,) = walked(data)
    assert "containers inside one another" in one.reason


@pytest.mark.parametrize(
    "header",
    [
        b"X-A: b\n" * 500_000,
        b"X: " + b"a" * (4 * MIB) + b"\n",
        b"X: a\n" + b" b\n" * MIB,
        b"\r" * MIB + b"\n",
        b"Content-Type: multipart/mixed" + b"; a=b" * 500_000 + b"\n",
        b'Content-Type: text/html; charset="' + b"\\" * MIB + b"\n",
        b"Content-Type: a" + b";" + b" " * MIB + b"\n",
        b"Subject: " + b"=?utf-8?Q?a?= " * 200_000 + b"\n",
        b"Subject: " + b"=?" * MIB + b"\n",
        b"From: " + b"<" * MIB + b"@\n",
        b"Date: " + b"1" * MIB + b"\n",
    ],
)
def test_floods_in_headers(header: bytes) -> None:
    data = b"Received: from a\nFrom: a@b.cn\nMIME-Version: 1.0\nContent-Type: text/html\n" + header + b"\n" + page()
    assert form_of(data[:8192]) == "mail"
    assert len(walked(data)) == 1
    assert len(walked(header.strip() + b"\n" + data)) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"--b" * (2 * MIB),
        b"\r--b\r" * MIB,
        b"\n--b x" * MIB,
        b"\n--b " + b" " * (8 * MIB),
        b"\n--" * (8 * MIB),
        (b"\n--" + b" " * 190) * 100_000,
        b"\n--b\n" * 2_000_000,
        b"\n--b\n" + b"\r\n" * (8 * MIB),
        b"\n--b\n" + b"a:" * (8 * MIB),
    ],
)
def test_floods_of_boundaries(body: bytes) -> None:
    for kind in ("multipart/mixed; boundary=b", "multipart/mixed", 'multipart/mixed; boundary=""'):
        assert len(walked(mail(body, kind))) <= PARTS + 1


def test_what_is_attached_is_under_the_budget() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"{number}.html", bytes(4 * MIB))
    data = mail(
        multipart("b", part(based(bomb.getvalue()), Content_Type="application/zip", Content_Transfer_Encoding="base64"))
    )
    found = walked(data, Limits(ratio=10, least=8 * MIB))
    assert found[-1].failed and "unpacks to far more" in found[-1].reason


def test_names_of_attachments_say_nothing_to_the_file_system_or_the_terminal() -> None:
    names = ("../../etc/passwd", "C:\\x\\y.html", "/abs.html", "a\x1b[31m.html", "=?utf-8?Q?=1B]0;x=07.html?=")
    parts = [
        part(page(), Content_Type="text/html", Content_Disposition=f'attachment; filename="{name}"') for name in names
    ]
    members = [one.member for one in walked(mail(multipart("b", *parts)))]
    assert members == ["passwd", "C:xy.html", "abs.html", "a[31m.html", "]0;x.html"]


def test_mailboxes_are_read_in_pieces() -> None:
    one = b"From a@b.cn Tue Mar  1 20:39:00 2016\n" + mail(b"x" * 20_000, "text/plain") + b"\n\n"
    count = 1000
    data = one * count

    walk = Walk()
    tracemalloc.start()
    try:
        found = 0
        for _ in in_mailbox(walk, Spot("x", "", 0), io.BytesIO(data), Budget(1 << 40)):
            found += 1
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == count
    assert peak < len(data) + 16 * MIB


def test_a_mail_too_large_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    small = Limits(nested=3 * MIB)
    separator = b"From a@b.cn Tue Mar  1 20:39:00 2016\n"
    box = separator + mail(b"x\n" * (4 * MIB), "text/plain") + b"\n\n" + separator + mail(TEXT.encode(), "text/plain")
    (tmp_path / "box").write_bytes(box)
    first, second = Walk(small).files([str(tmp_path / "box")])
    assert "more than 3 MiB" in first.reason
    assert TEXT.strip() in second.data.decode()
    (tmp_path / "mail").write_bytes(mail(b"x\n" * (4 * MIB), "text/plain"))
    (whole,) = Walk(small).files([str(tmp_path / "mail")])
    assert "more than 3 MiB" in whole.reason


@pytest.mark.parametrize("piece", [b"<script>", b"<!--", b"<", b"<a ", b"<iframe>", b"</script", b"<style></STYLE>"])
def test_shells_are_told_in_linear_time(piece: bytes) -> None:
    began = time.process_time()
    is_shell(piece * 500_000)
    assert time.process_time() - began < 5
