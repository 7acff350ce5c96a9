"""How an article is set: the choices a reader has, as one value that the layout takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Paragraphs = Literal["indent", "space"]
Script = Literal["original", "hans", "hant", "hant-tw", "hant-hk"]
Ambiguous = Literal["narrow", "wide"]

LEAST: Final = 8
"""Hanzi of the narrowest measure that can be chosen."""
MOST: Final = 120
"""Hanzi of the widest."""


@dataclass(frozen=True, slots=True)
class Typography:
    """The choices; the defaults set a text as papers do and show every character as it came."""

    measure: int = 38
    """Hanzi (two cells each) of the longest line; a narrower pane has shorter ones."""
    paragraphs: Paragraphs = "indent"
    """Paragraphs told apart by two hanzi of indent, set solid, or by a blank line."""
    punctuation: bool = False
    """Whether half-width punctuation between hanzi is shown full-width."""
    spacing: bool = False
    """Whether a blank is shown between hanzi and Latin letters or digits."""
    script: Script = "original"
    """Shown in simplified ("hans") or traditional characters ("hant", and as Taiwan and Hong Kong have them)."""
    hanging: bool = False
    """Whether closing punctuation may stand beyond the right edge."""
    ambiguous: Ambiguous = "narrow"
    """Cells of the characters that UAX #11 calls ambiguous: one or two."""

    def cells(self, width: int) -> int:
        """Cells of the longest line in a pane of `width` cells; a wider pane has margins."""
        room = width - 4 if width >= 44 else width - 2 if width > 20 else width
        return max(1, min(2 * self.measure, room))
