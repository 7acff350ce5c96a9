"""Members of archives on their way into the cache: what they are remembered by, and what is told of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from newstui.model import Article, Brought, ImportOutcome, Source
from newstui.sources.version import EXTRACTOR
from newstui.store.ledger import Entry


def key_of(asked: dict[str, str], data: bytes, place: str) -> bytes:
    """16 bytes that stand for a member: for its bytes and everything else that decides what becomes of it.

    `asked` is what the parser's process is told beside the bytes, `place` the place of pages that name none. A newer
    extractor reads everything anew.
    """
    said = json.dumps([EXTRACTOR, place, sorted(asked.items())], ensure_ascii=False)
    digest = blake2b(said.encode("utf-8", "surrogatepass") + b"\0", digest_size=16)
    digest.update(data)
    return digest.digest()


@dataclass(slots=True, eq=False)
class Member:
    """A file or member met, until all that became of it is stored and told."""

    whole: ImportOutcome
    """Its path and member, with nothing told of it yet."""
    key: bytes = b""
    """What the ledger knows it by; b"" for what is not to be remembered."""
    steady: bool = False
    """Whether it is remembered too that it could not be read."""
    items: list[Item] = field(default_factory=list)
    """All that is to be told of it."""
    stored: int = 0
    """How many of the items that are articles are stored."""

    @property
    def finished(self) -> bool:
        """Whether all its articles are stored."""
        return self.stored == sum(item.article is not None for item in self.items)

    @property
    def entry(self) -> Entry | None:
        """What the ledger is to say of it; None when it is to be read again: what failed, and lists of sources."""
        outcomes = [item.outcome for item in self.items]
        if not self.key or any(each.subscription for each in outcomes):
            return None
        if not self.steady and any(each.status == "failed" for each in outcomes):
            return None
        skip = len(self.whole.member) + 1 if self.whole.member else 0
        return Entry(self.key, [replace(each, path="", member=each.member[skip:]) for each in outcomes])

    def told(self, outcome: ImportOutcome) -> Item:
        """One more thing to be told of it."""
        item = Item(outcome, self)
        self.items.append(item)
        return item

    def known(self, outcomes: list[ImportOutcome]) -> list[Item]:
        """What the ledger says of it, as if it had been read again; it need not be remembered once more."""
        self.key = b""
        return [self.told(replace(each, path=self.whole.path, member=self.part(each.member))) for each in outcomes]

    def part(self, name: str) -> str:
        """The path of what is called `name` inside it; its own for ""."""
        return "/".join(filter(None, (self.whole.member, name)))


@dataclass(slots=True, eq=False)
class Item:
    """Something to be told of: an outcome, complete or still lacking what the store makes of its article."""

    outcome: ImportOutcome
    member: Member
    article: Article | None = None
    source: Source | None = None
    brought: Brought | None = None
    pages: tuple[Item, ...] = ()
    """Its further pages, whose text is in `article`."""
