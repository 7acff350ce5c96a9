"""Articles in and out of the cache."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import apsw

from newstui.errors import UsageError
from newstui.store.connection import Database
from newstui.store.listing import COLUMNS, JOINS
from newstui.store.places import Places
from newstui.store.rows import to_row
from newstui.store.times import from_ms, optional_time, to_ms

if TYPE_CHECKING:
    from newstui.model import Article, Brought, Fetched, Ingested, Revision, Row, Stored
    from newstui.store.ledger import Entry
    from newstui.store.sources import Sources


class Articles:
    """Articles by id and row, and the one way in for new ones."""

    def __init__(self, database: Database, places: Places, sources: Sources) -> None:
        self._database = database
        self._places = places
        self._sources = sources

    def ingest(
        self,
        source_id: int,
        articles: Sequence[Article],
        *,
        at: datetime,
        fetched: Fetched | None = None,
        revive: bool = False,
        starts: Sequence[int] = (),
        brought: Sequence[Brought | None] = (),
        finished: Callable[[Sequence[Ingested]], Iterable[Entry]] | None = None,
    ) -> list[Ingested]:
        """Take in what a source holds now and what its fetch leaves, in one transaction; what became of each.

        starts: where in `articles` further documents begin. Each is judged by itself, as if it had come alone: what
        becomes of a file must not depend on which others happen to share its batch. revive: an article that was pruned
        comes back (imports) instead of staying away (fetches). brought: for each article the marks that come with it
        from another reader; () when none have any. finished: told what became of them, what the ledger is to say of it.
        All in one transaction. Raises UsageError for an unknown source, ReadOnlyCacheError, LockedError.
        """
        from newstui.store.bodies import incoming
        from newstui.store.ledger import Ledger
        from newstui.store.writer import Writer

        source = self._sources.get(source_id)
        ready = [incoming(article) for article in articles]
        with self._database.transaction(durable=False):
            writer = Writer(self._database, self._places, source.id, source.kind == "archive", to_ms(at))
            done = []
            for start, end in pairwise((0, *starts, len(ready))):
                done += writer.take(ready[start:end], revive)
            writer.finish()
            if any(brought):
                from newstui.store.marks import Marks

                pairs = zip(done, brought, strict=True)
                Marks(self._database, self._places).bring(
                    ((each.id, marks) for each, marks in pairs if marks is not None), to_ms(at)
                )
            if fetched is not None:
                self._sources.note(source.id, fetched)
            if finished is not None:
                Ledger(self._database).note(finished(done), to_ms(at))
        return done

    def get(self, ref: str) -> Stored:
        """The article with this id or unique beginning of it; raises UsageError when there is none or several."""
        from newstui.store.identity import typed

        short = typed(ref)
        found = self._database.rows(
            "SELECT row, id FROM articles WHERE id >= ? AND id < ? ORDER BY id LIMIT 6", (short, short + "~")
        )
        if not short or not found:
            raise UsageError(f"no article has the id {ref!r}; `newstui list` and `newstui search` print ids")
        if len(found) > 1 and found[0][1] != short:
            near = ", ".join(each[1] for each in found[:5])
            more = ", …" if len(found) > 5 else ""
            raise UsageError(f"several articles have ids that begin with {ref!r}: {near}{more}; type more of it")
        stored = self.by_row(found[0][0])
        if stored is None:
            raise UsageError(f"the article {ref!r} has just been removed")
        return stored

    def by_row(self, row: int) -> Stored | None:
        """The article of a list row; None when it is gone."""
        from newstui.model import Stored  # not before an article is opened: its values are made late
        from newstui.store.bodies import decode

        values = self._database.row(
            f"SELECT {COLUMNS}, p.path, a.first_seen, a.updated, a.revisions, b.author, b.editor, b.topic, b.content, "
            f"c.captured, c.borrowed FROM articles AS a {JOINS} LEFT JOIN bodies AS b ON b.row = a.row "
            "LEFT JOIN copies AS c ON c.row = a.row WHERE a.row = ?",
            (row,),
        )
        if values is None:
            return None
        line = self._database.intact(to_row, values[:13])
        path, first_seen, updated, revisions, author, editor, topic, content, captured, borrowed = values[13:]
        body = self._database.intact(decode, content if content is not None else "{}")
        tags = self._database.rows("SELECT tag FROM tags WHERE id = ? ORDER BY tag", (line.id,))
        note = self._database.row("SELECT note FROM notes WHERE id = ?", (line.id,))
        return Stored(
            row=line,
            byline=values[4],
            author=author or "",
            editor=editor or "",
            district=path or "",
            column=topic or "",
            summary=body.summary,
            blocks=body.blocks,
            related=body.related,
            enclosures=body.enclosures,
            crumbs=body.crumbs,
            source_url=values[6] or "",
            source_title=values[5] or "",
            first_seen=from_ms(first_seen),
            updated=optional_time(updated),
            revisions=revisions,
            tags=tuple(tag for (tag,) in tags),
            note=note[0] if note else "",
            captured=optional_time(captured),
            undated=bool(borrowed),
        )

    def rows(self, numbers: Sequence[int]) -> list[Row]:
        """List rows by their numbers, in that order; those that are gone are left out."""
        found = (
            {
                values[1]: self._database.intact(to_row, values)
                for values in self._database.rows(
                    f"SELECT {COLUMNS} FROM carray(?) AS c CROSS JOIN articles AS a ON a.row = c.value {JOINS}",
                    (apsw.carray(array("q", numbers)),),
                )
            }
            if numbers
            else {}
        )
        return [found[number] for number in numbers if number in found]

    def revisions(self, row: int) -> list[Revision]:
        """The texts that the article had before, oldest first (the newest 20 of them)."""
        from newstui.model import Revision
        from newstui.store.bodies import decode
        from newstui.store.writer import REVISIONS

        found = self._database.rows(f"SELECT r.at, c.captured, r.title, r.content {REVISIONS}, r.number", (row,))
        return [
            Revision(from_ms(at), optional_time(captured), title, self._database.intact(decode, content).text)
            for at, captured, title, content in found
        ]

    def related(self, stored: Stored) -> list[str]:
        """For each headline beside the article the id of its article in the cache, "" when it is not there."""
        from newstui.store.related import related_ids

        return related_ids(self._database, stored)

    def original(self, row: int) -> bytes:
        """The page's own bytes as UTF-8, b"" when none were kept."""
        import zlib

        found = self._database.row("SELECT content FROM originals WHERE row = ?", (row,))
        return self._database.intact(zlib.decompress, found[0]) if found else b""
