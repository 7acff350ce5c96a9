"""Bytes to text: the encoding of feeds and pages, Chinese ones first.

Order: byte order mark, UTF-16 and UTF-32 by their NUL bytes, strict UTF-8, UTF-8 with few broken bytes, what is
declared (HTTP header, then the document), GB18030 or Big5 by the share of common characters, other scripts by their
letters, UTF-8 with U+FFFD. What is declared loses only to a reading that makes clearly more sense, since servers name
wrong charsets. GB2312 and GBK are read as GB18030, the other labels as the WHATWG Encoding Standard reads them. One
broken byte costs one U+FFFD and never the rest of the text.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from newstui.text.charset_foreign import foreign_codec
from newstui.text.charset_tables import BIG5_SYMBOLS, GB_NEWER, LABELS, common_share, registered_handlers

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE: Final = 131_072
"""Bytes from the first one beyond ASCII by which an encoding is told."""
_FIRST: Final = 4096
"""Bytes of those that are enough where the likeliest encoding makes sense of them."""
_HEAD: Final = 8192
"""Bytes searched for a declaration; pages put styles and comments before it."""
_XML: Final = re.compile(r"^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']\s*([^\"'\s>]{1,40})\s*[\"']")
_META: Final = re.compile(r"<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([^\"'\s/>;]{1,40})", re.IGNORECASE)
_PARAMETER: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:\-]+)", re.IGNORECASE)
_HEADER: Final = 500
"""Characters of a header that are looked at."""
_HTML_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_LABEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]{1,39}")
# Text codecs of Python that no document is written in, or that act on more than characters.
_UNFIT: Final = re.compile(r"idna|punycode|.*escape|undefined|mbcs|oem|charmap|utf_?7|palmos|ptcp154|cp037|cp1\d\d\d_")
_STATEFUL: Final = (b"\x1b$", b"\x1b(", b"~{")
_CUT_CDATA: Final = re.compile(r"([^\x00-\x7f])\]>")
_GB_OLDER: Final = re.compile(f"[{''.join(GB_NEWER)}]")
_BIG5_SYMBOL: Final = re.compile(f"[{''.join(BIG5_SYMBOLS)}]")
_LATER: Final = re.compile("[\u0800-\U0010ffff]")
_HIGH_BYTE: Final = re.compile(rb"[\x80-\xff]")
_HIGH: Final = re.compile(r"[^\x00-\x7f]")
_SENSE: Final = 0.2
"""Share of common characters from which a text is Chinese; real text has 0.4 and more, misread text under 0.08."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the name of the encoding it was read in, e.g. "utf-8", "gb18030", "big5", "cp1252"."""

    text: str
    encoding: str


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of a document; `declared` is the charset of its HTTP header or container, "" when none."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            if encoding != "utf-8":
                return Decoded(data[len(mark) :].decode(encoding, "replace"), encoding)
            data = data[len(mark) :]
            break
    wide = _wide(data)
    if wide:
        return Decoded(data.decode(wide, "replace"), wide)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        near = data[max(0, error.start - _FIRST) : error.start + _FIRST]
        codec = "utf-8" if _mostly_utf8(near) else _chosen(data, _labels(data, declared)) or "utf-8"
        return Decoded(_read(data, codec), codec)
    for label in _labels(data, declared):
        if label.startswith(("iso2022", "hz")) and any(sign in data for sign in _STATEFUL):
            return Decoded(data.decode(label, "replace"), label)
        if label in ("gb18030", "big5") and _only_looks_like_utf8(text):
            legacy = _read(data, label)
            if "\ufffd" not in legacy and common_share(legacy) >= _SENSE:
                return Decoded(legacy, label)
    return Decoded(text, "utf-8")


def _labels(data: bytes, declared: str) -> tuple[str, ...]:
    """The codecs that a document's header and the document itself name."""
    return tuple(dict.fromkeys(filter(None, (codec_of(declared), codec_of(declared_in(data))))))


def declared_in(data: bytes) -> str:
    """The encoding that the document's XML declaration or HTML meta element names, as written; "" when none does."""
    head = data[:_HEAD]
    for mark, _ in _BOMS:
        head = head.removeprefix(mark)
    # Without its NULs a declaration in UTF-16 or UTF-32 reads like one in ASCII.
    head = head.replace(b"\x00", b"")
    if b"encoding" not in head and b"charset" not in head.lower():
        return ""
    text = head.decode("latin-1")
    found = _XML.search(text) or _META.search(_HTML_COMMENT.sub("", text))
    return found[1] if found is not None else ""


def declared_by(content_type: str) -> str:
    """The charset that a Content-Type header names, as written; "" when it names none."""
    found = _PARAMETER.search(content_type[:_HEADER])
    return found[1] if found is not None else ""


def codec_of(label: str) -> str:
    """The codec that reads what a charset label names; "" for unknown labels and for what is no text encoding."""
    label = label.strip(" \t\r\n\"';,").casefold()
    if _LABEL.fullmatch(label) is None:
        return ""
    plain = label.replace("_", "-")
    known = LABELS.get(plain) or LABELS.get(plain.removeprefix("x-"))
    if known is not None:
        return known
    try:
        # Decoding something refuses codecs that make no text (base64, zip); codecs.lookup would not.
        b"a".decode(label)
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    name = name.replace("-", "_")
    if _UNFIT.fullmatch(name):
        return ""
    return LABELS.get(name.replace("_", "-"), name)


def _mostly_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 but for a few broken ones: text in another encoding has hardly a character in it."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    return len(text) - len(text.encode("ascii", "ignore")) - broken > 2 * broken


def _chosen(data: bytes, labels: tuple[str, ...]) -> str:
    """The codec for bytes that are not UTF-8, told by their first text beyond ASCII; "" when none fits."""
    start = next(_HIGH_BYTE.finditer(data)).start()
    sample = data[start : start + _SAMPLE]
    if not labels or labels[0] in ("gb18030", "big5"):
        likely = labels[0] if labels else "gb18030"
        if any(common_share(_read(sample[:size], likely)) >= 2 * _SENSE for size in (_FIRST, 4 * _FIRST)):
            return likely  # no other reading can have twice its share
    chinese = {label: _read(sample, label) for label in ("gb18030", "big5")}
    best = max(chinese, key=lambda label: common_share(chinese[label]))
    share = common_share(chinese[best])
    for label in labels:
        if label.startswith("utf"):
            continue
        read = chinese.get(label) or _read(sample, label)
        if label != best and share >= _SENSE and common_share(read) < share / 2 and not _other_script(read):
            continue
        if label.startswith(("iso2022", "hz")) and read.count("\ufffd") > len(read) / 50:
            continue
        return label
    if share >= _SENSE:
        return best
    foreign = foreign_codec(sample)
    if foreign:
        return foreign
    return best if chinese[best].count("\ufffd") * 20 < len(_HIGH.findall(chinese[best])) else ""


def _read(data: bytes, codec: str) -> str:
    if codec == "gb18030":
        text = data.decode("gb18030", registered_handlers()[0])
        return _closed(_GB_OLDER.sub(lambda found: GB_NEWER[found[0]], text), codec)
    if codec == "big5":
        text = data.decode("big5hkscs", registered_handlers()[1])
        return _closed(_BIG5_SYMBOL.sub(lambda found: BIG5_SYMBOLS[found[0]], text), "big5hkscs")
    return data.decode(codec, "replace")


def _closed(text: str, codec: str) -> str:
    """`text` with the ends of CDATA sections that half a character, cut off before them, has taken a byte from."""

    def repaired(found: re.Match[str]) -> str:
        took = found[1].encode(codec, "replace")
        return "\ufffd]]>" if len(took) == 2 and took.endswith(b"]") else found[0]

    return _CUT_CDATA.sub(repaired, text) if "<![CDATA[" in text else text


def _wide(data: bytes) -> str:
    """The UTF-16 or UTF-32 that the NULs among the first bytes show; "" for other bytes."""
    head = data[:1024]
    if b"\x00" not in head or len(head) < 4:
        return ""
    nuls = [head[at::4].count(0) / max(1, len(head[at::4])) for at in range(4)]
    for encoding, zero, full in (("utf-32-be", (0, 1), 3), ("utf-32-le", (2, 3), 0)):
        if all(nuls[at] > 0.95 for at in zero) and nuls[full] < 0.05:
            return encoding
    even, odd = (nuls[0] + nuls[2]) / 2, (nuls[1] + nuls[3]) / 2
    if head[:2] in (b"\x00<", b"<\x00") or (max(even, odd) > 0.2 and min(even, odd) < 0.02):
        return "utf-16-be" if even > odd else "utf-16-le"
    return ""


def _only_looks_like_utf8(text: str) -> bool:
    """Whether every non-ASCII character took two bytes: so short GBK texts (联通) can pass for UTF-8."""
    return not text.isascii() and _LATER.search(text) is None


def _other_script(text: str) -> bool:
    """Whether most of a text beyond ASCII is kana or hangul: then it is read right although it is not Chinese."""
    high = _HIGH.findall(text)
    return 2 * sum(1 for char in high if "\u3041" <= char <= "\u30ff" or "\uac00" <= char <= "\ud7a3") > len(high)
