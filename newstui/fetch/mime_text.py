"""Text of mails: charsets that only mail uses, and paragraphs that were wrapped for the way (pure)."""

from __future__ import annotations

import re
from typing import Final

from newstui.text.charset import decode

_SHIFTED: Final = re.compile(rb"\x0e([^\x0e\x0f\n]*)[\x0f\n]?")
_DESIGNATION: Final = re.compile(rb"\x1b\$[)*+][A-Z]")
_CN: Final = frozenset(("iso-2022-cn", "iso-2022-cn-ext", "csiso2022cn"))
_UTF7: Final = frozenset(("utf-7", "unicode-1-1-utf-7", "csunicode11utf7"))
_HAN_PAIR: Final = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def decoded(data: bytes, charset: str = "") -> str:
    """The text of `data`; `charset` is the label that came with it, "" when none did."""
    label = charset.strip().lower()
    if label in _UTF7:
        return data.decode("utf-7", "replace")
    if label in _CN or (not label and _DESIGNATION.search(data[:2000])):
        data, charset = _from_iso_2022_cn(data), "gb18030"
    elif not label and b"~{" in data[:2000] and b"~}" in data and data.isascii():
        charset = "hz"
    return decode(data, charset).text


def _from_iso_2022_cn(data: bytes) -> bytes:
    """EUC-CN for ISO-2022-CN (RFC 1922): between SO and SI stand the same characters without their eighth bit."""
    data = _DESIGNATION.sub(b"", data)
    return _SHIFTED.sub(lambda match: match[1].translate(_HIGH) + match[0][1 + len(match[1]) :].strip(b"\x0f"), data)


_HIGH: Final = bytes(byte | 0x80 if 0x20 < byte < 0x7F else byte for byte in range(256))


def unflowed(text: str, *, delsp: bool) -> str:
    """Paragraphs of format=flowed text on one line each (RFC 3676); `delsp`: the blanks at line ends are not text."""
    out: list[str] = []
    flowing = False
    depth = 0
    for line in text.splitlines():
        quoted = line.lstrip(">")
        level = len(line) - len(quoted)
        line = quoted.removeprefix(" ")
        if flowing and level == depth and line != "-- ":
            before = out[-1]
            if delsp or (before[-2:-1] and _HAN_PAIR.match(before[-2]) and _HAN_PAIR.match(line)):
                before = before.removesuffix(" ")
            out[-1] = before + line
        else:
            out.append(line)
        flowing = line.endswith(" ") and line != "-- "
        depth = level
    return "\n".join(out)
