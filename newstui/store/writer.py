"""One ingest, written: what is known is looked up, `plan` decides, the tables and counts follow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any, Final

from newstui.model import Ingested, IngestStatus
from newstui.sources.version import EXTRACTOR
from newstui.store.bodies import Incoming
from newstui.store.connection import Database
from newstui.store.counts import STANDING, Deltas, Standing
from newstui.store.identity import SHORTEST, Keys, id_letters, keys
from newstui.store.places import Places, Spot
from newstui.store.plan import Known, Times, Verdict, plan, times

REVISIONS_KEPT: Final = 20
"""Texts kept of one article, newest first: a page that changes at every fetch must not fill the disk."""
_SAME_KEY: Final = 40
"""Stored articles looked at under one key: a key that so many share recognises nothing."""
REVISIONS: Final = (
    "FROM revisions AS r INDEXED BY row_revisions LEFT JOIN captures AS c ON c.number = r.number "
    "WHERE r.row = ? ORDER BY coalesce(c.captured, r.at)"
)
"""An article's earlier texts, in the order of their copies where archives say when these were made."""
_STATUS: Final[dict[Verdict, IngestStatus]] = {
    "insert": "added",
    "revive": "added",
    "text": "updated",
    "details": "updated",
    "earlier": "updated",
    "known": "known",
}


class Writer:
    """One ingest: looks up what is known, plans, writes; inside its transaction."""

    def __init__(self, database: Database, places: Places, source: int, shared: bool, now: int) -> None:
        self._database = database
        self._places = places
        self._source = source
        self._shared = shared
        self._scope = 0 if shared else source
        self._now = now
        self._deltas = Deltas()
        self._spots: dict[str, Spot] = {}
        origin, self._default = database.rows("SELECT origin, place FROM sources WHERE id = ?", (source,))[0]
        self._origin = "" if shared else origin
        self.site = origin if shared else ""

    def take(self, ready: Sequence[Incoming], revive: bool) -> list[Ingested]:
        """Write one document's articles; what became of each, in its order."""
        done: dict[int, Ingested] = {}
        left = list(range(len(ready)))
        while left:
            left = self._round(ready, left, revive, done)
        return [done[index] for index in range(len(ready))]

    def finish(self) -> None:
        """Write the counts, at the end of the transaction."""
        self._deltas.write(self._database)

    def _round(
        self, ready: Sequence[Incoming], indexes: Sequence[int], revive: bool, done: dict[int, Ingested]
    ) -> list[int]:
        """Take in these articles of the batch; those that another copy of must be judged against come back.

        A feed that repeats an entry means its first; two copies of a page (as HTML and as text) must end alike
        whether they came in one batch or in two.
        """
        batch = [(ready[index], keys(ready[index].article, shared=self._shared, site=self.site)) for index in indexes]
        known = self._known({key for _, each in batch for key in each.all()})
        later: list[int] = []
        for step in plan(batch, known, shared=self._shared, revive=revive):
            item, own = batch[step.index]
            index = indexes[step.index]
            if step.same_as is not None:
                first = indexes[step.same_as]
                if self._shared and ready[first].digests.whole != item.digests.whole:
                    later.append(index)
                else:
                    done[index] = Ingested("known", done[first].id)
                continue
            if step.verdict == "insert":
                short = self._insert(item, own)
            elif step.known is None:
                raise AssertionError(step)
            else:
                short = step.known.id
                self._meet(item, own, step.known, step.verdict)
            done[index] = Ingested(_STATUS[step.verdict], short)
        return later

    def _meet(self, item: Incoming, keys: Keys, known: Known, verdict: Verdict) -> None:
        """Write what a further version of a stored article brings."""
        if verdict == "revive":
            self._revive(item, keys, known)
            return
        if known.pruned:
            return
        then = times(item, known, verdict)
        if verdict in ("text", "details"):
            self._change(item, keys, known, verdict, then)
        elif verdict == "earlier":
            self._database.run("INSERT OR IGNORE INTO digests VALUES (?, ?)", (known.row, item.digests.whole))
            self._database.run("UPDATE articles SET revisions = revisions + 1 WHERE row = ?", (known.row,))
            self._keep_revision(known.row, item.article.title, item.content, item.captured)
        if verdict in ("earlier", "known") and then.published is not None and then.published != known.shown:
            self._database.run(
                "UPDATE articles SET published = ?1, sort = min(?1, first_seen) WHERE row = ?2",
                (then.published, known.row),
            )
        borrowed = known.published is None and known.shown is not None
        if (then.captured, then.first, then.borrowed) != (known.captured, known.first, borrowed):
            self._database.run(
                "INSERT INTO copies VALUES (?, ?, ?, ?, 0) ON CONFLICT (row) DO UPDATE SET "
                "captured = excluded.captured, first = excluded.first, borrowed = excluded.borrowed",
                (known.row, then.captured, then.first, then.borrowed),
            )

    def _known(self, wanted: set[bytes]) -> dict[bytes, list[Known]]:
        database = self._database
        rows_of = {
            key: [
                row
                for (row,) in database.rows(
                    "SELECT row FROM identities WHERE scope = ? AND key = ? LIMIT ?", (self._scope, key, _SAME_KEY)
                )
            ]
            for key in wanted
        }
        found: dict[int, Known] = {}
        for row in {row for rows in rows_of.values() for row in rows}:
            stored = self.by_row(row)
            if stored is not None:
                found[row] = stored
        return {key: [found[row] for row in rows if row in found] for key, rows in rows_of.items()}

    def by_row(self, row: int) -> Known | None:
        """What is known of the article with this row number; None when it is nowhere."""
        database = self._database
        values = database.row(
            "SELECT a.id, a.published, a.updated, a.digest, a.text_digest, a.richness, a.url, c.captured, c.first, "
            "c.borrowed FROM articles AS a LEFT JOIN copies AS c ON c.row = a.row WHERE a.row = ?",
            (row,),
        )
        if values is None:
            gone = database.row("SELECT id FROM pruned WHERE row = ?", (row,))
            return None if gone is None else Known(row, gone[0], pruned=True)
        short, published, updated, digest, text_digest, richness, url, captured, first, borrowed = values
        earlier = database.rows("SELECT digest FROM digests WHERE row = ?", (row,))
        return Known(
            row,
            short,
            False,
            None if borrowed else published,
            updated,
            digest,
            text_digest,
            richness,
            url,
            frozenset(each for (each,) in earlier),
            captured,
            first,
            published,
        )

    def redo(self, item: Incoming, keys: Keys, known: Known, then: Times) -> None:
        """The same page read better: the text is replaced and no revision kept."""
        self._change(item, keys, known, "details", then)
        self._database.run(
            "UPDATE copies SET borrowed = ?, captured = ?, first = ? WHERE row = ?",
            (then.borrowed, then.captured, then.first, known.row),
        )

    def _spot(self, place: str) -> tuple[Spot, int]:
        """Where it is listed, and whether it said so itself."""
        for code, own in ((place, 1), (self._default, 0)):
            if code not in self._spots:
                self._spots[code] = self._places.spot(code)
            if any(self._spots[code]):
                return self._spots[code], own
        return Spot(), 0

    def _insert(self, item: Incoming, keys: Keys) -> str:
        short = self._free_id(keys)
        self._place_new(item, keys, short, None, self._now)
        return short

    def _free_id(self, keys: Keys) -> str:
        """The id made of the surest key; when other articles have that key too, of all keys, then numbered."""
        own = keys.all()
        for number in count():
            key = own[0] if number == 0 else b"".join((*own, number.to_bytes(4, "big")))
            letters = id_letters(self._origin, key)
            for length in range(SHORTEST, SHORTEST + 5):
                short = letters[:length]
                if not self._database.row(
                    "SELECT 1 FROM articles WHERE id = ?1 UNION ALL SELECT 1 FROM pruned WHERE id = ?1", (short,)
                ):
                    return short
        raise AssertionError("count() does not end")

    def _revive(self, item: Incoming, keys: Keys, known: Known) -> None:
        (first_seen,) = self._database.rows("SELECT first_seen FROM pruned WHERE row = ?", (known.row,))[0]
        self._database.run("DELETE FROM pruned WHERE row = ?", (known.row,))
        self._place_new(item, keys, known.id, known.row, first_seen)

    def _place_new(self, item: Incoming, keys: Keys, short: str, row: int | None, first_seen: int) -> None:
        database, article = self._database, item.article
        spot, own = self._spot(article.place)
        mark = database.row("SELECT read, starred FROM marks WHERE id = ?", (short,)) or (0, 0)
        published = item.published if item.published is not None else item.captured
        dated = published if published is not None else item.updated
        sort = first_seen if dated is None else min(dated, first_seen)
        database.run(
            "INSERT INTO articles (row, sort, id, source, province, city, district, read, starred, own_place, "
            "published, updated, first_seen, digest, text_digest, richness, title, byline, url) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row, sort, short, self._source, *spot, *mark, own, published, item.updated, first_seen,
                item.digests.whole, item.digests.text, item.digests.richness, article.title, article.byline,
                article.url,
            ),
        )  # fmt: skip
        number = self._database.connection.last_insert_rowid() if row is None else row
        if item.captured is not None:
            database.run(
                "INSERT INTO copies VALUES (?1, ?2, ?2, ?3, 0)", (number, item.captured, item.published is None)
            )
        self._write_text(number, item, keys)
        self._deltas.add(Standing(self._source, *spot, *mark))

    def _change(self, item: Incoming, keys: Keys, known: Known, verdict: Verdict, then: Times) -> None:
        """A new text (the old one becomes a revision), or the same text with other details."""
        database, article = self._database, item.article
        values = database.rows(
            f"SELECT {STANDING}, own_place, sort, updated, first_seen, title FROM articles WHERE row = ?", (known.row,)
        )[0]
        standing = Standing(*values[:6])
        own, sort, updated, first_seen, title = values[6:]
        if verdict == "text":
            (content,) = database.rows("SELECT content FROM bodies WHERE row = ?", (known.row,))[0]
            self._keep_revision(known.row, title, content, known.captured)
            if not item.original:  # the page of another text: what reads it again must not bring that back
                database.run("DELETE FROM originals WHERE row = ?", (known.row,))
        if item.digests.whole != known.digest:
            database.run("INSERT OR IGNORE INTO digests VALUES (?, ?)", (known.row, known.digest))
        if then.published is not None and then.published != known.shown:
            sort = min(then.published, first_seen)
        if item.updated is not None:
            updated = item.updated if updated is None else max(updated, item.updated)
        spot, says = self._spot(article.place)
        if own and not says:  # a version that does not say where it belongs takes nothing away
            spot, says = Spot(*standing[1:4]), own
        database.run(
            "UPDATE articles SET sort = ?, province = ?, city = ?, district = ?, own_place = ?, published = ?, "
            "updated = ?, revisions = revisions + ?, digest = ?, text_digest = ?, richness = ?, title = ?, byline = ?, "
            "url = ? WHERE row = ?",
            (
                sort, *spot, says, then.published, updated, verdict == "text", item.digests.whole, item.digests.text,
                item.digests.richness, article.title, article.byline, article.url or known.url, known.row,
            ),
        )  # fmt: skip
        self._write_text(known.row, item, keys)
        self._deltas.move(standing, standing._replace(province=spot.province, city=spot.city, district=spot.district))

    def _keep_revision(self, row: int, title: str, content: Any, captured: int | None) -> None:
        database = self._database
        database.run(
            "INSERT INTO revisions (row, at, title, content) VALUES (?, ?, ?, ?)", (row, self._now, title, content)
        )
        if captured is not None:
            database.run("INSERT OR REPLACE INTO captures VALUES (?, ?)", (database.last_row, captured))
        newest_first = f"{REVISIONS} DESC, r.number DESC"
        spare = database.rows(f"SELECT r.number {newest_first} LIMIT -1 OFFSET ?", (row, REVISIONS_KEPT))
        for numbers in spare:
            database.run("DELETE FROM revisions WHERE number = ?", numbers)
            database.run("DELETE FROM captures WHERE number = ?", numbers)

    def _write_text(self, row: int, item: Incoming, keys: Keys) -> None:
        database, article = self._database, item.article
        database.run(
            "INSERT OR REPLACE INTO bodies VALUES (?, ?, ?, ?, ?)",
            (row, article.author, article.editor, article.column, item.content),
        )
        if item.original:
            database.run("INSERT OR REPLACE INTO originals VALUES (?, ?)", (row, item.original))
            database.run(
                "INSERT INTO copies VALUES (?1, NULL, NULL, 0, ?2) ON CONFLICT (row) DO UPDATE SET extractor = ?2",
                (row, EXTRACTOR),
            )
        for key in keys.all():
            database.run("INSERT OR IGNORE INTO identities VALUES (?, ?, ?)", (self._scope, key, row))
