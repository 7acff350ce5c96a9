"""What the main screen reads from the store in one question: plain functions of a store, run in the cache's thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from newstui.choices import STATE
from newstui.locale import Catalogue
from newstui.rows import STARRED, Key, Row, View
from newstui.widgets.pages import PAGE, Pages, Plan
from newstui.widgets.passages import Located, locate
from newstui.widgets.picture_layout import KeptPicture
from newstui.widgets.tab_layout import ALL, Tab

if TYPE_CHECKING:
    from newstui.model import Stored
    from newstui.store import Store

LAST_TAB: Final = "tab"
"""Key in `store.state` of the tab that was open last."""


class Listed(NamedTuple):
    """A list ready to be shown: its loaded pages, and the list index of the row it was opened at."""

    view: View
    pages: Pages
    at: int


class Opening(NamedTuple):
    """The first screen."""

    tabs: tuple[Tab, ...]
    total: int
    """Articles in the cache."""
    tab: str
    """The tab that was open last, if it is still there; else 全部."""
    listed: Listed
    read_only: str
    """Why marks cannot be written; "" when they can."""
    salvaged: str
    """What was saved from a damaged cache, in a sentence; "" when it was sound."""
    choices: str | None = None
    """What was chosen in the program, as it was kept."""


def view_of(tab: str, query: str = "") -> View:
    """The view of a tab, narrowed to titles that contain `query`."""
    return View(place="" if tab == STARRED else tab, starred=tab == STARRED, query=query, title_only=bool(query))


class Opened(NamedTuple):
    """An article and where it was left."""

    article: Stored
    place: tuple[int, int]
    pictures: Mapping[str, KeptPicture]
    """Those of its pictures that are in the cache, by address."""
    here: frozenset[int]
    """Indices of the related headlines whose articles are in the cache."""
    passages: tuple[Located, ...]


def read_article(store: Store, row: int) -> Opened | None:
    """The article of a list row; None when it is gone."""
    article = store.articles.by_row(row)
    if article is None:
        return None
    here = frozenset(index for index, short in enumerate(store.articles.related(article)) if short)
    passages = locate(article, store.passages.of(article.row.id))
    return Opened(article, store.positions.get(article.row.id), read_pictures(store, article), here, passages)


def read_pictures(store: Store, article: Stored) -> Mapping[str, KeptPicture]:
    """Those pictures of an article that are in the cache, by address."""
    if not any(block.kind == "image" for block in article.blocks):
        return {}
    from newstui.store.pictures import pictures_in  # not before an article has some

    pictures = store.pictures
    found = {url: picture for url in pictures_in(article.blocks) if (picture := pictures.find(url)) is not None}
    return {url: KeptPicture(picture.width, picture.height, picture.size) for url, picture in found.items()}


def read_related(store: Store, article: Stored, index: int) -> Row | None:
    """The list row of the article that a related headline leads to; None when it is not in the cache."""
    short = store.articles.related(article)[index]
    return store.articles.get(short).row if short else None


def read_tabs(store: Store, words: Catalogue) -> tuple[Tab, ...]:
    """全部, 收藏, then the places of the cache."""
    return (
        Tab(ALL, words("tab.all"), store.places.totals().unread),
        Tab(STARRED, words("tab.starred"), store.places.starred().total),
        *(Tab(place.code, place.name, place.unread) for place in store.places.tabs()),
    )


def read_page(store: Store, view: View, plan: Plan) -> list[Row]:
    """The rows of one page."""
    return store.views.window(view, after=plan.after, limit=plan.limit, skip=plan.skip, backwards=plan.backwards)


def read_list(store: Store, view: View, anchor: Key | None = None, line: int = 0, height: int = 50) -> Listed:
    """A view opened at the row `anchor` (its first row without one), with the pages that a screen there needs.

    `line` is the screen line the row will stand on, `height` the lines of the screen.
    """
    if view.query:
        return _read_found(store, view, anchor)
    pages = Pages(store.views.count(view).total)
    index = 0
    if anchor is not None and pages.total:
        index = min(store.views.offset(view, anchor), pages.total - 1)
    first = max(index - line, 0) // PAGE
    last = min(index - line + height, max(pages.total - 1, 0)) // PAGE
    for page in range(first, last + 1):
        plan = pages.plan(page)
        if plan is not None:
            pages.fill(page, read_page(store, view, plan))
    return Listed(view, pages, index)


def _read_found(store: Store, view: View, anchor: Key | None) -> Listed:
    """What a search finds, page by page down to `anchor`; uncounted, as counting would read everything."""
    pages = Pages(open_end=True)
    while (plan := pages.plan(pages.total // PAGE)) is not None and pages.open_end:
        pages.fill(plan.page, read_page(store, view, plan))
        last = pages.row(pages.total - 1)
        if anchor is None or last is None or last.key <= anchor:
            break
    index = pages.find(anchor.row) if anchor is not None else 0
    return Listed(view, pages, index or 0)


def read_opening(store: Store, words: Catalogue, height: int) -> Opening:
    """Everything for the first frame."""
    tabs = read_tabs(store, words)
    tab = store.state.get(LAST_TAB) or ALL
    if tab not in {each.id for each in tabs}:
        tab = ALL
    listed = read_list(store, view_of(tab), height=height)
    saved = store.salvaged
    told = "" if saved is None else words("store.salvaged", **saved._asdict() | {"aside": saved.aside.name})
    choices = store.state.get(STATE)
    return Opening(tabs, store.places.totals().total, tab, listed, store.read_only, told, choices)


class News(NamedTuple):
    """What may have changed under an open list."""

    tabs: tuple[Tab, ...]
    total: int | None
    """Articles of the view now; None for what a search finds, which is not counted."""
    rows: tuple[Row, ...]
    """The rows on screen with their marks as they are now."""


def read_news(store: Store, view: View, shown: list[Row], words: Catalogue) -> News:
    """Counts and the marks of the rows on screen."""
    rows = store.views.refresh(shown) if shown else []
    total = None if view.query else store.views.count(view).total
    return News(read_tabs(store, words), total, tuple(rows))


class Unread(NamedTuple):
    """An unread article, and the tab to open for it; None for the view that was asked about."""

    row: Row
    tab: str | None


def find_unread(
    store: Store, view: View, key: Key | None, others: tuple[str, ...], *, backwards: bool = False
) -> Unread | None:
    """The unread article after (before) `key` in a view, else its first (last) one, else the first of another tab."""
    step = store.views.previous_unread if backwards else store.views.next_unread
    row = step(view, key)
    if row is None and key is not None:
        row = step(view, None)
    if row is not None:
        return Unread(row, None)
    for tab in others:
        row = store.views.next_unread(view_of(tab), None)
        if row is not None:
            return Unread(row, tab)
    return None
