"""An export of Omnivore, as a ZIP file or unpacked: metadata_0_to_20.json …, content/SLUG.html, highlights/SLUG.md.

The metadata have an article's title, address, marks and times, the other two its text and what its reader noted: the
three are put together again, and told where the text stands (pure but for what `load` does).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from newstui.fetch.found import Found
from newstui.text.charset import decode

_METADATA: Final = re.compile(r"(?:.*/)?metadata_\d{1,9}_to_\d{1,9}\.json")
LARGEST: Final = 8 << 20
"""Bytes of one file of metadata, or of one reader's notes."""
_DESCRIBED: Final = "the description of the texts in content/, with which it is read"
_NOTES: Final = "notes on the text in content/, with which they are read"

Load = Callable[[str], bytes]


def is_metadata(name: str) -> bool:
    """Whether a file is called as Omnivore calls the descriptions of twenty articles."""
    return _METADATA.fullmatch(name) is not None


class Library:
    """The articles of an export, by the files that have their texts."""

    def __init__(self, names: Iterable[str], listed: Container[str], load: Load) -> None:
        """`names` are those of its metadata, `listed` those of all its files; `load` gives b"" for what is not read."""
        self._load = load
        self._records: dict[str, dict[str, Any]] = {}
        self._bare: dict[str, list[dict[str, Any]]] = {}
        """Records without a text, by the metadata that they stand in."""
        self._notes: set[str] = set()
        for name in names:
            folder = name[: name.rfind("/") + 1]
            for record in _records(load(name)):
                slug = record["slug"]
                page, notes = f"{folder}content/{slug}.html", f"{folder}highlights/{slug}.md"
                if page in listed:
                    self._records[page] = record
                    self._notes.add(notes)
                self._bare.setdefault(name, []).extend([] if page in listed else [record])

    def __contains__(self, name: object) -> bool:
        """Whether a file belongs to it."""
        return name in self._records or name in self._bare or name in self._notes

    def told(self, name: str, found: Iterable[Found]) -> Iterator[Found]:
        """What is to be told of its file `name`; `found` is what the walk found in it."""
        for one in found:
            if one.reason and name not in self._records:
                yield one
            elif name in self._bare:
                bare = self._bare[name]
                yield _data(one, bare) if bare else replace(one, data=b"", reason=_DESCRIBED, asked={})
            elif name in self._notes:
                yield replace(one, data=b"", reason=_NOTES, asked={})
            else:
                yield from self._joined(name, one)

    def _joined(self, name: str, found: Found) -> Iterator[Found]:
        """The article whose text a file has; a text that cannot be read costs only itself."""
        record = dict(self._records[name])
        notes = self._load(re.sub(r"content/([^/]*)\.html$", r"highlights/\1.md", name))
        if notes:
            record["highlights"] = decode(notes).text
        if found.reason:
            yield found
        else:
            record["content"] = decode(found.data).text
        yield _data(found, record)


def _data(found: Found, value: Any) -> Found:
    text = json.dumps(value, ensure_ascii=False)
    return Found(found.path, found.member, text.encode("utf-8", "replace"), about=found.about, asked={"form": "json"})


def _records(data: bytes) -> list[dict[str, Any]]:
    """What a file of metadata describes; [] for another file of that name."""
    try:
        value = json.loads(decode(data).text) if data else []
    except (ValueError, RecursionError):
        return []
    return [
        one
        for one in (value if isinstance(value, list) else ())
        if isinstance(one, dict) and isinstance(one.get("slug"), str) and {"url", "title"} <= one.keys()
    ]
