"""The article list: a virtual list over pages of rows, drawn line by line, for any number of articles.

The list asks for pages by message and shows a blank line until they come; it never reads anything itself. A list
index is a line number of the virtual screen, so positions, jumps and paging are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from newstui.locale import Catalogue
from newstui.rows import Row
from newstui.styles.palette import Span
from newstui.widgets.pages import PAGE, Pages, Plan
from newstui.widgets.painting import Painter
from newstui.widgets.row_layout import DIVIDER, layout_notice, layout_row, shown_row


class ArticleList(ScrollView, can_focus=False, inherit_bindings=False):
    """Rows newest first with a cursor; keys are the screen's business."""

    ALLOW_SELECT = False

    @dataclass
    class PageWanted(Message):
        """Rows are about to be shown that are not loaded."""

        plan: Plan
        generation: int

    @dataclass
    class Moved(Message):
        """The cursor stands on another row now (None while its page is being loaded)."""

        index: int
        row: Row | None

    @dataclass
    class Chosen(Message):
        """A row was clicked while the cursor stood on it."""

        row: Row

    def __init__(self, words: Catalogue, painter: Painter, today: date) -> None:
        super().__init__()
        self.words = words
        self.painter = painter
        self.today = today
        self.with_place = True
        self.notice = words("list.loading")
        self.active = True
        self.divided = False
        self.thin = False
        self.cursor = 0
        self.generation = 0
        """Counts openings; pages asked for by an earlier one are not taken in."""
        self.pages = Pages()
        self._wanted: set[int] = set()
        self._show: Callable[[str], str] | None = None

    def set_show(self, show: Callable[[str], str] | None) -> None:
        """Show titles and names through this; None for as they are."""
        if show is not self._show:
            self._show = show
            self.refresh()

    @property
    def total(self) -> int:
        """Rows in the list."""
        return self.pages.total

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.pages.row(self.cursor)

    @property
    def line(self) -> int:
        """Screen line of the cursor, 0 at the top of the list."""
        return self.cursor - self.scroll_offset.y

    def open(self, pages: Pages, *, cursor: int = 0, line: int = 0, with_place: bool = True, notice: str = "") -> None:
        """Show another list: its pages as far as loaded, the cursor at an index and on a screen line."""
        self.generation += 1
        self._wanted.clear()
        self.pages = pages
        self.with_place = with_place
        self.notice = notice
        self.cursor = max(0, min(cursor, pages.total - 1))
        self.virtual_size = Size(self.size.width, pages.total)
        self._scroll_to_line(self.cursor - line)
        self.refresh()
        self.post_message(self.Moved(self.cursor, self.current))

    def fill(self, plan: Plan, generation: int, rows: list[Row]) -> bool:
        """Take in a page that was asked for; False when the list no longer fits the cache and must be opened anew."""
        if generation != self.generation:
            return True
        self._wanted.discard(plan.page)
        total = self.total
        if not self.pages.fill(plan.page, rows):
            return False
        if self.total != total:
            self.virtual_size = Size(self.size.width, self.total)
        self.refresh()
        if self.cursor // PAGE == plan.page:
            self.post_message(self.Moved(self.cursor, self.current))
        return True

    def mark(self, rows: Iterable[int], *, read: bool | None = None, starred: bool | None = None) -> None:
        """Show other marks on rows."""
        self._repaint(self.pages.mark(rows, read=read, starred=starred))

    def refresh_rows(self, rows: list[Row]) -> None:
        """Show newer readings of rows."""
        self._repaint(self.pages.refresh(rows))

    def shown(self) -> list[Row]:
        """The loaded rows on screen."""
        top = self.scroll_offset.y
        return self.pages.loaded(top, top + self.size.height)

    def set_active(self, active: bool) -> None:
        """Whether keys move this cursor; it is painted accordingly."""
        if active != self.active:
            self.active = active
            self._repaint([self.cursor])

    def set_divided(self, divided: bool) -> None:
        """Whether something stands to the right of the list, so that its lines end in a divider."""
        if divided != self.divided:
            self.divided = divided
            self.refresh()

    def set_thin(self, thin: bool) -> None:
        """Whether the line to the terminal is slow, so that what moves must be small."""
        if thin != self.thin:
            self.thin = thin
            self._repaint([self.cursor])

    def go(self, index: int) -> None:
        """Put the cursor on a list index and show it."""
        if not self.total:
            return
        index = max(0, min(index, self.total - 1))
        if index != self.cursor:
            before, self.cursor = self.cursor, index
            self._repaint([before, index])
            self.post_message(self.Moved(index, self.current))
        self._show_cursor()

    def move(self, lines: int) -> None:
        """Move the cursor by lines."""
        self.go(self.cursor + lines)

    def page(self, direction: int) -> None:
        """Move cursor and screen by a page, one line kept in sight."""
        step = max(self.size.height - 1, 1) * direction
        self._scroll_to_line(self.scroll_offset.y + step)
        self.go(self.cursor + step)

    def render_line(self, y: int) -> Strip:
        """The strip of a screen line."""
        width = self.size.width
        if not self.divided:
            return self.painter.strip(self._spans(y, width), width)
        room = max(width - len(DIVIDER), 0)
        return self.painter.strip([*(self._spans(y, room) or [Span(" " * room, "text")]), *DIVIDER], width)

    def _spans(self, y: int, width: int) -> list[Span]:
        """A screen line without its divider: exactly `width` cells, or nothing for a blank one."""
        index = self.scroll_offset.y + y
        if not self.total:
            at = min(2, max(self.size.height - 1, 0))
            return layout_notice(self.notice, width) if y == at else []
        if index >= self.total - 1 and self.pages.open_end:
            self._want(self.total // PAGE)
        if index >= self.total:
            return []
        row = self.pages.row(index)
        if row is None:
            self._want(index // PAGE)
            return []
        above = self.pages.row(index - 1) if index and y else None
        row = row if self._show is None else shown_row(row, self._show)
        spans = layout_row(
            row,
            width,
            today=self.today,
            selected=index == self.cursor,
            dated=above is None or above.shown.date() != row.shown.date(),
            with_place=self.with_place,
            words=self.words,
            sourced=above is None or above.source != row.source,
        )
        if self.thin:
            # A marker on the ground of the text moves in a handful of bytes.
            spans = [span._replace(role="title") if span.role == "marker" else span for span in spans]
        elif not self.active:
            spans = [span._replace(role="muted") if span.role == "marker" else span for span in spans]
        return spans

    def _want(self, page: int) -> None:
        plan = self.pages.plan(page)
        if plan is not None and page not in self._wanted:
            self._wanted.add(page)
            self.post_message(self.PageWanted(plan, self.generation))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for the pages just beyond the screen, so that they are there when they are reached."""
        super().watch_scroll_y(old_value, new_value)
        top, height = self.scroll_offset.y, self.size.height
        for index in (top - height, top + 2 * height):
            if 0 <= index < self.total and not self.pages.has(index // PAGE):
                self._want(index // PAGE)

    def _repaint(self, indices: list[int]) -> None:
        top = self.scroll_offset.y
        for index in indices:
            if top <= index < top + self.size.height:
                self.refresh_line(index)

    def _show_cursor(self) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if self.cursor < top:
            self._scroll_to_line(self.cursor - (height // 2 if self.divided and height else 0))
        elif height and self.cursor >= top + height:
            # Beside a text a terminal cannot move the list's lines alone: they are all painted, so not for every row.
            ahead = height // 2 if self.divided else 1
            self._scroll_to_line(self.cursor - height + ahead)

    def _scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=max(0, min(line, self.total - self.size.height)), animate=False, immediate=True, force=True)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight at the new size."""
        self.virtual_size = Size(event.size.width, self.total)
        self._show_cursor()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; on the cursor's row it opens."""
        index = self.scroll_offset.y + event.y
        if index >= self.total:
            return
        row = self.pages.row(index)
        if index == self.cursor and row is not None:
            self.post_message(self.Chosen(row))
        else:
            self.go(index)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the screen; the cursor stays on it."""
        self._wheel(event, 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the screen; the cursor stays on it."""
        self._wheel(event, -3)

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        event.stop()
        event.prevent_default()
        self._scroll_to_line(self.scroll_offset.y + lines)
        top = self.scroll_offset.y
        self.go(max(top, min(self.cursor, top + self.size.height - 1)))
