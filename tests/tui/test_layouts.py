"""The pure lines: exact widths at every size, whatever the text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from newstui.locale import catalogue
from newstui.model import Key, Row
from newstui.styles.palette import PALETTES, Span, ThemeName, number_of, rgb, theme_name
from newstui.text.clean import clean_line
from newstui.widgets.footer_layout import hints, layout_footer
from newstui.widgets.row_layout import columns, date_label, layout_row
from newstui.widgets.tab_layout import Tab, layout_tabs

TODAY = date(2026, 11, 24)
ZH = catalogue("zh")
SHANGHAI = timezone(timedelta(hours=8))

lines = st.text(st.sampled_from("新都ab …“”—ｆ𠮷e\u0301한🙂、。"), max_size=60).map(clean_line)


def row(title: str = "标题", *, read: bool = False, starred: bool = False, source: str = "成都日报") -> Row:
    shown = datetime(2026, 11, 24, 20, 39, tzinfo=SHANGHAI)
    return Row(Key(1, 1), "a1", title, source, shown, shown, read, starred, "510114", "新都")


def cells(spans: Sequence[Span]) -> int:
    return sum(cell_len(span.text) for span in spans)


def text(spans: Sequence[Span]) -> str:
    return "".join(span.text for span in spans)


@given(lines, lines, st.integers(0, 200), st.booleans(), st.booleans(), st.booleans())
def test_a_row_is_exactly_as_wide_as_asked(
    title: str, source: str, width: int, read: bool, dated: bool, with_place: bool
) -> None:
    article = row(title, read=read, starred=not read, source=source)
    spans = layout_row(article, width, today=TODAY, selected=read, dated=dated, with_place=with_place, words=ZH)
    assert cells(spans) == width


def test_a_row_at_90_shows_day_marks_title_place_source_and_time() -> None:
    spans = layout_row(
        row("新都区大丰街道", starred=True), 90, today=TODAY, selected=True, dated=True, with_place=True, words=ZH
    )
    shown = text(spans)
    assert shown.startswith("今天     >●★ 新都区大丰街道")
    assert shown.endswith(" 新都     成都日报   20:39")


def test_a_row_at_80_has_no_time_and_names_no_source_again() -> None:
    article = row("新都区大丰街道")
    for sourced, end in ((True, " 新都   成都日报  "), (False, " 新都             ")):
        spans = layout_row(
            article, 80, today=TODAY, selected=False, dated=False, with_place=True, words=ZH, sourced=sourced
        )
        assert text(spans).endswith(end)


def test_a_day_without_a_minute_shows_no_time() -> None:
    midnight = datetime(2026, 11, 24, tzinfo=SHANGHAI)
    article = Row(Key(1, 1), "a", "题", "报", midnight, midnight, False, False)
    assert ":" not in text(layout_row(article, 90, today=TODAY, selected=False, dated=True, with_place=False, words=ZH))


def test_days_are_named_by_their_distance() -> None:
    assert date_label(TODAY, TODAY, 9, ZH) == "今天"
    assert date_label(TODAY - timedelta(1), TODAY, 9, ZH) == "昨天"
    assert date_label(date(2026, 3, 1), TODAY, 9, ZH) == "03-01"
    assert date_label(date(2016, 3, 1), TODAY, 9, ZH) == "16-03-01"
    assert date_label(date(2016, 3, 1), TODAY, 6, ZH) == "2016"


def test_the_title_keeps_most_of_a_narrow_row() -> None:
    assert columns(40, with_place=True).title >= 28
    assert columns(80, with_place=True).title >= 40


@given(
    st.lists(st.tuples(lines, st.integers(0, 9999)), max_size=40),
    st.integers(0, 45),
    st.integers(0, 120),
    st.integers(0, 45),
    st.booleans(),
)
def test_the_bar_is_exactly_as_wide_as_asked_and_shows_the_active_tab(
    names: list[tuple[str, int]], active: int, width: int, first: int, follow: bool
) -> None:
    tabs = [Tab(str(index), name, count) for index, (name, count) in enumerate(names)]
    line = layout_tabs(tabs, active, width, first=first, follow=follow)
    assert cells(line.spans) == width
    assert all(0 <= hit.start < hit.end <= width for hit in line.hits)
    if tabs and follow and width >= 3:
        assert min(active, len(tabs) - 1) in {hit.tab for hit in line.hits}


def test_marks_at_both_ends_say_that_there_are_more_tabs() -> None:
    tabs = [Tab(str(number), f"区{number:02}", 3) for number in range(60)]
    start = layout_tabs(tabs, 0, 80)
    middle = layout_tabs(tabs, 30, 80)
    end = layout_tabs(tabs, 59, 80)
    assert (text(start.spans)[0], text(start.spans)[-1]) == (" ", "›")
    assert (text(middle.spans)[0], text(middle.spans)[-1]) == ("‹", "›")
    assert text(end.spans)[0] == "‹" and "›" not in text(end.spans)


def test_moving_one_tab_within_the_bar_does_not_scroll_it() -> None:
    tabs = [Tab(str(number), f"区{number:02}", 3) for number in range(60)]
    first = layout_tabs(tabs, 30, 80).first
    assert layout_tabs(tabs, 29, 80, first=first).first == first


@given(st.integers(0, 160), lines, lines)
def test_the_footer_is_exactly_as_wide_as_asked(width: int, message: str, right: str) -> None:
    pairs = hints("list", ZH)
    assert cells(layout_footer(pairs, width, message=message, right=right)) == width
    assert cells(layout_footer(pairs, width, right=right)) == width


def test_a_footer_of_80_cells_names_the_keys_that_matter() -> None:
    for language in ("zh", "en"):
        for where in ("list", "reader"):
            shown = text(layout_footer(hints(where, catalogue(language)), 80, right="12/345"))
            assert "Space" in shown and "?" in shown and shown.rstrip().endswith("12/345")


def test_every_role_has_a_paint_in_every_theme() -> None:
    roles = set(PALETTES["dark"].paints)
    assert all(set(palette.paints) == roles for palette in PALETTES.values())


def _luminance(parts: tuple[int, int, int]) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("name", "least"), [("dark", 4.5), ("light", 4.5), ("contrast", 7.0)])
def test_every_paint_can_be_read(name: ThemeName, least: float) -> None:
    for role in PALETTES[name].paints:
        paint = PALETTES[name].paint(role)
        assert _contrast(rgb(number_of(paint.fg)), rgb(number_of(paint.bg))) >= least, role


# Green, yellow and cyan of a VGA (Linux's console) and of xterm.
SIXTEEN = [{2: (0, 170, 0), 3: (170, 85, 0), 6: (0, 170, 170)}, {2: (0, 205, 0), 3: (205, 205, 0), 6: (0, 205, 205)}]


@pytest.mark.parametrize("sixteen", SIXTEEN)
def test_the_sixteen_colours_can_be_read_on_black(sixteen: dict[int, tuple[int, int, int]]) -> None:
    for role, paint in PALETTES["ansi"].paints.items():
        assert not paint.bg
        # A star is a sign, not text: 3:1 (WCAG 2.2, 1.4.11).
        if paint.fg:
            assert _contrast(sixteen[number_of(paint.fg)], (0, 0, 0)) >= (3 if role == "star" else 4.5), role


def test_mono_has_no_colours_and_tells_apart_what_matters() -> None:
    paints = PALETTES["mono"].paints
    assert all(not paint.fg and not paint.bg for paint in paints.values())
    assert paints["marker"] != paints["text"] != paints["title"] != paints["title-read"]
    assert paints["link"].underline and paints["find"].reverse and paints["tab-active"].reverse


@pytest.mark.parametrize(
    ("environ", "few", "name"),
    [
        ({}, False, "dark"),
        ({"TERM": "linux"}, True, "ansi"),
        ({"TERM": "vt100"}, True, "mono"),
        ({"TERM": "xterm-256color", "COLORFGBG": "0;15"}, False, "light"),
        ({"TERM": "xterm", "COLORFGBG": "0;15"}, True, "mono"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, False, "mono"),
    ],
)
def test_the_theme_fits_the_terminal(environ: dict[str, str], few: bool, name: str) -> None:
    assert theme_name("auto", environ, few=few) == name
    assert theme_name("contrast", environ, few=few) == ("mono" if "NO_COLOR" in environ else "contrast")
