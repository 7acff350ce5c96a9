"""Which extractor this is."""

from __future__ import annotations

from typing import Final

EXTRACTOR: Final = 3
"""Raised whenever the same bytes give another article: imports then read again what they had remembered, and
`newstui reprocess` has something to do."""
