"""How jobs fare, in sentences, and what is typed to begin them; no Textual, so that the linear mode has them too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newstui.locale import Catalogue
    from newstui.screens.jobs import Job, Tally


def progress(words: Catalogue, name: str, tally: Tally) -> str:
    """How far a job is, how fast it goes and how long it may still take."""
    text = words("job.progress", job=name, done=f"{tally.done:,}", total=f"{tally.total:,}")
    if tally.rate >= 1:
        text = words("job.rate", text=text, rate=f"{tally.rate:,.0f}")
    if not tally.left:
        return text
    if tally.left < 120:
        left = words("job.seconds", count=tally.left)
    elif tally.left < 7200:
        left = words("job.minutes", count=round(tally.left / 60))
    else:
        left = words("job.hours", count=round(tally.left / 3600))
    return words("job.left", text=text, left=left)


def outcome(words: Catalogue, job: Job, code: int, tally: Tally) -> tuple[str, bool]:
    """The sentence for a job that has ended, and whether it tells of a failure."""
    name, reason = words(f"job.{job.name}"), tally.reason
    imports = job.name in ("import", "starter")
    if code and (job.name in ("add", "opml") or not tally.failed):
        return words("job.failed", job=name, reason=reason or f"exit {code}"), True
    if job.name == "pictures":
        kept = tally.added + tally.known
        if tally.failed:
            return words("job.pictures-failed", kept=kept, failed=tally.failed, reason=reason), True
        return words("job.pictures-kept", kept=kept), False
    if tally.failed:
        return words("job.done-failed", job=name, added=tally.added, failed=tally.failed, reason=reason), True
    if job.name == "reprocess":
        if not tally.updated + tally.known + tally.skipped:
            return words("job.reprocessed-none"), False
        counts = {"updated": tally.updated, "known": tally.known, "skipped": tally.skipped}
        return words("job.reprocessed", job=name, **counts), False
    if job.name == "add":
        return words("job.added", title=tally.title), False
    if job.name == "opml":
        return words("job.sources", job=name, added=tally.added, known=tally.known), False
    if imports and tally.listed and not tally.added + tally.updated + tally.known:
        return words("job.sources", job=name, added=tally.subscribed, known=tally.listed - tally.subscribed), False
    if imports and not tally.added + tally.updated + tally.known:
        if tally.skipped:
            return words("job.imported-none", skipped=tally.skipped, reason=tally.skip_reason), True
        return words("job.found-none"), True
    if imports:
        counts = {"added": tally.added, "updated": tally.updated, "known": tally.known, "skipped": tally.skipped}
        text = words("job.imported", job=name, **counts)
        return (words("job.and-sources", text=text, added=tally.subscribed) if tally.subscribed else text), False
    if not tally.sources:
        return words("job.none-due"), False
    return words("job.done", job=name, added=tally.added, updated=tally.updated), False


def typed_path(text: str) -> str:
    """A path or address as a shell would take it: ~ is the home, and quotes that file managers paste are taken off.

    One that begins with a dash is a path still and no option.
    """
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    try:
        text = str(Path(text).expanduser()) if text.startswith("~") else text
    except RuntimeError:  # ~name of a user that there is not: such a file name may still exist
        return text
    return f"./{text}" if text.startswith("-") else text
