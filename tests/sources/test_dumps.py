"""Dumps as data: how fields are told, values read, and what is no article."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from newstui.model import Article
from newstui.sources.dumps import UnmappedError, read_document, read_table
from newstui.sources.field_values import flattened, list_of, time_of
from newstui.sources.json_cutter import Cutter, TooLongError
from newstui.sources.records import Dump
from newstui.sources.tables import cut_point, layout_of

TEXT = "近日，新都区举行开学典礼，全校师生参加了升旗仪式。校长在国旗下作了讲话，勉励同学们好好学习。" * 3


def articles(dump: Dump) -> list[Article]:
    return [one.article for one in dump.taken if one.article is not None]


def table(text: str, wanted: dict[str, str] | None = None) -> Dump:
    return read_table(text, text, first=1, wanted=wanted)


@pytest.mark.parametrize(
    "names",
    [
        ("title", "content", "url", "pubtime", "source"),
        ("标题", "正文", "链接", "发布时间", "来源"),
        ("新闻标题", "新闻内容", "网址", "发布日期", "媒体"),
        ("bt", "zw", "ljdz", "fbsj", "laiyuan"),
        ("News_Title", "html", "Article-URL", "publish_date", "mediaName"),
    ],
)
def test_fields_are_told_by_their_names(names: tuple[str, ...]) -> None:
    values = ("新都开学", TEXT, "http://news.example/1", "2016-03-01 20:39", "成都日报")
    document = [{"id": 7, **dict(zip(names, values, strict=True)), "clicks": 5}]
    dump = read_document(json.dumps(document, ensure_ascii=False))
    (article,) = articles(dump)
    assert (article.title, article.url, article.byline) == ("新都开学", "http://news.example/1", "成都日报")
    assert article.text == TEXT and article.published == datetime.fromisoformat("2016-03-01T20:39+08:00")
    assert "unused: id, clicks" in dump.mapping and f"title={names[0]}" in dump.mapping


def test_fields_without_a_known_name_are_told_by_the_shape_of_their_values() -> None:
    rows = "".join(
        f'{n}\t新都第{n}小学今日开学了\thttp://n.example/{n}\t2016-03-0{n} 08:00\t"{TEXT}{n}"\n' for n in range(1, 7)
    )
    dump = table(rows)
    assert [article.title for article in articles(dump)] == [f"新都第{n}小学今日开学了" for n in range(1, 7)]
    first = articles(dump)[0]
    assert first.url == "http://n.example/1" and first.published is not None and first.text.startswith("近日")


def test_a_name_alone_is_not_believed() -> None:
    document = [
        {"title": "新都开学", "text": TEXT, "source": "http://news.example/list", "time": 35, "date": "2016年3月1日"}
    ]
    (article,) = articles(read_document(json.dumps(document)))
    assert article.byline == "" and article.published == datetime.fromisoformat("2016-03-01T00:00+08:00")


def test_a_mapping_by_hand_goes_first_and_names_what_there_is() -> None:
    text = "a,b,c\n新都开学,http://x.example/1,正文在此\n"
    rows = table("标题,b,c\n" + text.partition("\n")[2], {"title": "c", "body": "标题"})
    assert [(one.title, one.text) for one in articles(rows)] == [("正文在此", "新都开学")]
    with pytest.raises(UnmappedError, match=r"no field 'd' in it; it has: 标题, b, c"):
        table("标题,b,c\n" + text.partition("\n")[2], {"title": "d"})


@pytest.mark.parametrize(
    "document",
    [
        {"name": "x", "version": "1", "description": "d", "dependencies": {"a": "1"}},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "新都"}}]},
        {"lockfileVersion": 3, "packages": {"a": {"version": "1"}, "b": {"version": "2"}}},
        {"title": "Schema", "description": "of things", "type": "object", "properties": {}},
        [],
        {},
        [1, 2],
    ],
)
def test_other_data_is_no_article(document: object) -> None:
    with pytest.raises(UnmappedError, match="data"):
        read_document(json.dumps(document))


def test_nested_and_extended_json() -> None:
    record = {
        "_id": {"$oid": "507f1f77bcf86cd799439011"},
        "_source": {"title": "新都开学", "content": f"<p>{TEXT}</p><p>完</p>", "author": {"name": "记者 张三"}},
        "ctime": {"$date": {"$numberLong": "1456835940000"}},
    }
    (article,) = articles(read_document(json.dumps({"hits": {"hits": [record]}}, ensure_ascii=False)))
    assert [block.kind for block in article.blocks] == ["paragraph", "paragraph"]
    assert article.published == datetime.fromisoformat("2016-03-01T20:39+08:00")
    assert flattened({"a": {"b": {"$numberInt": "3"}}}) == {"a.b": "3"}


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (1456835940, "2016-03-01T20:39+08:00"),
        (1456835940000, "2016-03-01T20:39+08:00"),
        ("1456835940.0", "2016-03-01T20:39+08:00"),
        (42430.86041666667, "2016-03-01T20:39+08:00"),
        ("42430", "2016-03-01T00:00+08:00"),
        ("2016年3月1日 20:39", "2016-03-01T20:39+08:00"),
        ("0000-00-00 00:00:00", None),
        ("\\N", None),
        (None, None),
        (True, None),
        (10**400, None),
        (float("inf"), None),
    ],
)
def test_times_of_databases_and_spreadsheets(value: object, moment: str | None) -> None:
    assert time_of(value) == (datetime.fromisoformat(moment) if moment else None)


def test_lists_in_every_spelling() -> None:
    objects = [{"label": "开学"}, {"label": "新都"}]
    for value in (["开学", "新都"], '["开学","新都"]', "['开学', '新都']", "开学|新都", "开学，新都", objects):
        assert list_of(value) == ("开学", "新都")


def test_tables_of_every_hand() -> None:
    body = '标题,正文\n甲闻,"第一行，\n第二行说“好”""的""。"\n乙闻,二\n'
    one, two = articles(table(body))
    assert (one.title, one.text) == ("甲闻", '第一行，\n第二行说“好”"的"。') and two.title == "乙闻"
    assert [each.member for each in table(body).taken] == ["line 2", "line 4"]
    semicolons = layout_of("sep=;\r\n标题;正文\r\n甲;乙\r\n")
    assert semicolons is not None and semicolons.delimiter == ";" and semicolons.head == 2
    mysql = '"title","content"\n"甲","他说\\"好\\"，\n走了"\n'
    assert articles(table(mysql))[0].text == '他说"好"，\n走了'
    wide = table("标题,正文\n甲,乙,丙\n丁,戊\n")
    assert [(each.member, each.failed) for each in wide.taken] == [("line 2", True), ("line 3", False)]
    assert layout_of("成都新闻 新都新闻\n新都区今日开学, 师生参加\n来源:成都日报\n") is None


def test_pages_kept_in_a_field_are_extracted() -> None:
    head = "<html><head><title>新都开学_成都网</title></head><body><h1>新都开学</h1>"
    page = f"{head}<p>2016-03-01 20:39</p><p>{TEXT}</p></body></html>"
    (article,) = articles(read_document(json.dumps([{"url": "http://a.example/1", "html": page}])))
    assert article.title == "新都开学" and article.text == TEXT and article.original == page.encode()


def test_broken_json_gives_what_can_be_read() -> None:
    whole = [{"title": f"第{n}条", "content": TEXT} for n in range(3)]
    text = json.dumps(whole, ensure_ascii=False)[:-20]
    dump = read_document(text)
    assert [one.title for one in articles(dump)] == ["第0条", "第1条"]
    assert [(one.member, one.failed) for one in dump.taken if one.article is None] == [("record 3", True)]


def test_hostile_values_do_no_harm() -> None:
    deep = "[" * 100_000
    lines = [
        '{"title": "甲\\ud800", "content": "' + "正文" * 60 + '\\u202e\\u001b[31m"}',
        '{"title": "乙", "title": "丙", "content": "\\u0000' + "正文" * 60 + '"}',
        '{"title": "丁", "content": "' + "正文" * 60 + '", "n": ' + "9" * 5000 + "}",
        '{"title": "戊", "content": "' + "正文" * 60 + '", "d": ' + deep + "}",
    ]
    dump = read_document("\n".join(lines))
    assert [one.title for one in articles(dump)] == ["甲\ufffd", "丙", "丁"]
    assert articles(dump)[0].text == "正文" * 60 + "[31m"
    assert [one.member for one in dump.taken if one.failed] == ["line 4"]


def test_the_cutter_finds_records_wherever_blocks_end() -> None:
    text = json.dumps({"meta": {"n": [{"x": 1}]}, "data": [{"a": '}]"{['}, {"b": [{"c": {}}]}, {"d": "\\"}]}).encode()
    for step in (1, 2, 3, 7, len(text)):
        cutter = Cutter(2, 1000)
        found = [part for at in range(0, len(text), step) for part in cutter.feed(text[at : at + step])]
        assert [json.loads(part) for part in found] == [{"a": '}]"{['}, {"b": [{"c": {}}]}, {"d": "\\"}]
        assert not cutter.unfinished
    with pytest.raises(TooLongError):
        list(Cutter(1, 100).feed(b'[{"a": "' + b"x" * 200))


def test_rows_are_cut_outside_of_quoted_fields() -> None:
    data = b'a,"1\n2",5" screen\nb,"x\ny'
    assert data[: cut_point(data, b",", escaped=False)] == b'a,"1\n2",5" screen\n'
    assert cut_point(b'a,"never closed\nb\nc', b",", escaped=False) == 0


@pytest.mark.parametrize(
    "before",
    [
        '<text id="http://a.example/1" encoding="gb2312">\n<html>',
        "<!--[7,3] published at 2016-03-01 from #7 by 8-->\n<html>",
        '<script src="a.js"></script>\n',
    ],
)
def test_pages_in_a_field_are_known_behind_what_crawlers_put_before_them(before: str) -> None:
    top = "<p><a href='/'>首页</a> | <a href='/a'>新闻</a></p>"
    page = f"{before}{top}<h1>新都开学</h1><p>2016-03-01 20:39</p><p>{TEXT}</p>"
    (article,) = articles(read_document(json.dumps([{"url": "http://a.example/1", "html": page}])))
    assert article.title == "新都开学" and article.text == TEXT and article.original


def test_a_page_in_a_field_that_is_no_article_is_told_so() -> None:
    links = "".join(f"<li><a href='/{n}.html'>新都区第{n}小学今日举行开学典礼</a></li>" for n in range(40))
    page = f"<html><head><title>新闻中心</title></head><body><ul>{links}</ul></body></html>"
    (taken,) = read_document(json.dumps([{"url": "http://a.example/", "html": page}])).taken
    assert taken.article is None and taken.reason and not taken.failed
