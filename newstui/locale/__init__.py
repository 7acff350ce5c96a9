"""What the program says, in Chinese and English: one catalogue a language, the same keys in each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Literal, NamedTuple, Protocol

Language = Literal["zh", "en"]


class _HasLanguage(Protocol):
    @property
    def language(self) -> str: ...


class Catalogue(NamedTuple):
    """The sentences of one language; calling it with a key gives the sentence, blanks filled from keywords."""

    language: Language
    texts: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence for `key`; a missing key is a bug and raises KeyError."""
        text = self.texts[key]
        return text.format(**values) if values else text


@cache
def catalogue(language: Language) -> Catalogue:
    """The catalogue of "zh" or "en"; only that language's module is imported."""
    return Catalogue(language, import_module(f"newstui.locale.{language}").TEXTS)


def language(settings: _HasLanguage, environ: Mapping[str, str]) -> Language:
    """The language to speak: the setting, else the first of LC_ALL, LC_MESSAGES, LANG that is set.

    Chinese unless that asks for English: "C", "POSIX" and other languages say nothing about a reader of Chinese news.
    """
    if settings.language == "zh":
        return "zh"
    if settings.language == "en":
        return "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "zh"
    return "zh"
