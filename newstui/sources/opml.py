"""Subscription lists: OPML 1.0 and 2.0 (opml.org/spec2.opml), and the plain `urls` file of newsboat.

OPML in the wild is often broken XML, spells xmlUrl in several ways and names a feed in `text`, in `title` or in both;
all of that is read. Addresses are kept as they stand there: whether one can be fetched is for the caller to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from newstui.errors import NewstuiError
from newstui.sources.feed_parts import field_text
from newstui.sources.html_tree import local_name
from newstui.sources.xml_text import repaired, tidy, well_formed
from newstui.text.charset import decode

_WORD: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_OUTLINE: Final = re.compile(r"<outline\b", re.IGNORECASE)
_TAIL: Final = re.compile(r"/?>(?:\s|</\w+\s*>|<!--[^<>]*-->)*$")
_KNOWN: Final = re.compile(
    r"""(?<![\w:])(xmlUrl|htmlUrl|title|text|type|url|district)\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE
)
_DEPTH_LIMIT: Final = 100
"""Levels of folders that are written down; deeper ones count as the hundredth."""


class NotOpmlError(NewstuiError):
    """The document is no subscription list."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A subscription as a list names it."""

    title: str
    url: str
    site: str = ""
    """The feed's web page."""
    folder: str = ""
    """Names of the folders it stands in, outermost first, with "/" between them ("/" in a name becomes "／")."""
    district: str = ""
    """What newstui itself wrote as the source's district: a code, name or path."""


def parse_opml(data: bytes) -> list[Outline]:
    """The subscriptions of an OPML document in order, duplicates included; raises NotOpmlError when it is none."""
    text = tidy(decode(data).text)
    if not well_formed(text):
        text = _plain_outlines(text)
        text = text if well_formed(text) else repaired(text)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise NotOpmlError("This is not OPML: no XML can be read in it.")
    outlines: list[Outline] = []
    folders: list[str] = []
    found = False
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str) or etree.QName(element).localname.lower() != "outline":
            continue
        found = True
        if event == "end":
            folders.pop()
            continue
        attributes = {local_name(str(name)): str(value) for name, value in element.attrib.items()}
        title = field_text(attributes.get("title", "")) or field_text(attributes.get("text", ""))
        url = field_text(attributes.get("xmlurl", "")) or _typed_url(attributes)
        if url:
            outlines.append(
                Outline(
                    # OPML demands a text, so a feed without a name has its address there: no name of the reader's.
                    title="" if title == url else title,
                    url=url,
                    site=field_text(attributes.get("htmlurl", "")),
                    folder="/".join(filter(None, folders[:_DEPTH_LIMIT])),
                    district=field_text(attributes.get("district", "")),
                )
            )
        folders.append("" if url else title.replace("/", "／"))
    if not found and etree.QName(root).localname.lower() != "opml":
        raise NotOpmlError("This is not OPML: it has no outline.")
    return outlines


def _plain_outlines(text: str) -> str:
    """`text` with only the attributes that are read in each outline: others (a description with raw HTML) break it."""
    head, *parts = _OUTLINE.split(text)
    mended = [head]
    for part in parts:
        tail = _TAIL.search(part)
        if tail is None:
            mended.append("<outline" + part)
            continue
        attributes = " ".join(
            f"{name}={quoteattr(unescape(value))}"
            for name, value in {
                name.lower(): value[1:-1] for name, value in reversed(_KNOWN.findall(part[: tail.start()]))
            }.items()
        )
        mended.append(f"<outline {attributes} {tail.group()}")
    return "".join(mended)


def _typed_url(attributes: dict[str, str]) -> str:
    """The address of an outline that calls it `url` but says that it is a feed."""
    if attributes.get("type", "").lower() in ("rss", "atom", "rss1", "feed", "link/rss"):
        return field_text(attributes.get("url", ""))
    return ""


def write_opml(outlines: Iterable[Outline], title: str = "newstui") -> bytes:
    """An OPML 2.0 document in UTF-8 that `parse_opml` reads back; subscriptions of one folder stand together."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = field_text(title)
    body = etree.SubElement(root, "body")
    folders: dict[tuple[str, ...], etree._Element] = {(): body}
    for outline in outlines:
        path = tuple(filter(None, outline.folder.split("/")))
        parent = _folder(folders, path)
        attributes = {"type": "rss", "text": outline.title or outline.url, "xmlUrl": outline.url}
        if outline.title:
            attributes["title"] = outline.title
        if outline.site:
            attributes["htmlUrl"] = outline.site
        if outline.district:
            attributes["district"] = outline.district
        etree.SubElement(parent, "outline", {name: field_text(value) for name, value in attributes.items()})
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _folder(folders: dict[tuple[str, ...], etree._Element], path: Sequence[str]) -> etree._Element:
    """The element of a folder, made with those round it when it is new."""
    element = folders[()]
    for depth in range(1, len(path) + 1):
        key = tuple(path[:depth])
        if key not in folders:
            name = field_text(key[-1])
            folders[key] = etree.SubElement(element, "outline", {"text": name, "title": name})
        element = folders[key]
    return element


def parse_url_list(data: bytes) -> list[Outline]:
    """The subscriptions of a newsboat `urls` file: an address a line, then tags; "~name" among them is its title.

    The first tag is taken as the folder. Comments, queries and lines that run programs are passed over.
    """
    outlines: list[Outline] = []
    for line in decode(data).text.splitlines():
        words = [quoted.replace('\\"', '"') if quoted else word for quoted, word in _WORD.findall(line.strip())]
        if not words or words[0].startswith(("#", "query:", "exec:", "filter:", "|")):
            continue
        titles = [word[1:] for word in words[1:] if word.startswith("~")]
        tags = [word for word in words[1:] if not word.startswith(("~", "!"))]
        outlines.append(
            Outline(
                title=field_text(titles[0]) if titles else "",
                url=field_text(words[0]),
                folder=field_text(tags[0]).replace("/", "／") if tags else "",
            )
        )
    return outlines
