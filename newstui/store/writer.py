"""One ingest, written: what is known is looked up, `plan` decides, the tables and counts follow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any, Final

from newstui.model import Ingested, IngestStatus
from newstui.store.bodies import Incoming
from newstui.store.connection import Database
from newstui.store.counts import STANDING, Deltas, Standing
from newstui.store.identity import SHORTEST, Keys, id_letters, keys
from newstui.store.places import Places, Spot
from newstui.store.plan import Known, Step, Verdict, plan

REVISIONS_KEPT: Final = 20
"""Texts kept of one article, newest first: a page that changes at every fetch must not fill the disk."""
_SAME_KEY: Final = 40
"""Stored articles looked at under one key: a key that so many share recognises nothing."""
_STATUS: Final[dict[Verdict, IngestStatus]] = {
    "insert": "added",
    "revive": "added",
    "text": "updated",
    "details": "updated",
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
        self._site = origin if shared else ""

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
        batch = [(ready[index], keys(ready[index].article, shared=self._shared, site=self._site)) for index in indexes]
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
                if step.verdict == "revive":
                    self._revive(item, own, step.known)
                elif step.verdict != "known":
                    self._change(item, own, step)
            done[index] = Ingested(_STATUS[step.verdict], short)
        return later

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
            values = database.row(
                "SELECT id, published, updated, digest, text_digest, richness, url FROM articles WHERE row = ?", (row,)
            )
            if values is None:
                gone = database.row("SELECT id FROM pruned WHERE row = ?", (row,))
                if gone is not None:
                    found[row] = Known(row, gone[0], pruned=True)
                continue
            short, published, updated, digest, text_digest, richness, url = values
            earlier = database.rows("SELECT digest FROM digests WHERE row = ?", (row,))
            found[row] = Known(
                row,
                short,
                False,
                published,
                updated,
                digest,
                text_digest,
                richness,
                url,
                frozenset(each for (each,) in earlier),
            )
        return {key: [found[row] for row in rows if row in found] for key, rows in rows_of.items()}

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
        dated = item.published if item.published is not None else item.updated
        sort = first_seen if dated is None else min(dated, first_seen)
        database.run(
            "INSERT INTO articles (row, sort, id, source, province, city, district, read, starred, own_place, "
            "published, updated, first_seen, digest, text_digest, richness, title, byline, url) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row, sort, short, self._source, *spot, *mark, own, item.published, item.updated, first_seen,
                item.digests.whole, item.digests.text, item.digests.richness, article.title, article.byline,
                article.url,
            ),
        )  # fmt: skip
        number = self._database.connection.last_insert_rowid() if row is None else row
        self._write_text(number, item, keys)
        self._deltas.add(Standing(self._source, *spot, *mark))

    def _change(self, item: Incoming, keys: Keys, step: Step) -> None:
        """A new text (the old one becomes a revision), or the same text with other details."""
        database, article, known = self._database, item.article, step.known
        if known is None:
            raise AssertionError(step)
        values = database.rows(
            f"SELECT {STANDING}, own_place, sort, published, updated, first_seen, title FROM articles WHERE row = ?",
            (known.row,),
        )[0]
        standing = Standing(*values[:6])
        own, sort, published, updated, first_seen, title = values[6:]
        if step.verdict == "text":
            (content,) = database.rows("SELECT content FROM bodies WHERE row = ?", (known.row,))[0]
            self._keep_revision(known.row, title, content)
        if item.digests.whole != known.digest:
            database.run("INSERT OR IGNORE INTO digests VALUES (?, ?)", (known.row, known.digest))
        # The earliest date that was ever given: the order of polls must not decide where the article stands.
        if item.published is not None:
            published = item.published if published is None else min(published, item.published)
            sort = min(published, first_seen)
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
                sort, *spot, says, published, updated, step.verdict == "text", item.digests.whole, item.digests.text,
                item.digests.richness, article.title, article.byline, article.url or known.url, known.row,
            ),
        )  # fmt: skip
        self._write_text(known.row, item, keys)
        self._deltas.move(standing, standing._replace(province=spot.province, city=spot.city, district=spot.district))

    def _keep_revision(self, row: int, title: str, content: Any) -> None:
        self._database.run(
            "INSERT INTO revisions (row, at, title, content) VALUES (?, ?, ?, ?)", (row, self._now, title, content)
        )
        self._database.run(
            "DELETE FROM revisions WHERE row = ?1 AND number <= (SELECT number FROM revisions INDEXED BY row_revisions "
            "WHERE row = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)",
            (row, REVISIONS_KEPT),
        )

    def _write_text(self, row: int, item: Incoming, keys: Keys) -> None:
        database, article = self._database, item.article
        database.run(
            "INSERT OR REPLACE INTO bodies VALUES (?, ?, ?, ?, ?)",
            (row, article.author, article.editor, article.column, item.content),
        )
        if item.original:
            database.run("INSERT OR REPLACE INTO originals VALUES (?, ?)", (row, item.original))
        for key in keys.all():
            database.run("INSERT OR IGNORE INTO identities VALUES (?, ?, ?)", (self._scope, key, row))
