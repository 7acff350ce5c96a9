"""What a batch of articles does to the cache: stored + incoming + now -> what to insert, change or leave. Pure.

Rules, in order of trust:
- A guid known in the source, a link, or title and date recognise an article; a link or title that several entries of
  this very batch share recognises nothing (feeds whose entries all link to one page), nor does one that belongs to an
  article whose own guid is in the batch.
- A version that the article has already had is not news (an old poll played again, an old copy of a page), unless the
  feed dates it after the version it would replace.
- A version dated before the stored one is older and is left; so is a copy that an archive made before the stored
  one's, whose text is kept as an earlier one.
- A date that a page states is better than the time of its copy, which stands in for it.
- The text of an article is replaced by the newer one; the text it had is kept as a revision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import time
from typing import Literal

from newstui.store.bodies import Incoming
from newstui.store.identity import Keys, canonical_link
from newstui.store.times import from_ms


@dataclass(frozen=True, slots=True)
class Known:
    """What the cache has of an article that an incoming one could be."""

    row: int
    id: str
    pruned: bool
    published: int | None = None
    """None also when the time of a copy stands in for it."""
    updated: int | None = None
    digest: bytes = b""
    text_digest: bytes = b""
    richness: int = 0
    url: str = ""
    earlier: frozenset[bytes] = frozenset()
    """Digests of the versions it had before."""
    captured: int | None = None
    """When the newest copy with its text was made."""
    first: int | None = None
    """When the earliest copy of any of its texts was made."""
    shown: int | None = None
    """The date it stands under: `published`, or `first` in its place."""


Verdict = Literal["insert", "revive", "text", "details", "earlier", "known"]


@dataclass(frozen=True, slots=True)
class Step:
    """What to do for one incoming article.

    insert: new. revive: pruned, comes back under its row and id. text: a new text, the old one becomes a revision.
    details: the same text with more about it. earlier: a text that it had before the one it has. known: nothing.
    """

    verdict: Verdict
    index: int
    """Its place in the batch."""
    known: Known | None = None
    """The stored article that it is."""
    same_as: int | None = None
    """The earlier article of the batch that it repeats."""


def plan(
    batch: Sequence[tuple[Incoming, Keys]],
    known: Mapping[bytes, Sequence[Known]],
    *,
    shared: bool,
    revive: bool = False,
) -> list[Step]:
    """One step for each article of the batch, in its order.

    known: stored articles by identity key. shared: the articles are pages of archives, whose dates may be by the day.
    """
    crowded = _crowded(keys for _, keys in batch)
    twins = _twins([keys for _, keys in batch], crowded)
    found: dict[int, Known] = {}
    by_row: dict[int, int] = {}
    recogniser = _Recogniser(known, by_row.keys(), crowded, shared)
    # Trait by trait over the whole batch, so that the order of entries does not decide who is recognised by what.
    for recognise in (recogniser.by_guid, recogniser.by_link, recogniser.by_title):
        for index, (item, keys) in enumerate(batch):
            if index in found or index in twins:
                continue
            stored = recognise(item, keys)
            if stored is not None:
                found[index] = stored
                if by_row.setdefault(stored.row, index) != index:
                    twins[index] = by_row[stored.row]
    return [_step(index, item, found.get(index), twins.get(index), revive) for index, (item, _) in enumerate(batch)]


def _step(index: int, item: Incoming, stored: Known | None, twin: int | None, revive: bool) -> Step:
    if twin is not None:
        return Step("known", index, stored, twin)
    if stored is None:
        return Step("insert", index)
    if stored.pruned:
        return Step("revive" if revive else "known", index, stored)
    return Step(_change(item, stored), index, stored)


def _crowded(all_keys: Iterable[Keys]) -> frozenset[bytes]:
    """Links and titles that clearly different articles of the batch have in common."""
    seen: dict[bytes, Keys] = {}
    crowded: set[bytes] = set()
    for keys in all_keys:
        for key, other in ((keys.link, "title"), (keys.title, "link")):
            if key is None:
                continue
            first = seen.setdefault(key, keys)
            one, two = getattr(first, other), getattr(keys, other)
            if first.guid != keys.guid or (keys.guid is None and one is not None and two is not None and one != two):
                crowded.add(key)
    return frozenset(crowded)


def _twins(all_keys: Sequence[Keys], crowded: frozenset[bytes]) -> dict[int, int]:
    """Which articles of the batch repeat an earlier one, and which."""
    first: dict[bytes, int] = {}
    twins: dict[int, int] = {}
    for index, keys in enumerate(all_keys):
        traits = (keys.guid,) if keys.guid is not None else (keys.link, keys.title)
        own = [key for key in traits if key is not None and key not in crowded]
        if not own and keys.guid is None:
            # Nothing of its own but what others have too: only all of it together tells.
            own = [b"".join(key for key in traits if key is not None)]
        earlier = [first[key] for key in own if key in first]
        if earlier:
            twins[index] = earlier[0]
        else:
            first.update(dict.fromkeys(own, index))
    return twins


@dataclass(frozen=True, slots=True)
class _Recogniser:
    """Finds the stored article that an incoming one is, by one trait at a time."""

    known: Mapping[bytes, Sequence[Known]]
    taken: Set[int]
    """Rows that articles of the batch have been recognised as, so far."""
    crowded: frozenset[bytes]
    shared: bool

    def by_guid(self, _: Incoming, keys: Keys) -> Known | None:
        """The article with this guid."""
        candidates = self.known.get(keys.guid, ()) if keys.guid is not None else ()
        return candidates[0] if candidates else None

    def by_link(self, item: Incoming, keys: Keys) -> Known | None:
        """The free article at this link."""
        if keys.link is None or keys.link in self.crowded:
            return None
        found = _one_of(self._free(keys.link), item)
        if found is None:
            return None
        if keys.guid is not None and found not in self.known.get(keys.title or b"", ()) and _other_time(item, found):
            # Another guid, title and date at one address: the next story of a page that tells one at a time.
            return None
        return found

    def by_title(self, item: Incoming, keys: Keys) -> Known | None:
        """The free article of this title and time."""
        if keys.title is None or (keys.title in self.crowded and keys.guid is not None):
            return None
        free = [each for each in self._free(keys.title) if _same_time(item, each, self.shared)]
        if self.shared and item.article.url:
            # Two addresses with the same title on the same day are two pages; a dump has no address, and an address
            # that many articles share is no other address.
            own = canonical_link(item.article.url)
            free = [each for each in free if not each.url or canonical_link(each.url) == own]
        return _one_of(free, item)

    def _free(self, key: bytes) -> list[Known]:
        return [each for each in self.known.get(key, ()) if each.row not in self.taken]


def _one_of(candidates: Sequence[Known], item: Incoming) -> Known | None:
    """The only candidate, or of several the one that has or had this very text: what comes again adds nothing."""
    if len(candidates) == 1:
        return candidates[0]
    whole, text = item.digests.whole, item.digests.text
    for each in candidates:
        if each.digest == whole or whole in each.earlier:
            return each
    same = [each for each in candidates if each.text_digest == text]
    return same[0] if len(same) == 1 else None


def _same_time(item: Incoming, stored: Known, shared: bool) -> bool:
    """Whether the dates agree: to the second in feeds, to the minute or (one of them midnight) the day in archives."""
    new = item.published if item.published is not None else item.updated
    old = stored.published if stored.published is not None else stored.updated
    if stored.pruned:
        return new is not None or shared
    if new is None or old is None:
        # Without a date a title alone is too little when there was a guid to go by.
        return new is old and (shared or not item.article.guid)
    if not shared:
        return new // 1000 == old // 1000
    return new // 60_000 == old // 60_000 or _midnight(new) or _midnight(old)


def _other_time(item: Incoming, stored: Known) -> bool:
    """Whether both have dates and these differ."""
    new = item.published if item.published is not None else item.updated
    old = stored.published if stored.published is not None else stored.updated
    return new is not None and old is not None and new // 1000 != old // 1000


def _midnight(moment: int) -> bool:
    """Whether a time in ms is 0:00 in China."""
    return from_ms(moment).time() == time.min


def _change(item: Incoming, stored: Known) -> Verdict:
    new = item.digests
    if new.whole == stored.digest:
        # A date that was missing is worth a write; any other date is not.
        return "details" if stored.published is None and item.published is not None else "known"
    dated = _order(item.updated, stored.updated)
    if dated < 0:
        return "known"
    copied = 0 if dated else _order(item.captured, stored.captured)
    if new.text == stored.text_digest:
        poorer = new.richness < stored.richness if copied >= 0 else new.richness <= stored.richness
        again = new.whole in stored.earlier
        return "known" if (poorer or again) and not dated else "details"
    if new.whole in stored.earlier and not dated and copied <= 0:
        return "known"
    return "earlier" if copied < 0 else "text"


def _order(new: int | None, old: int | None) -> int:
    """1 when `new` is the later of two times, -1 when it is the earlier, 0 when nobody can tell."""
    return 0 if new is None or old is None else (new > old) - (new < old)


@dataclass(frozen=True, slots=True)
class Times:
    """What an article's row is to say of its copies and its date, in ms."""

    captured: int | None
    first: int | None
    published: int | None
    borrowed: bool
    """Whether `published` is the time of its first copy."""


def times(item: Incoming, stored: Known, verdict: Verdict) -> Times:
    """The times of a stored article after a verdict on a further version of it."""
    first = min((each for each in (item.captured, stored.first) if each is not None), default=None)
    captured = stored.captured
    if verdict == "text":
        captured = item.captured
    elif item.captured is not None and item.digests.text == stored.text_digest:
        captured = item.captured if captured is None else max(captured, item.captured)
    published = stored.published if stored.published is not None else item.published
    if verdict in ("text", "details") and published is not None and item.published is not None:
        # The earliest date that was ever given: the order of polls must not decide where the article stands.
        published = min(published, item.published)
    return Times(captured, first, first if published is None else published, published is None and first is not None)
