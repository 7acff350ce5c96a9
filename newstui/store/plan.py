"""What a batch of articles does to the cache: stored + incoming + now -> what to insert, change or leave. Pure.

Rules, in order of trust:
- A guid known in the source, a link, or title and date recognise an article; a link or title that is shared by articles
  whose own guids are in this very batch recognises nothing (feeds whose entries all link to the front page).
- A version that the article has already had is not news (an old poll played again, an old copy of a page), unless the
  feed dates it after the version it would replace.
- A version dated before the stored one is older and is left.
- The text of an article is replaced by the newer one; the text it had is kept as a revision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from newstui.store.bodies import Incoming
from newstui.store.identity import Keys

_DAY_MS: Final = 86_400_000
_SHANGHAI_MS: Final = 8 * 3_600_000


@dataclass(frozen=True, slots=True)
class Known:
    """What the cache has of an article that an incoming one could be."""

    row: int
    id: str
    pruned: bool
    published: int | None = None
    updated: int | None = None
    digest: bytes = b""
    text_digest: bytes = b""
    richness: int = 0
    url: str = ""
    earlier: frozenset[bytes] = frozenset()
    """Digests of the versions it had before."""


Verdict = Literal["insert", "revive", "text", "details", "known"]


@dataclass(frozen=True, slots=True)
class Step:
    """What to do for one incoming article.

    insert: new. revive: pruned, comes back under its row and id. text: a new text, the old one becomes a revision.
    details: the same text with more about it. known: nothing.
    """

    verdict: Verdict
    index: int
    """Its place in the batch."""
    known: Known | None = None
    """The stored article that it is."""
    same_as: int | None = None
    """The earlier article of the batch that it repeats."""


@dataclass(slots=True)
class _Claims:
    """Which stored rows and which articles of the batch are already spoken for."""

    rows: dict[int, int] = field(default_factory=dict)
    guids: dict[bytes, int] = field(default_factory=dict)
    others: dict[bytes, int] = field(default_factory=dict)


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
    own: dict[int, Known] = {}
    for index, (_, keys) in enumerate(batch):
        if keys.guid is not None:
            for candidate in known.get(keys.guid, ()):
                own.setdefault(index, candidate)
    by_guid = {candidate.row for candidate in own.values()}
    claims = _Claims()
    steps: list[Step] = []
    crowded = _crowded(keys for _, keys in batch)
    for index, (item, keys) in enumerate(batch):
        twin = _twin(keys, claims, crowded)
        if twin is not None:
            steps.append(Step("known", index, same_as=twin))
            continue
        found = own.get(index)
        if found is None:
            found = _recognised(item, keys, known, by_guid | claims.rows.keys(), crowded, shared)
        elif found.row in claims.rows:
            steps.append(Step("known", index, same_as=claims.rows[found.row]))
            continue
        if keys.guid is not None:
            claims.guids[keys.guid] = index
        else:
            for key in keys.all():
                claims.others.setdefault(key, index)
        if found is None:
            steps.append(Step("insert", index))
            continue
        claims.rows[found.row] = index
        if found.pruned:
            steps.append(Step("revive" if revive else "known", index, found))
        else:
            steps.append(Step(_change(item, found), index, found))
    return steps


def _crowded(all_keys: Iterable[Keys]) -> frozenset[bytes]:
    """Links and titles that several articles of the batch with different guids or titles have."""
    seen: dict[bytes, Keys] = {}
    crowded: set[bytes] = set()
    for keys in all_keys:
        for key in (keys.link, keys.title):
            if key is None:
                continue
            first = seen.setdefault(key, keys)
            if first.guid != keys.guid or (keys.guid is None and first.title != keys.title):
                crowded.add(key)
    return frozenset(crowded)


def _twin(keys: Keys, claims: _Claims, crowded: frozenset[bytes]) -> int | None:
    """The earlier article of the batch that this one repeats."""
    if keys.guid is not None:
        return claims.guids.get(keys.guid)
    for key in (keys.link, keys.title):
        if key is not None and key not in crowded and key in claims.others:
            return claims.others[key]
    return None


def _recognised(
    item: Incoming,
    keys: Keys,
    known: Mapping[bytes, Sequence[Known]],
    taken: set[int],
    crowded: frozenset[bytes],
    shared: bool,
) -> Known | None:
    """The stored article that has this one's link, or its title and date; None when it is none or more than one."""
    if keys.link is not None and keys.link not in crowded:
        free = [each for each in known.get(keys.link, ()) if each.row not in taken]
        if len(free) == 1:
            return free[0]
    if keys.title is None:
        return None
    free = [each for each in known.get(keys.title, ()) if each.row not in taken and _same_time(item, each, shared)]
    if shared and item.article.url:
        # Two addresses with the same title on the same day are two pages; a dump has no address.
        free = [each for each in free if not each.url]
    if len(free) != 1 or (keys.title in crowded and keys.guid is not None):
        return None
    return free[0]


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


def _midnight(moment: int) -> bool:
    return (moment + _SHANGHAI_MS) % _DAY_MS == 0


def _change(item: Incoming, stored: Known) -> Verdict:
    new = item.digests
    if new.whole == stored.digest:
        # A date that was missing is worth a write; any other date is not.
        return "details" if stored.published is None and item.published is not None else "known"
    dated = item.updated is not None and stored.updated is not None
    if dated and item.updated < stored.updated:  # type: ignore[operator]  # `dated` says that both are numbers
        return "known"
    newer = dated and item.updated > stored.updated  # type: ignore[operator]
    if new.whole in stored.earlier and not newer:
        return "known"
    if new.text != stored.text_digest:
        return "text"
    return "known" if new.richness < stored.richness and not newer else "details"
