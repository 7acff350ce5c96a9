"""Which field of a table or JSON dump is an article's title, body …: by its name, else by the shape of its values.

Looked at are the first records only, so every piece of a large file is read alike. A name alone is not believed: a
"source" full of addresses is no paper, a "time" that is no date is no date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from newstui.errors import NewstuiError
from newstui.sources.field_names import FIELDS, NAMES, FieldName, plain_name, unwrapped
from newstui.sources.field_values import Record, is_relative, text_of, time_of
from newstui.text.clean import clean_line

SAMPLE: Final = 50
"""Records by whose values a mapping is made."""
Mapped = Mapping[FieldName, str]

_ADDRESS: Final = re.compile(r"\s*(?:https?:)?//[^\s<>]{3,}\s*", re.IGNORECASE)
_PICTURE: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|mp4|mp3)(?:$|\?)", re.IGNORECASE)
_DATED: Final = re.compile(r"\d{4}\s?[-/.年]\s?\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]\d{4}|\d{8,}")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_SHOWN: Final = 12
"""Fields named in a message."""


class UnmappedError(NewstuiError):
    """No article can be made of the fields there are; the message names them and the way out."""


def guess(
    records: Sequence[Record],
    wanted: Mapping[str, str] | None = None,
    fixed: Iterable[tuple[FieldName, str]] = (),
) -> Mapped:
    """The mapping for data that begins with `records`; `wanted` (newstui's name: field) goes before every guess.

    fixed: what a known export calls things, where it has them; with "" a part that it has not.

    Raises UnmappedError when there is no body, nor a title with an address or a date (package.json has a title too),
    or when a wanted field is missing.
    """
    sample = records[:SAMPLE]
    keys = list(dict.fromkeys(key for record in sample for key in record))
    mapped: dict[FieldName, str] = {}
    for field in FIELDS:
        if wanted and field in wanted:
            mapped[field] = _named(wanted[field], keys)
    without: set[FieldName] = set()
    for field, key in fixed:
        if field not in mapped and key in keys:
            mapped[field] = key
        elif not key:
            without.add(field)
    filled = {key: [value for record in sample if (value := text_of(record.get(key)).strip())] for key in keys}
    for field in FIELDS:
        if field not in mapped and field not in without:
            found = _by_name(field, [key for key in keys if key not in mapped.values()], filled)
            if found:
                mapped[field] = found
    for field, fits in _SHAPES.items():
        if field not in mapped and field not in without:
            free = [key for key in keys if key not in mapped.values() and filled[key]]
            found = next((key for key in fits(free, filled)), "")
            if found:
                mapped[field] = found
    if "body" not in mapped and not ("title" in mapped and {"url", "published", "saved"} & set(mapped)):
        raise UnmappedError(
            f"data, no articles: no fields look like a title and a text (fields: {listed(keys)}); "
            "name them with --map title=FIELD --map body=FIELD"
        )
    return mapped


def _named(asked: str, keys: Sequence[str]) -> str:
    """The field that a person means by `asked`."""
    for same in (str, plain_name):
        for key in keys:
            if same(key) == same(asked):
                return key
    raise UnmappedError(f"there is no field {clean_line(asked)!r} in it; it has: {listed(keys)}")


def _by_name(field: FieldName, keys: Sequence[str], filled: Mapping[str, Sequence[str]]) -> str:
    """The field whose name is the best for `field` and whose values agree with it; one without values last."""
    names = NAMES[field]
    rank = {name: place for place, name in enumerate(names)}
    fitting = sorted((rank[name], key) for key in keys for name in {plain_name(key), unwrapped(key)} if name in rank)
    for _, key in fitting:
        if filled[key] and _PLAUSIBLE.get(field, _any)(filled[key]):
            return key
    return next((key for _, key in fitting if not filled[key]), "") if field in ("title", "body", "url") else ""


def _share(values: Sequence[str], test: Callable[[str], Any]) -> float:
    return sum(1 for value in values if test(value)) / len(values)


def _any(_: Sequence[str]) -> bool:
    return True


def _words(values: Sequence[str]) -> bool:
    """Short texts that are no addresses, numbers or dates."""
    return (
        sum(map(len, values)) / len(values) <= 200
        and _share(values, _ADDRESS.fullmatch) < 0.5
        and _share(values, _LETTERS.search) >= 0.5
    )


def _names(values: Sequence[str]) -> bool:
    return _words(values) and sum(map(len, values)) / len(values) <= 60


def _addresses(values: Sequence[str]) -> bool:
    return _share(values, lambda value: value.startswith(("http", "/", "www."))) >= 0.5


def _texts(values: Sequence[str]) -> bool:
    return _share(values, _ADDRESS.fullmatch) < 0.5 and _share(values, _LETTERS.search) >= 0.3


def _times(values: Sequence[str]) -> bool:
    return _share(values, lambda value: time_of(value) or is_relative(value)) >= 0.5


_PLAUSIBLE: Final[dict[FieldName, Callable[[Sequence[str]], bool]]] = {
    "title": _words,
    "url": _addresses,
    "body": _texts,
    "published": _times,
    "updated": _times,
    "saved": _times,
    "byline": _names,
    "author": _names,
    "editor": _names,
    "column": _names,
    "district": lambda values: _names(values) or _share(values, lambda value: re.fullmatch(r"\d{6}", value)) > 0.5,
    "summary": _texts,
}

_Fits = Callable[[Sequence[str], Mapping[str, Sequence[str]]], list[str]]


def _long_texts(keys: Sequence[str], filled: Mapping[str, Sequence[str]]) -> list[str]:
    """Fields of running text, the longest first."""
    length = {key: sum(map(len, filled[key])) / len(filled[key]) for key in keys}
    long = [key for key in keys if length[key] >= 100 and _texts(filled[key]) and not key.startswith("_")]
    return sorted(long, key=lambda key: -length[key])


def _headings(keys: Sequence[str], filled: Mapping[str, Sequence[str]]) -> list[str]:
    """Fields of short lines that differ from record to record."""
    return [
        key
        for key in keys
        if _words(filled[key])
        and 6 <= sum(map(len, filled[key])) / len(filled[key]) <= 80
        and len(set(filled[key])) * 10 >= len(filled[key]) * 8
        and _share(filled[key], lambda value: "\n" not in value and len(_LETTERS.findall(value)) * 2 > len(value)) > 0.8
        and _share(filled[key], lambda value: re.search(r"[\u4e00-\u9fff]{4}|\w+\s+\w+\s+\w+", value)) > 0.6
    ]


def _links(keys: Sequence[str], filled: Mapping[str, Sequence[str]]) -> list[str]:
    return [
        key
        for key in keys
        if _share(filled[key], lambda value: _ADDRESS.fullmatch(value) and not _PICTURE.search(value)) >= 0.8
        and len(set(filled[key])) * 10 >= len(filled[key]) * 8
    ]


def _moments(keys: Sequence[str], filled: Mapping[str, Sequence[str]]) -> list[str]:
    return [key for key in keys if _share(filled[key], lambda value: _DATED.match(value) and time_of(value)) >= 0.8]


_SHAPES: Final[dict[FieldName, _Fits]] = {
    "body": _long_texts,
    "url": _links,
    "published": _moments,
    "title": _headings,
}


def listed(keys: Sequence[str]) -> str:
    """Names of fields in one line, the first twelve of them."""
    names = [clean_line(key)[:40] or '""' for key in keys[:_SHOWN]]
    return ", ".join(names) + (", …" if len(keys) > _SHOWN else "")


def told(mapped: Mapped, records: Sequence[Record]) -> str:
    """The mapping in one line for a person, with what is not used and how to change it."""
    used = set(mapped.values())
    unused = [key for key in dict.fromkeys(key for record in records[:SAMPLE] for key in record) if key not in used]
    pairs = " ".join(f"{field}={clean_line(mapped[field])}" for field in FIELDS if field in mapped)
    rest = f"unused: {listed(unused)}; " if unused else ""
    return f"{pairs} ({rest}change with --map title=FIELD)"
