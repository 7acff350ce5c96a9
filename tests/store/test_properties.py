"""Random histories against a naive model: what is listed, how it is marked, what is counted."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from newstui.model import Change, Counts, View
from newstui.store.times import to_ms
from tests.store.builders import NOW, article, new_store

PLACES = ("510114", "510115", "330106", "110101", "429004", "510100", "tab:导览", "")
ABOVE = {
    "510114": ("510000", "510100"),
    "510115": ("510000", "510100"),
    "330106": ("330000", "330100"),
    "110101": ("110000",),
    "429004": ("420000",),
    "510100": ("510000",),
}


@dataclass
class Known:
    """An article as the model has it."""

    source: int
    place: str
    sort: int
    text: str
    texts: set[str] = field(default_factory=set)
    read: bool = False
    starred: bool = False
    pruned: bool = False


numbers = st.integers(0, 25)
batches = st.lists(st.tuples(numbers, st.integers(0, 3)), max_size=8, unique_by=lambda pair: pair[0])


class Histories(RuleBasedStateMachine):
    """Articles are (source, number); each number has one place and date, and four texts."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.store = new_store(Path(self.folder.name))
        self.sources = [self.store.sources.add(f"https://{n}.example/feed", "feed", at=NOW).id for n in range(2)]
        self.known: dict[tuple[int, int], Known] = {}
        self.ids: dict[tuple[int, int], str] = {}
        self.changes: list[Change] = []
        self.now = NOW

    def teardown(self) -> None:
        if hasattr(self, "store"):
            assert self.store.health.check() == []
            self.store.close()
            self.folder.cleanup()

    def rows(self) -> dict[str, int]:
        return {row.id: row.key.row for row in self.store.views.window(View(), limit=1000)}

    def published(self, number: int) -> datetime | None:
        return None if number % 5 == 0 else NOW + timedelta(minutes=(number % 7) - 3)

    @rule(source=st.integers(0, 1), batch=batches, revive=st.booleans())
    def ingest(self, source: int, batch: list[tuple[int, int]], revive: bool) -> None:
        self.now += timedelta(minutes=1)
        given = [
            article(0, title=f"题{n}", url=f"https://{source}.example/{n}", guid=str(n), text=f"文{text}",
                    published=self.published(n), place=PLACES[n % len(PLACES)])
            for n, text in batch
        ]  # fmt: skip
        done = self.store.articles.ingest(self.sources[source], given, at=self.now, revive=revive)
        for (number, choice), each in zip(batch, done, strict=True):
            key, text = (source, number), f"文{choice}"
            known = self.known.get(key)
            if known is None:
                published = self.published(number)
                sort = to_ms(self.now) if published is None else min(to_ms(published), to_ms(self.now))
                self.known[key] = Known(source, PLACES[number % len(PLACES)], sort, text, {text})
                self.ids[key] = each.id
                assert each.status == "added"
                continue
            assert each.id == self.ids[key]
            if known.pruned:
                assert each.status == ("added" if revive else "known")
                if revive:
                    known.pruned, known.text, known.texts = False, text, {text}
            elif text in known.texts:
                assert each.status == "known"
            else:
                assert each.status == "updated"
                known.text = text
                known.texts.add(text)

    @rule(which=st.lists(numbers, max_size=6), source=st.integers(0, 1), value=st.booleans(), star=st.booleans())
    def mark(self, which: list[int], source: int, value: bool, star: bool) -> None:
        rows = self.rows()
        chosen = [(source, n) for n in which if (source, n) in self.known and not self.known[source, n].pruned]
        change = self.store.marks.set(
            "starred" if star else "read", value, [rows[self.ids[key]] for key in chosen], self.now
        )
        changed = {key for key in chosen if (self.known[key].starred if star else self.known[key].read) is not value}
        assert {rows[self.ids[key]] for key in changed} == set(change.rows)
        for key in changed:
            setattr(self.known[key], "starred" if star else "read", value)
        self.changes.append(change)

    @rule(place=st.sampled_from(("", "510100", "510114", "110000", "tab:导览")), starred=st.booleans())
    def mark_all(self, place: str, starred: bool) -> None:
        change = self.store.marks.mark_all(View(place=place, starred=starred), self.now)
        for known in self.known.values():
            inside = not place or place == known.place or place in ABOVE.get(known.place, ())
            if inside and not known.pruned and (known.starred or not starred):
                known.read = True
        self.changes.append(change)

    @rule()
    def undo(self) -> None:
        if not self.changes:
            return
        change = self.changes.pop()
        rows = {row: short for short, row in self.rows().items()}
        self.store.marks.undo(change, self.now)
        shorts = {rows[row] for row in change.rows if row in rows}
        for key, short in self.ids.items():
            if short in shorts:
                setattr(self.known[key], change.field, not change.value)

    @rule(minutes=st.integers(-3, 5))
    def prune(self, minutes: int) -> None:
        before = NOW + timedelta(minutes=minutes)
        gone = [
            known
            for known in self.known.values()
            if known.read and not known.starred and not known.pruned and known.sort < to_ms(before)
        ]
        assert self.store.retention.prune(before) == len(gone)
        for known in gone:
            known.pruned = True

    @invariant()
    def lists_and_counts_agree(self) -> None:
        if not hasattr(self, "store"):
            return
        here = {self.ids[key]: known for key, known in self.known.items() if not known.pruned}
        rows = self.store.views.window(View(), limit=1000)
        assert {row.id: (row.read, row.starred, row.key.sort, row.place) for row in rows} == {
            short: (known.read, known.starred, known.sort, known.place) for short, known in here.items()
        }
        assert [row.key for row in rows] == sorted((row.key for row in rows), reverse=True)
        assert self.store.places.totals() == tally(list(here.values()))
        assert self.store.places.starred() == tally([known for known in here.values() if known.starred])
        for place in self.store.places.all():
            inside = [k for k in here.values() if place.code == k.place or place.code in ABOVE.get(k.place, ())]
            assert Counts(place.unread, place.total) == tally(inside)
            assert place.direct == sum(known.place == place.code for known in inside)
        for number, source in enumerate(self.sources):
            kept = self.store.sources.get(source)
            assert Counts(kept.unread, kept.total) == tally([k for k in here.values() if k.source == number])
        for row in rows[:3]:
            assert self.store.articles.get(row.id).text == here[row.id].text


def tally(articles: list[Known]) -> Counts:
    return Counts(sum(not known.read for known in articles), len(articles))


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
