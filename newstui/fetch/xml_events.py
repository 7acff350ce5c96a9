"""Small XML files of containers read by events: no entity is expanded, no file opened, size and depth are bounded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from xml.parsers import expat

LARGEST: Final = 8 << 20
"""Bytes of one such file."""
_DEEP: Final = 200

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str, str], None]


class XmlError(ValueError):
    """It is no XML that is read."""


def read_xml(data: bytes, start: Start, end: End) -> None:
    """Calls `start` with local name and attributes, `end` with local name and the text since the last tag.

    Attributes lose their prefixes. Raises XmlError at the first fault; what came before it has been told.
    """
    if len(data) > LARGEST:
        raise XmlError("too large")
    parser = expat.ParserCreate()
    text: list[str] = []
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEP:
            raise XmlError("too deep")
        text.clear()
        start(local(name), {local(key): value for key, value in attributes.items()})

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(local(name), "".join(text).strip())
        text.clear()

    def refused(*_: object) -> None:
        raise XmlError("it declares entities")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text.append
    parser.EntityDeclHandler = refused
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise XmlError(str(error)) from error


def local(name: str) -> str:
    """A name without its prefix, in lower case."""
    return name.rpartition(":")[2].lower()
