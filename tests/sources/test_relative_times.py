"""Pages that tell their time from their own moment, saved or as dumps, with and without a time of their copy."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from newstui.model import Article
from newstui.sources.dumps import read_document
from newstui.sources.pages import read_page
from newstui.text.zones import SHANGHAI
from tests.sources import portal

SHOWN = datetime(2016, 3, 12, 10, 5, tzinfo=SHANGHAI)


def saved(byline: str, above: str = "", below: str = "") -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in portal.BODY)
    return (
        f"<html><head><title>{portal.TITLE}_某某网</title></head><body>{above}<h1>{portal.TITLE}</h1>"
        f"<div>{byline}</div><div>{paragraphs}</div>{below}</body></html>"
    )


def published(page: str, **known: object) -> str:
    article = read_page(page.encode(), **known)  # type: ignore[arg-type]
    assert isinstance(article, Article) and article.title == portal.TITLE
    return f"{article.published.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if article.published else ""


BYLINES = [
    ("3小时前 来源：成都日报", "2016-03-12 07:05"),
    ("成都日报 · 昨天 08:30", "2016-03-11 08:30"),
    ("发布于 刚刚", "2016-03-12 10:05"),
    ("来源：成都日报 03-11 09:05", "2016-03-11 09:05"),
    ("3月11日 09:05", "2016-03-11 09:05"),
    ("时间：12-31 09:05", "2015-12-31 09:05"),
]


@pytest.mark.parametrize(("byline", "time"), BYLINES)
def test_a_page_is_dated_from_the_time_of_its_copy(byline: str, time: str) -> None:
    assert published(saved(byline), captured=SHOWN) == time
    dump = portal.page("tabs", "crumbs", "title", "byline", "body", "sides", byline=byline)
    assert published(dump, captured=SHOWN) == time


@pytest.mark.parametrize("byline", [byline for byline, _ in BYLINES])
def test_without_that_it_has_no_date(byline: str) -> None:
    assert published(saved(byline)) == ""


def test_an_address_gives_the_year_and_is_believed_more_than_a_late_copy() -> None:
    page, url = saved("03-11 09:05 来源：成都日报"), "https://www.example.net/2014/0311/1.html"
    assert published(page, url=url) == published(page, url=url, captured=SHOWN) == "2014-03-11 09:05"
    assert published(saved("3小时前"), url=url, captured=SHOWN) == "2014-03-11 00:00"


def test_what_stands_elsewhere_is_not_the_articles() -> None:
    other = "<div>热点：高新区又添三座口袋公园 2小时前</div><p>昨天 08:00</p>"
    assert published(saved("成都日报", above=other, below=other), captured=SHOWN) == ""
    told = portal.BODY[0].replace("3月9日,", "昨天 09:00，")
    assert published(saved("成都日报").replace(portal.BODY[0], told), captured=SHOWN) == ""


def test_a_date_of_the_page_goes_first() -> None:
    assert published(saved("2016-03-10 08:00 3小时前"), captured=SHOWN) == "2016-03-10 08:00"


def test_a_crawlers_field_is_dated_from_its_own_time() -> None:
    record = {"title": "新都开学", "content": "近日，新都区举行开学典礼。", "pubtime": "3小时前",
              "crawl_time": "2016-03-12 10:05:00"}  # fmt: skip
    (taken,) = read_document(json.dumps([record])).taken
    assert taken.article is not None and taken.article.published == datetime(2016, 3, 12, 7, 5, tzinfo=SHANGHAI)
