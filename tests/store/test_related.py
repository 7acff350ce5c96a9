"""Headlines beside an article that are articles of the cache themselves."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from newstui.model import Headline
from tests.store.builders import NOW, article, new_store


def test_headlines_lead_to_their_articles_by_address_and_by_title(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        source = store.sources.add("archive:news.example", "archive", "news.example", at=NOW)
        linked = article(1, guid="", url="https://news.example/b.html")
        titled = article(2, guid="", url="", title="桥修好了", published=NOW - timedelta(days=2), place="510114")
        late = article(3, guid="", url="", title="很久以前", published=NOW - timedelta(days=90), place="510114")
        headlines = (
            Headline("随便什么", "http://NEWS.example/b.html?utm_source=x"),
            Headline("桥，修好了"),
            Headline("很久以前"),
            Headline("没有的", "https://news.example/none.html"),
            Headline("自己", "https://news.example/self.html"),
        )
        main = article(
            4, guid="", url="https://news.example/self.html", published=NOW, place="510114", related=headlines
        )
        done = store.articles.ingest(source.id, [linked, titled, late, main], at=NOW)
        stored = store.articles.get(done[3].id)
        assert store.articles.related(stored) == [done[0].id, done[1].id, "", "", ""]


def test_a_feeds_entries_lead_to_one_another_only(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        sources = [store.sources.add(f"https://f{n}.example/", "feed", at=NOW) for n in range(2)]
        other = article(1, url="https://news.example/b.html")
        main = article(2, related=(Headline("乙", "https://news.example/b.html"),))
        store.articles.ingest(sources[1].id, [other], at=NOW)
        (done,) = store.articles.ingest(sources[0].id, [main], at=NOW)
        assert store.articles.related(store.articles.get(done.id)) == [""]
        (same,) = store.articles.ingest(sources[0].id, [other], at=NOW)
        assert store.articles.related(store.articles.get(done.id)) == [same.id]
