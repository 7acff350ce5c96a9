"""What the index.rdf of a MAFF file (Mozilla Archive Format 1.0) says of the page beside it (pure).

Read by its few fixed elements, not by a parser of XML: nothing in it is expanded.
"""

from __future__ import annotations

import html
import re
from typing import Final

from newstui.fetch.found import About
from newstui.sources.urls import web_url
from newstui.text.charset import decode
from newstui.text.clean import clean_line
from newstui.text.dates import parse_date

NAME: Final = "index.rdf"
WHAT: Final = "the description of a saved page"
_SAID: Final = re.compile(
    r"<MAF:(originalurl|title|archivetime|indexfilename)\s[^<>]{0,80}?RDF:resource=(?:\"([^\"<>]{0,4000})\"|'([^'<>]{0,4000})')"
)


def read_rdf(data: bytes) -> tuple[str, About] | None:
    """The page's file and what is said of it; None when it is no MAFF's."""
    said = {name: html.unescape(one or two) for name, one, two in _SAID.findall(decode(data).text)}
    if "originalurl" not in said:
        return None
    about = About(
        url=web_url(said["originalurl"]),
        title=clean_line(said.get("title", "")),
        captured=parse_date(said.get("archivetime", "")),
    )
    return said.get("indexfilename", "") or "index.html", about
