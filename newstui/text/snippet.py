"""A few words round the first hit of a search."""

from __future__ import annotations

import re


def snippet(text: str, query: str, around: int = 24) -> str:
    """One line of `text` with `around` characters either side of the first hit, case aside; its start if none."""
    flat = text.replace("\n", " ")
    found = re.search(re.escape(query), flat, re.IGNORECASE)
    hit, end = found.span() if found else (0, 0)
    start = max(hit - around, 0)
    end = min(end + around, len(flat))
    return ("…" if start else "") + flat[start:end].strip() + ("…" if end < len(flat) else "")
