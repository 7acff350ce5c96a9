"""The terminal's encoding: which ones are used, what becomes of characters that they have not got."""

from __future__ import annotations

import os

import pytest

from newstui.linear.keys import Keyboard
from newstui.terminal.codeset import encode, usable
from newstui.terminal.outlet import Outlet


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("GB18030", "gb18030"),
        ("GBK", "gbk"),
        ("GB2312", "gbk"),
        ("BIG5", "big5"),
        ("EUC-KR", "euc_kr"),
        ("ISO-8859-1", "iso8859-1"),
        ("ANSI_X3.4-1968", "utf-8"),
        ("UTF-16", "utf-8"),
        ("UTF-7", "utf-8"),
        ("ISO-2022-JP", "utf-8"),
        ("HZ", "utf-8"),
        ("IBM037", "utf-8"),
        ("rot13", "utf-8"),
        ("no-such", "utf-8"),
        ("", "utf-8"),
        (None, "utf-8"),
    ],
)
def test_only_encodings_that_leave_escape_sequences_alone_are_used(name: str | None, codec: str) -> None:
    assert usable(name) == codec


def test_what_an_encoding_has_not_got_is_as_wide_as_it_was() -> None:
    assert encode("新都😀é…", "gb18030").decode("gb18030") == "新都😀é…"
    assert encode("新都😀ü", "gbk") == "新都".encode("gbk") + b"??" + "ü".encode("gbk")
    assert encode("\x1b[1;3H新♥z", "big5") == b"\x1b[1;3H" + "新".encode("big5") + b"?z"
    assert encode("e\u0301\ud800", "gbk") == b"e?"


def test_the_writer_encodes_and_the_keyboard_decodes_across_reads() -> None:
    reader, writer = os.pipe()
    outlet = Outlet(writer, lambda: None, "gb18030")
    outlet.start()
    outlet.put("\x1b[2;1H新都")
    outlet.stop()
    os.close(writer)
    assert os.read(reader, 100) == b"\x1b[2;1H" + "新都".encode("gb18030")
    os.close(reader)
    keyboard = Keyboard("gb18030")
    typed = [key.text for byte in "新㐀q".encode("gb18030") for key in keyboard.feed(bytes([byte]))]
    assert "".join(typed) == "新㐀q"
