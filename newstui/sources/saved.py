"""What the program that saved a page wrote into it: its address, when it was saved, banners, rewritten links (pure).

Known are Internet Explorer's mark and those who took it over (read with the head, `meta`), SingleFile, Save Page WE,
monolith, HTTrack, WebScrapBook, and the copies that the Wayback Machine, archive.today and Baidu's cache serve.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from newstui.sources.html_tree import Markup
from newstui.sources.urls import web_url
from newstui.text.dates import parse_date

_HEAD: Final = 65_536
"""Characters of a page's beginning, and of its end, where such notes stand."""
_SINGLE_FILE: Final = re.compile(
    r"<!--\s{0,20}(?:Page saved with SingleFile|Archive processed by SingleFile)\b(.{0,6000}?)-->", re.DOTALL
)
_LABELLED: Final = re.compile(r"^\s{0,20}(url|saved date|archive date):\s{0,20}(\S[^\r\n]{0,3000})", re.MULTILINE)
_MONOLITH: Final = re.compile(r"<!--\s{0,9}Saved from (https?://\S{1,3000}) at (\S{10,40}) using monolith")
_HTTRACK: Final = re.compile(
    r"<!-- (?:Mirrored|Added) from (\S{4,3000}) by HTTrack Website Copier/[^,>]{0,80}, ([^>]{10,40}?) -->"
)
_SAVE_PAGE: Final = re.compile(
    r"<meta name=\"?savepage-(url|date)\"? content=(?:\"([^\"<>]{1,3000})\"|'([^'<>]{1,3000})')", re.IGNORECASE
)
_SCRAPBOOK: Final = re.compile(r"\sdata-scrapbook-(source|create)\s?=\s?[\"']?([^\"'\s<>]{1,3000})")
_NOTED: Final = re.compile(r"\s{0,20}<!--\s{0,9}(https?://[^\s<>]{4,3000})\s{0,9}-->")
"""An address alone in a comment before all else: the person's note of where the page came from."""
_JAVASCRIPT: Final = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d\d? \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})")

_WAYBACK: Final = re.compile(
    r"(?:(?:https?:)?//(?:web|wayback|liveweb)\.archive\.org(?::\d{2,3})?)?/web/(\d{4,14})(?:[a-z]{2}_)?/"
    r"(?=(?:https?:|mailto:|javascript:|\w[\w-]*\.[\w.-]+/))"
)
_WOMBAT: Final = re.compile(r"__wm\.wombat\(\s?[\"']([^\"'\s]{4,3000})[\"']\s?,\s?[\"'](\d{14})[\"']")
_TOOLBAR: Final = re.compile(r"id=[\"']?wmtbURL[\"']?\s[^<>]{0,100}?value=[\"']([^\"']{4,3000})[\"']")
_FILED: Final = re.compile(r"FILE ARCHIVED ON (\d\d:\d\d:\d\d) ([A-Z][a-z]{2}) (\d\d?), (\d{4}) AND RETRIEVED")
_TODAY: Final = re.compile(
    r"https?://archive\.(?:today|is|ph|md|fo|li|vn)/(\d{4})\.?(\d\d)\.?(\d\d)-?(\d{6})/(https?://[^\"'\s<>]{4,3000})"
)
_TODAY_LINK: Final = re.compile(r"https?://archive\.(?:today|is|ph|md|fo|li|vn)/(?:o/\w{4,8}|\d{14})/(?=https?:)")
_BANNER: Final = re.compile(
    r"<div (?=[^<>]{0,300}?\bid=[\"']?(?:wm-ipp(?:-base|-print|-inside)?|donato|bd_snap(?:_\w{1,9})?)[\"'\s>])",
    re.IGNORECASE,
)
_TODAY_BANNER: Final = re.compile(r"<div (?=[^<>]{0,300}?\bid=[\"']?(?:HEADER|FOOTER|hashtags)[\"'\s>])", re.IGNORECASE)
_BASE: Final = re.compile(r"<base\s[^<>]{0,200}?href=[\"']?(https?://[^\"'\s<>]{4,3000})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Saved:
    """A page as its site served it, as far as that can be had back."""

    html: Markup
    url: str = ""
    """Its address; "" when nobody noted it."""
    captured: datetime | None = None
    """When it was saved."""


def read_saved(page: Markup, url: str = "") -> Saved:
    """`page` without what was put into it when it was saved, and what was noted then.

    `url` is where it came from, "" when not known; it is given back, without the archive's own part of it.
    """
    head = page.text[:_HEAD]
    found = _wayback(page, head, url) or _today(page.text, head)
    if found is None:
        address, stamp = _noted(head)
        if 'id="bd_snap' in head:
            base = _BASE.search(head)
            page, address = _hidden(_BANNER, page.text), address or (base[1] if base else "")
        found = Saved(page, url or web_url(address), stamp)
    return found


def _noted(head: str) -> tuple[str, datetime | None]:
    """The address and time that a program or a person noted at a page's beginning."""
    if "SingleFile" in head and (note := _SINGLE_FILE.search(head)) is not None:
        said = {match[1]: match[2].strip() for match in _LABELLED.finditer(note[1])}
        return said.get("url", ""), _time(said.get("saved date") or said.get("archive date") or "")
    if "savepage-" in head:
        said = {match[1].lower(): match[2] or match[3] for match in _SAVE_PAGE.finditer(head)}
        return said.get("url", "").replace("&amp;", "&"), _time(said.get("date", ""))
    if "data-scrapbook-" in head:
        said = {match[1]: match[2] for match in _SCRAPBOOK.finditer(head)}
        return said.get("source", "").replace("&amp;", "&"), _stamp(said.get("create", ""))
    if "HTTrack" in head and (mirrored := _HTTRACK.search(head)) is not None:
        return f"http://{mirrored[1]}" if "://" not in mirrored[1] else mirrored[1], _time(mirrored[2])
    if "monolith" in head and (kept := _MONOLITH.search(head)) is not None:
        return kept[1], _time(kept[2])
    noted = _NOTED.match(head)
    return (noted[1] if noted else ""), None


def _wayback(page: Markup, head: str, url: str) -> Saved | None:
    """A page of the Wayback Machine with its own links; None for other pages."""
    wrapped = _WAYBACK.search(url) if "/web/" in url else None
    if wrapped is None and not page.has(("archive.org",)):
        return None
    html = page.text
    wombat = _WOMBAT.search(head)
    filed = _FILED.search(html[-_HEAD:])
    toolbar = _TOOLBAR.search(html) if "wmtbURL" in html else None
    if wombat is None and filed is None and wrapped is None and toolbar is None:
        return None
    stamp = _stamp((wombat and wombat[2]) or (wrapped and wrapped[1]) or "")
    if stamp is None and filed is not None:
        stamp = parse_date(f"{filed[3]} {filed[2]} {filed[4]} {filed[1]} +0000")
    own = (url[wrapped.end() :] if wrapped else "") or (wombat and wombat[1]) or (toolbar and toolbar[1]) or ""
    own = re.sub(r"^(https?://[^/:]+):80(?=/|$)", r"\1", own if "://" in own else f"http://{own}" if own else "")
    return Saved(_hidden(_BANNER, _WAYBACK.sub("", html)), web_url(own) or url, stamp)


def _today(html: str, head: str) -> Saved | None:
    """A page of archive.today; None for other pages."""
    if "://archive." not in head or 'id="HEADER"' not in html:
        return None
    stamped = _TODAY.search(head)
    if stamped is None:
        return None
    stamp = _stamp(stamped[1] + stamped[2] + stamped[3] + stamped[4])
    return Saved(_hidden(_TODAY_BANNER, _TODAY_LINK.sub("", html)), web_url(stamped[5]), stamp)


def _hidden(banner: re.Pattern[str], html: str) -> Markup:
    """`html` with its banners marked as not displayed, which keeps them out of every reading of it."""
    return Markup(banner.sub("<div hidden ", html))


def _stamp(digits: str) -> datetime | None:
    """The time of a stamp of 14 or more digits, in UTC as the archives write it."""
    try:
        return datetime.strptime(digits[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _time(text: str) -> datetime | None:
    """The time that a note names: JavaScript's form (ECMA-262 §21.4.4.41) or any other of a page's."""
    script = _JAVASCRIPT.match(text)
    if script is not None:
        try:
            return datetime.strptime(f"{script[1]} {script[2]}", "%b %d %Y %H:%M:%S %z")
        except ValueError:
            return None
    return parse_date(text)
