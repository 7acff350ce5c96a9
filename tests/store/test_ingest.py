"""What becomes of articles that are handed to the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from newstui.errors import UsageError
from newstui.model import Article, Block, Counts, Fetched, Headline, Link, Row, Source, View
from newstui.store.facade import Store
from newstui.text.zones import SHANGHAI
from tests.store.builders import NOW, article

LATER = NOW + timedelta(hours=1)


def take(store: Store, source: Source, *articles: Article, hours: int = 0, revive: bool = False) -> list[str]:
    at = NOW + timedelta(hours=hours)
    return [done.status for done in store.articles.ingest(source.id, articles, at=at, revive=revive)]


def every(store: Store) -> list[Row]:
    return store.views.window(View(), limit=10_000)


@pytest.fixture
def archive(store: Store) -> Source:
    return store.sources.add("/papers/2016", "archive", at=NOW)


@pytest.fixture
def other_archive(store: Store) -> Source:
    return store.sources.add("/papers/dumps", "archive", at=NOW)


def test_everything_comes_back_as_it_went_in(store: Store, feed: Source) -> None:
    given = Article(
        "题目 [b]x[/b]", url="https://n.example/1", guid="g", byline="成都日报", author="卢海燕 张三", editor="李四",
        published=NOW - timedelta(days=1), updated=NOW, summary="摘要",
        blocks=(
            Block("heading", "一", level=2),
            Block("paragraph", "近日，市委", links=(Link(0, 2, "https://n.example/2"),)),
            Block("item", "条目", level=1, marker="•"),
            Block("table", rows=(("甲", "乙"), ("1", "2"))),
            Block("image", "图", url="https://n.example/p.jpg"),
            Block("rule"),
        ),
        place="510114", crumbs=("地方网", "四川"), column="要闻",
        related=(Headline("别的", "https://n.example/3", "频道推荐"),),
        comments_url="https://n.example/c", original="<p>近日</p>".encode() * 50,
    )  # fmt: skip
    (done,) = store.articles.ingest(feed.id, [given], at=NOW)
    stored = store.articles.get(done.id)
    assert (stored.blocks, stored.summary, stored.related, stored.crumbs) == (
        given.blocks,
        given.summary,
        given.related,
        given.crumbs,
    )
    assert (stored.author, stored.editor, stored.column, stored.byline) == ("卢海燕 张三", "李四", "要闻", "成都日报")
    assert (stored.district, stored.row.place, stored.row.place_name) == ("四川/成都/新都", "510114", "新都")
    assert (stored.row.title, stored.row.source, stored.row.url) == (given.title, "成都日报", given.url)
    assert (stored.row.published, stored.updated, stored.first_seen) == (given.published, given.updated, NOW)
    assert (stored.source_url, stored.source_title) == (feed.url, feed.title)
    assert stored.row.shown.utcoffset() == SHANGHAI.utcoffset(None)
    assert store.articles.original(stored.row.key.row) == given.original
    assert stored.text == given.text


def test_foreign_text_is_cleaned_at_the_door(store: Store, feed: Source) -> None:
    hostile = "a\x1b]52;c;x\x07b\u202ec\x9b31m\ud800"
    given = Article(
        hostile, guid=hostile, byline=hostile, author=hostile, summary=hostile, blocks=(Block("paragraph", hostile),),
        related=(Headline(hostile, hostile, hostile),), crumbs=(hostile,), column=hostile,
        url="https://x.example/" + hostile,
    )  # fmt: skip
    (done,) = store.articles.ingest(feed.id, [given], at=NOW)
    stored = store.articles.get(done.id)
    seen = repr(stored)
    assert not any(bad in seen for bad in (r"\x1b", r"\x07", r"\u202e", r"\x9b", r"\ud800"))
    assert take(store, feed, given) == ["known"]


def test_same_entry_is_known_without_a_write(store: Store, feed: Source) -> None:
    assert take(store, feed, article(1), article(2)) == ["added", "added"]
    before = every(store)
    changes = store.places._database.value("SELECT total_changes()")
    assert take(store, feed, article(1), article(2), hours=1) == ["known", "known"]
    assert store.places._database.value("SELECT total_changes()") == changes
    assert every(store) == before


def test_a_date_that_changes_at_every_poll_is_not_news(store: Store, feed: Source) -> None:
    take(store, feed, article(1))
    moved = replace(article(1), published=LATER)
    assert take(store, feed, moved, hours=1) == ["known"]


def test_edited_text_is_an_update_with_a_revision_and_the_read_mark_stays(store: Store, feed: Source) -> None:
    take(store, feed, article(1, text="旧文"))
    (row,) = every(store)
    store.marks.set("read", True, [row.key.row], NOW)
    assert take(store, feed, article(1, text="新文", title="新题"), hours=1) == ["updated"]
    (after,) = every(store)
    assert (after.key, after.id, after.read, after.title) == (row.key, row.id, True, "新题")
    stored = store.articles.get(row.id)
    assert (stored.text, stored.revisions) == ("新文", 1)
    (old,) = store.articles.revisions(row.key.row)
    assert (old.title, old.text, old.replaced) == (row.title, "旧文", LATER)


def test_an_old_version_played_again_is_not_news(store: Store, feed: Source) -> None:
    versions = [article(1, text=f"第{number}版") for number in range(4)]
    for version in versions:
        take(store, feed, version)
    for version in versions:
        assert take(store, feed, version) == ["known"]
    (row,) = every(store)
    assert store.articles.get(row.id).text == "第3版"
    assert store.articles.get(row.id).revisions == 3


def test_a_return_to_an_old_text_is_news_when_the_feed_dates_it_later(store: Store, feed: Source) -> None:
    first, second = article(1, text="甲", updated=NOW), article(1, text="乙", updated=NOW + timedelta(minutes=1))
    take(store, feed, first)
    take(store, feed, second)
    assert take(store, feed, replace(first, updated=NOW + timedelta(minutes=2))) == ["updated"]
    (row,) = every(store)
    assert store.articles.get(row.id).text == "甲"
    assert take(store, feed, second, first) == ["known", "known"]


def test_an_older_version_never_seen_does_not_replace_a_newer_one(store: Store, feed: Source) -> None:
    take(store, feed, article(1, text="新", updated=NOW))
    assert take(store, feed, article(1, text="旧", updated=NOW - timedelta(days=1))) == ["known"]


def test_texts_kept_of_one_article_are_bounded(store: Store, feed: Source) -> None:
    for number in range(30):
        take(store, feed, article(1, text=f"第{number}版"))
    (row,) = every(store)
    kept = store.articles.revisions(row.key.row)
    assert [revision.text for revision in kept] == [f"第{number}版" for number in range(9, 29)]
    assert store.articles.get(row.id).revisions == 29


def test_guid_churn_by_link(store: Store, feed: Source) -> None:
    take(store, feed, article(1), article(2))
    churned = [replace(article(number), guid=f"new-{number}") for number in (1, 2)]
    assert take(store, feed, *churned) == ["known", "known"]
    again = [replace(article(number), guid=f"newest-{number}", summary="改") for number in (1, 2)]
    assert take(store, feed, *again) == ["updated", "updated"]
    assert len(every(store)) == 2


def test_guid_churn_by_title_and_date(store: Store, feed: Source) -> None:
    take(store, feed, article(1))
    moved = replace(article(1), guid="new", url="https://elsewhere.example/1")
    assert take(store, feed, moved) == ["updated"]
    assert take(store, feed, replace(moved, guid="newer", url="https://x.example/2", published=LATER)) == ["added"]


def test_entries_that_share_a_link_stay_separate(store: Store, feed: Source) -> None:
    for link in ("https://news.example/", "https://news.example/list?page=1"):
        batch = [article(n, url=link, guid=f"{link} {n}", title=f"{link} 第{n}条") for n in range(20)]
        assert take(store, feed, *batch) == ["added"] * 20
        assert take(store, feed, *batch) == ["known"] * 20
        # One at a time, as a feed with a single entry would bring them.
        for each in batch:
            assert take(store, feed, each) == ["known"]
        one_more = article(20, url=link, guid=f"{link} 20", title=f"{link} 第20条")
        assert take(store, feed, one_more, *batch) == ["added"] + ["known"] * 20


def test_a_page_that_tells_one_story_at_a_time(store: Store, feed: Source) -> None:
    stories = [article(number, url="https://news.example/today") for number in range(5)]
    for story in (*stories, *stories):
        take(store, feed, story)
    assert len(every(store)) == 5


def test_same_title_twice_is_two_articles(store: Store, feed: Source) -> None:
    batch = [article(number, title="天气预报", published=NOW - timedelta(hours=number)) for number in range(3)]
    assert take(store, feed, *batch) == ["added"] * 3
    assert take(store, feed, *batch) == ["known"] * 3


def test_an_entry_that_comes_twice_in_one_batch_is_one(store: Store, feed: Source) -> None:
    assert take(store, feed, article(1), article(1), article(2)) == ["added", "known", "added"]
    bare = Article("无号", url="https://n.example/9")
    assert take(store, feed, bare, bare) == ["added", "known"]
    assert take(store, feed, bare) == ["known"]


def test_articles_with_nothing_to_go_by(store: Store, feed: Source) -> None:
    assert take(store, feed, Article(""), Article(""), Article("x"), Article("y")) == [
        "added",
        "known",
        "added",
        "added",
    ]
    assert take(store, feed, Article(""), Article("x"), Article("y")) == ["known"] * 3


def test_two_sources_do_not_share_identities(store: Store, feed: Source) -> None:
    second = store.sources.add("https://other.example/feed", "feed", at=NOW)
    assert take(store, feed, article(1)) == ["added"]
    assert take(store, second, article(1)) == ["added"]
    assert len({row.id for row in every(store)}) == 2


def test_a_page_and_its_dump_are_one_article(store: Store, archive: Source, other_archive: Source) -> None:
    for number in (1, 2):
        html = article(number, guid="", published=NOW - timedelta(days=9))
        dump = replace(html, url="", published=(html.published or NOW).replace(second=17), related=(Headline("别的"),))
        first, second = (html, dump) if number == 1 else (dump, html)
        assert take(store, archive, first) == ["added"]
        assert take(store, other_archive, second) in (["known"], ["updated"])
        count = len(every(store))
        for again in (first, second, first, second):
            assert take(store, archive, again) == ["known"]
        assert len(every(store)) == count


def test_a_dump_with_only_the_day_meets_its_page(store: Store, archive: Source) -> None:
    html = article(1, guid="")
    day = (html.published or NOW).astimezone(SHANGHAI).replace(hour=0, minute=0, second=0)
    assert take(store, archive, html) == ["added"]
    assert take(store, archive, replace(html, url="", published=day)) == ["known"]
    assert take(
        store, archive, replace(html, url="", published=html.published and html.published - timedelta(hours=2))
    ) == ["added"]


def test_two_addresses_with_one_title_are_two_pages(store: Store, archive: Source) -> None:
    one = article(1, guid="")
    assert take(store, archive, one, replace(one, url="https://news.example/p2.html", summary="二")) == [
        "added",
        "added",
    ]


def test_a_poorer_copy_of_the_same_text_does_not_replace_the_richer(store: Store, archive: Source) -> None:
    rich = replace(
        article(1, guid=""), blocks=(Block("paragraph", "近日 市委", links=(Link(0, 2, "https://n.example"),)),)
    )
    poor = replace(rich, url="", blocks=(Block("paragraph", "近日"), Block("paragraph", "市委")))
    assert take(store, archive, rich, poor) == ["added", "known"]
    assert take(store, archive, poor) == ["known"]
    assert take(store, archive, replace(poor, title=poor.title + " ")) == ["known"]
    (row,) = every(store)
    assert store.articles.get(row.id).blocks == rich.blocks


def test_future_dates_do_not_stick_on_top(store: Store, feed: Source) -> None:
    take(store, feed, article(1, published=NOW + timedelta(days=400)), article(2, published=None))
    take(store, feed, article(3, published=NOW + timedelta(minutes=50)), hours=2)
    rows = every(store)
    assert [row.title[-2] for row in rows] == ["3", "2", "1"]
    assert all(row.shown <= LATER for row in rows)
    assert rows[1].published is None
    assert rows[1].shown == NOW


def test_a_date_that_comes_later_is_taken(store: Store, feed: Source) -> None:
    take(store, feed, article(1, published=None))
    assert take(store, feed, article(1, published=NOW - timedelta(days=3))) == ["updated"]
    (row,) = every(store)
    assert row.published == NOW - timedelta(days=3, minutes=1)
    assert row.shown == row.published


@pytest.mark.parametrize("year", [1, 1900, 9999])
def test_dates_at_the_ends_of_time(store: Store, feed: Source, year: int) -> None:
    assert take(store, feed, article(0, published=NOW.replace(year=year))) == ["added"]
    assert take(store, feed, article(0, published=NOW.replace(year=year))) == ["known"]
    assert len(every(store)) == 1


def test_place_of_the_page_wins_over_the_source(store: Store) -> None:
    source = store.sources.add("https://a.example/feed", "feed", place="510115", at=NOW)
    take(store, source, article(1, place=""), article(2), article(3, place="999999"))
    assert {row.title[-2]: row.place for row in every(store)} == {"1": "510115", "2": "510114", "3": "510115"}


def test_ids_get_longer_on_collision(store: Store, feed: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    from newstui.store import identity, writer

    real = identity.id_letters
    monkeypatch.setattr(writer, "id_letters", lambda scope, key: "aaaaaaaa" + real(scope, key)[8:])
    take(store, feed, *(article(number) for number in range(40)))
    ids = {row.id for row in every(store)}
    assert len(ids) == 40
    assert {"aaaaaaaa"} < ids
    assert store.articles.get("aaaaaaaa").row.id == "aaaaaaaa"
    with pytest.raises(UsageError, match="several articles"):
        store.articles.get("aaa")


def test_get_by_prefix(store: Store, feed: Source) -> None:
    take(store, feed, *(article(number) for number in range(200)))
    ids = sorted(row.id for row in every(store))
    for one in ids[::20]:
        length = next(size for size in range(1, 9) if sum(each.startswith(one[:size]) for each in ids) == 1)
        assert store.articles.get(one[:length].upper()).row.id == one
    for bad in ("", "  ", "zzzzzzzzzz", "%", "'; DROP TABLE articles", "u", "\x1b"):
        with pytest.raises(UsageError):
            store.articles.get(bad)


def test_a_fetch_and_its_articles_are_one_transaction(store: Store, feed: Source) -> None:
    fetched = Fetched("ok", NOW, title="新都", etag="e1", due=LATER)
    store.articles.ingest(feed.id, [article(1)], at=NOW, fetched=fetched)
    source = store.sources.get(feed.id)
    assert (source.etag, source.due, source.total, source.unread) == ("e1", LATER, 1, 1)
    bad = replace(fetched, etag="e2", due="soon")  # type: ignore[arg-type]  # makes the end of the transaction fail
    with pytest.raises(AttributeError):
        store.articles.ingest(feed.id, [article(2)], at=NOW, fetched=bad)
    assert len(every(store)) == 1
    assert store.sources.get(feed.id).etag == "e1"
    assert store.places.totals() == Counts(1, 1)


def test_unknown_source(store: Store) -> None:
    with pytest.raises(UsageError):
        store.articles.ingest(77, [article(1)], at=NOW)


def test_pages_that_share_every_sure_trait_get_ids_of_their_own(store: Store) -> None:
    source = store.sources.add("https://news.example/feed", "feed", at=NOW)
    batch = [
        Article(title=f"第{number}条", url="https://news.example/same.htm", blocks=(Block("paragraph", str(number)),))
        for number in range(120)
    ]
    done = store.articles.ingest(source.id, batch, at=NOW)
    assert {item.status for item in done} == {"added"}
    assert len({item.id for item in done}) == len(batch)
    assert max(len(item.id) for item in done) <= 13
    again = store.articles.ingest(source.id, batch, at=NOW)
    assert [item.id for item in again] == [item.id for item in done]


def test_two_copies_of_a_page_end_alike_in_one_batch_or_in_two(store: Store, archive: Source) -> None:
    at = NOW - timedelta(days=9)
    dump = Article("茶馆挂牌", published=at, blocks=(Block("paragraph", "正文"),))
    page = replace(
        dump, url="https://n.example/tea", blocks=(*dump.blocks, Block("image", "茶馆", url="https://n.example/i"))
    )
    assert take(store, archive, dump, page) == ["added", "updated"]
    assert len(every(store)) == 1
    for _ in range(2):
        assert take(store, archive, dump, page) == ["known", "known"]
        assert take(store, archive, dump) == ["known"]
    stored = store.articles.by_row(every(store)[0].key.row)
    assert stored is not None
    assert [block.kind for block in stored.blocks] == ["paragraph", "image"]


def test_taking_archives_in_again_adds_nothing_whatever_their_links_are(store: Store, archive: Source) -> None:
    one_page = "https://n.example/news.html"
    batch = [
        *(Article(f"第{number}条", url=one_page, published=NOW - timedelta(days=number)) for number in range(5)),
        *(Article(f"首页{number}", url="https://n.example/", published=NOW) for number in range(3)),
        *(Article("无题", url=f"https://n.example/{number}", summary=f"正文{number}") for number in range(3)),
        *(Article("简讯", summary=f"文字{number}") for number in range(4)),
    ]
    first = take(store, archive, *batch, revive=True)
    kept = len(every(store))
    assert kept >= 11
    for _ in range(2):
        assert set(take(store, archive, *batch, revive=True)) == {"known"}
    assert first.count("added") == len(every(store)) == kept


def test_the_same_guid_in_two_imported_feeds_means_two_articles(
    store: Store, archive: Source, other_archive: Source
) -> None:
    assert take(store, archive, Article("甲地的事", guid="1", summary="甲")) == ["added"]
    assert take(store, other_archive, Article("乙地的事", guid="1", summary="乙")) == ["added"]
    assert {row.title for row in every(store)} == {"甲地的事", "乙地的事"}


def test_documents_of_one_batch_are_judged_as_if_they_came_alone(store: Store, archive: Source) -> None:
    atom = Article("同一篇", url="https://n.example/1", guid="tag:1", published=NOW, summary="文")
    json = replace(atom, guid="https://n.example/1")
    done = store.articles.ingest(archive.id, [atom, json], at=NOW, revive=True, starts=[1])
    assert [each.status for each in done] == ["added", "known"]
    assert len({each.id for each in done}) == len(every(store)) == 1
