"""Subscribed sources and what their fetches leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from newstui.errors import UsageError
from newstui.store.connection import Database
from newstui.store.times import optional_ms, optional_time, to_ms
from newstui.text.clean import clean_line

if TYPE_CHECKING:
    from newstui.model import Fetched, Source, SourceKind

_COLUMNS: Final = (
    "id, url, kind, title, site, place, etag, last_modified, body_hash, added, fetched, succeeded, due, error, errors, "
    "gone, unread, total"
)
_LONGEST_WAIT: Final = timedelta(days=8)


class New(NamedTuple):
    """A source to be subscribed to."""

    url: str
    kind: SourceKind
    title: str = ""
    """The reader's own name for it; "" to take the feed's."""
    site: str = ""
    place: str = ""


class Sources:
    """Sources in the order in which they were added; removed ones are nowhere to be seen."""

    def __init__(self, database: Database, drop: Callable[[int], None], move: Callable[[int, str], int]) -> None:
        self._database = database
        self._drop = drop
        """Takes a removed source's articles away."""
        self._move = move
        """Places a source's articles anew."""

    def add(
        self, url: str, kind: SourceKind, title: str = "", site: str = "", place: str = "", *, at: datetime
    ) -> Source:
        """Subscribe; an address that is already there stays as it is, a removed one comes back under its old number.

        title: the reader's own name for it, which fetches then leave; "" to take the feed's.
        """
        with self._database.transaction(durable=True):
            number = self._add(New(url, kind, title, site, place), to_ms(at))
        return self.get(number)

    def add_all(self, new: Iterable[New], *, at: datetime) -> None:
        """Subscribe to many, each as `add` does, in one transaction: a list of a thousand is one write to the disk."""
        with self._database.transaction(durable=True):
            for each in new:
                self._add(each, to_ms(at))

    def _add(self, new: New, moment: int) -> int:
        """Inside a transaction: the number of the source."""
        title, titled, site = clean_line(new.title), bool(new.title), clean_line(new.site)
        known = self._database.row("SELECT id, removed FROM sources WHERE url = ?", (new.url,))
        if known is None:
            self._database.run(
                "INSERT INTO sources (url, origin, kind, title, titled, site, place, added) "
                "VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                (new.url, new.kind, title, titled, site, new.place, moment),
            )
            return self._database.connection.last_insert_rowid()
        number, removed = known
        if removed is not None:
            self._database.run(
                "UPDATE sources SET removed = NULL, kind = ?, title = iif(?, ?, title), titled = ?, site = ?, "
                "place = ?, added = ?, etag = '', last_modified = '', body_hash = '', due = NULL, error = '', "
                "errors = 0, gone = 0, moved_to = '', moves = 0 WHERE id = ?",
                (new.kind, titled, title, titled, site, new.place, moment, number),
            )
        return int(number)

    def all(self) -> list[Source]:
        """Every source."""
        return self._where("removed IS NULL ORDER BY id")

    def get(self, number: int) -> Source:
        """The source with this number; raises UsageError when there is none."""
        found = self._where("id = ? AND removed IS NULL", number)
        if not found:
            raise UsageError(f"there is no source {number}; `newstui sources` lists them")
        return found[0]

    def by_url(self, url: str) -> Source | None:
        """The source with this address, None when there is none."""
        found = self._where("url = ? AND removed IS NULL", url)
        return found[0] if found else None

    def find(self, ref: str) -> Source:
        """The source that a person means by a number, an address, a title or a part of either that only it has.

        Raises UsageError that names the near ones.
        """
        sources = self.all()
        text = ref.strip()
        folded = text.casefold()
        tests: tuple[Callable[[Source], bool], ...] = (
            lambda source: text == source.url or text == str(source.id),
            lambda source: folded == source.title.casefold(),
            lambda source: bool(folded) and (folded in source.title.casefold() or folded in source.url.casefold()),
        )
        for test in tests:
            found = [source for source in sources if test(source)]
            if len(found) == 1:
                return found[0]
            if found:
                raise UsageError(f"{ref!r} could be any of: {_named(found)}; give its number")
        import difflib

        near = difflib.get_close_matches(text, [source.title for source in sources] + [s.url for s in sources], 3, 0.5)
        close = [source for source in sources if source.title in near or source.url in near]
        hint = f"did you mean {_named(close)}?" if close else "`newstui sources` lists them"
        raise UsageError(f"there is no source {ref!r}; {hint}")

    def due(self, now: datetime) -> list[Source]:
        """Sources that may be asked now, the longest waiting first; not those that are gone or only grow by imports.

        One that is to wait longer than any server may ask for was put off by a clock that was wrong.
        """
        return self._where(
            "removed IS NULL AND gone = 0 AND url NOT LIKE 'archive:%' "
            "AND (coalesce(due, 0) <= ? OR due > ?) ORDER BY due, id",
            to_ms(now),
            to_ms(now + _LONGEST_WAIT),
        )

    def record(self, number: int, fetched: Fetched) -> None:
        """What a fetch that brought no articles leaves in the source's row."""
        with self._database.transaction(durable=False):
            self.note(number, fetched)

    def note(self, number: int, fetched: Fetched) -> None:
        """The same inside a transaction.

        Title, site and validators change only after a good parse; a permanent redirect is followed for good when two
        good fetches in a row were led to the same address.
        """
        at, due = to_ms(fetched.at), optional_ms(fetched.due)
        database = self._database
        if fetched.status == "skipped":
            database.run("UPDATE sources SET due = ? WHERE id = ?", (due, number))
            return
        if fetched.status in ("failed", "gone"):
            database.run(
                "UPDATE sources SET fetched = ?, due = ?, error = ?, errors = errors + 1, gone = ?, moves = 0 "
                "WHERE id = ?",
                (at, due, clean_line(fetched.error), fetched.status == "gone", number),
            )
            return
        database.run(
            "UPDATE sources SET fetched = ?1, succeeded = ?1, due = ?2, error = ?5, errors = 0, gone = 0, "
            "moves = iif(?3 = '', 0, iif(moved_to = ?3, moves + 1, 1)), moved_to = ?3 WHERE id = ?4",
            (at, due, fetched.moved_to, number, clean_line(fetched.error)),
        )
        if fetched.status == "ok":
            database.run(
                "UPDATE sources SET etag = ?, last_modified = ?, body_hash = ?, "
                "title = iif(titled = 0 AND ?4 <> '', ?4, title), site = iif(?5 <> '', ?5, site) WHERE id = ?6",
                (
                    clean_line(fetched.etag), clean_line(fetched.last_modified), fetched.body_hash,
                    clean_line(fetched.title), clean_line(fetched.site), number,
                ),
            )  # fmt: skip
        database.run(
            "UPDATE OR IGNORE sources SET url = moved_to, moved_to = '', moves = 0 WHERE id = ? AND moves >= 2",
            (number,),
        )

    def set_place(self, number: int, place: str) -> int:
        """Give it another default place; how many articles moved there: those that do not say where they belong."""
        with self._database.transaction(durable=True):
            self._database.run("UPDATE sources SET place = ? WHERE id = ?", (place, number))
            return self._move(number, place)

    def remove(self, number: int) -> None:
        """Unsubscribe: its articles go, those that are starred, tagged or noted stay with their text."""
        with self._database.transaction(durable=True):
            self._database.run("UPDATE sources SET removed = coalesce(removed, added) WHERE id = ?", (number,))
        self._drop(number)

    def _where(self, condition: str, *bindings: object) -> list[Source]:
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM sources WHERE {condition}", bindings)
        return [self._database.intact(_source, row) for row in rows]


def _source(row: tuple[Any, ...]) -> Source:
    from newstui.model import Source  # not at the start of the app, which asks for no source

    values = list(row)
    for index in (9, 10, 11, 12):
        values[index] = optional_time(values[index])
    values[15] = bool(values[15])
    return Source(*values)


def _named(sources: list[Source]) -> str:
    names = [f"{source.id} {source.title or source.url}" for source in sources[:5]]
    return ", ".join(names) + (", …" if len(sources) > 5 else "")
