"""Lazy layout: a huge or hostile article costs a screenful, and every way through it shows the same lines."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newstui.model import Block, Link, block_text
from newstui.text.widths import cell_width
from newstui.widgets.block_layout import part_text
from newstui.widgets.document import TOP, Anchor, Document, Slab, Spot, TextLine
from newstui.widgets.reader_layout import layout_article
from newstui.widgets.text_setter import PIECE, cut_points
from tests.tui.test_reader_layout import TEXT, ZH, stored

HOSTILE = {
    "one line of 1 MB": [Block("paragraph", TEXT * 8700)],
    "one line without a mark": [Block("paragraph", "汉" * 340_000)],
    "one Latin word": [Block("paragraph", "a" * 400_000)],
    "empty paragraphs": [Block("paragraph")] * 100_000,
    "short paragraphs": [Block("paragraph", "好")] * 20_000,
    "only combining marks": [Block("paragraph", "\u0301" * 100_000)],
    "only RTL": [Block("paragraph", "שלום עולם " * 20_000)],
    "tabs": [Block("paragraph", "\t" * 100_000)],
    "lone surrogates": [Block("paragraph", "汉\ud800字\udfff" * 5000)],
    "a table of 400 columns": [Block("table", rows=(tuple(f"第{at}列" for at in range(400)),) * 100)],
    "a table of 30000 rows": [Block("table", rows=(("新都", "155.9", "公告" * 5),) * 30_000)],
    "a cell of 1 MB": [Block("table", rows=(("新都" * 150_000, "1"), ("甲", "2")))],
    "a listing": [Block("code", "x = 1\n" * 50_000)],
    "a caption of 1 MB": [Block("image", "图" * 300_000, url="https://p.example/1.jpg")],
}


def count_set(document: Document) -> int:
    return len(document._set)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_articles_are_set_a_screen_at_a_time(name: str) -> None:
    article = stored(*HOSTILE[name])
    for width in (24, 80):
        document = layout_article(article, width, ZH)
        assert count_set(document) == 0
        top = document.lines(TOP, 24)
        low = document.lowest(24)
        end = document.lines(low, 24)
        middle = document.spot(document.slabs[len(document.slabs) * 4 // 5].start)
        for spot in (TOP, middle, low):
            shown = document.lines(spot, 24)
            assert all(sum(cell_width(piece.text) for piece in line.pieces) <= width for line in shown)
        assert top and document.ends_in(low, 24)
        assert len(end) == 24 or low == TOP
        if len(document.slabs) > 100:
            assert count_set(document) < len(document.slabs) / 2


def test_reopening_at_eighty_percent_sets_only_what_is_shown() -> None:
    article = stored(*[Block("paragraph", TEXT * 3)] * 2900)
    document = layout_article(article, 80, ZH)
    place = Anchor(2321, 40)
    spot = document.spot(place)
    lines = document.lines(spot, 24)
    assert count_set(document) <= 2
    assert lines[0].anchor <= place < lines[1].anchor
    assert 79 <= document.percent(spot, 24) <= 81


def test_a_megabyte_is_opened_in_a_small_part_of_the_time_of_setting_it() -> None:
    article = stored(*[Block("paragraph", TEXT * 3)] * 2900)
    layout_article(stored(Block("paragraph", TEXT)), 80, ZH).lines(TOP, 24)

    def opening() -> float:
        began = process_time()
        layout_article(article, 80, ZH).lines(TOP, 24)
        return process_time() - began

    def whole() -> float:
        began = process_time()
        assert len(list(layout_article(article, 80, ZH))) > 10_000
        return process_time() - began

    assert min(opening() for _ in range(5)) * 12 < min(whole() for _ in range(2))


@pytest.mark.parametrize("kind", ["paragraph", "item", "quote", "code", "image", "heading"])
def test_a_long_block_loses_nothing_where_it_is_cut(kind: str) -> None:
    text = "".join(f"第{at}句话，说的是新都的事" + ("。" if at % 7 else "") for at in range(3000))
    block = Block(kind, text, links=(Link(8190, 8200, "https://a.cn"),))  # type: ignore[arg-type]
    document = layout_article(stored(block), 60, ZH)
    found = ["" for _ in text]
    for line in document:
        if line.anchor.part == 1:
            for piece in line.pieces:
                if piece.offset >= 0:
                    found[piece.offset : piece.offset + len(piece.text)] = piece.text
    assert "".join(found) == text


def test_a_long_table_loses_nothing_where_it_is_cut() -> None:
    block = Block("table", rows=tuple((f"区县{at}", str(at)) for at in range(3000)))
    text = block_text(block)
    seen: set[int] = set()
    for line in layout_article(stored(block), 60, ZH):
        for piece in line.pieces:
            if line.anchor.part == 1 and piece.offset >= 0:
                assert text[piece.offset : piece.offset + len(piece.text)] == piece.text
                seen.update(range(piece.offset, piece.offset + len(piece.text)))
    assert {at for at, char in enumerate(text) if char not in "\t\n"} == seen


@given(st.text(st.sampled_from("新都，。”（ab1 \n—\u0301é"), max_size=400), st.integers(4, 40))
def test_cuts_are_in_order_and_no_piece_is_too_long(text: str, size: int) -> None:
    points = cut_points(text, size)
    assert points[0] == 0 and points[-1] == len(text)
    gaps = [end - start for start, end in pairwise(points)]
    assert all(0 < gap <= size for gap in gaps) or not text


def test_a_long_paragraph_is_cut_behind_a_sentence() -> None:
    text = TEXT * 600
    assert all(text[at - 1] == "。" for at in cut_points(text)[1:])
    assert len(cut_points(text)) > len(text) / PIECE


slabs = st.lists(st.integers(0, 5), min_size=1, max_size=8)


@given(slabs, st.lists(st.integers(-12, 12), max_size=20), st.integers(1, 9))
@settings(deadline=None)
def test_scrolling_by_spots_is_scrolling_by_line_numbers(sizes: list[int], moves: list[int], height: int) -> None:
    def made(part: int, size: int) -> Slab:
        return Slab(Anchor(part, 0), max(size, 1), lambda: [TextLine((), Anchor(part, at)) for at in range(size)])

    document = Document([made(part, size) for part, size in enumerate(sizes, 1)])
    flat = [line.anchor for line in document]
    top, at = TOP, 0
    for move in moves:
        top = document.clamp(document.move(top, move), height)
        at = max(0, min(at + move, len(flat) - height))
        assert [line.anchor for line in document.lines(top, height)] == flat[at : at + height]
        assert document.ends_in(top, height) == (at + height >= len(flat))
        if flat:
            assert document.place(document.spot(flat[at])) == flat[at]
    low = document.lines(document.lowest(height), height)
    assert [line.anchor for line in low] == flat[-height:]


def test_percent_grows_to_a_hundred() -> None:
    document = layout_article(stored(*[Block("paragraph", TEXT)] * 200), 80, ZH)
    spot, told = TOP, [document.percent(TOP, 20)]
    while not document.ends_in(spot, 20):
        spot = document.move(spot, 18)
        told.append(document.percent(spot, 20))
    assert told == sorted(told) and told[-1] == 100 and all(each < 100 for each in told[:-1])
    assert document.percent(Spot(0, 0), 5000) == 100


def test_pieces_tell_where_their_text_comes_from_and_what_they_open() -> None:
    block = Block("paragraph", "详见公告和附件。", links=(Link(2, 4, "https://a.cn/1"),))
    lines = list(layout_article(stored(block), 80, ZH))
    line = next(line for line in lines if line.anchor.part == 1)
    told = [(piece.text, piece.offset, piece.target) for piece in line.pieces if piece.text.strip()]
    assert told == [("详见", 0, -1), ("公告", 2, 1), ("[1]", -1, 1), ("和附件。", 4, -1)]


def test_a_cell_of_a_line_is_a_place_in_the_text() -> None:
    block = Block("paragraph", "详见ab公告。", links=(Link(4, 6, "https://a.cn/1"),))
    article = stored(block)
    line = next(line for line in layout_article(article, 80, ZH) if line.anchor.part == 1)
    text = "".join(piece.text for piece in line.pieces)
    cell = 0
    for char in text:
        for _ in range(cell_width(char)):
            found = line.piece_at(cell)
            assert found is not None and found[0].text[found[1]] == char
            if found[0].offset >= 0:
                assert part_text(article, line.anchor.part)[found[0].offset + found[1]] == char
            cell += 1
    assert line.piece_at(cell) is None
