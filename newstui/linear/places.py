"""The tabs: 全部, 收藏 and the places of the cache, to be chosen by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newstui.linear.views import Items
from newstui.linear.wording import tab_item
from newstui.screens.snapshots import read_tabs

if TYPE_CHECKING:
    from newstui.linear.program import Program
    from newstui.widgets.tab_layout import Tab


class Places(Items):
    """The first level."""

    def __init__(self, program: Program, tab: str) -> None:
        super().__init__(program)
        self.tabs: tuple[Tab, ...] = ()
        self.read()
        self.stand_on(tab)

    def read(self) -> None:
        """Count anew."""
        words = self.program.desk.words
        current = self.tabs[self.at].id if self.tabs else ""
        self.tabs = self.program.ask(lambda store: read_tabs(store, words))
        self.stand_on(current)

    def stand_on(self, tab: str) -> None:
        """Make a tab the current one, as long as it is there."""
        self.at = next((index for index, each in enumerate(self.tabs) if each.id == tab), 0)

    @property
    def total(self) -> int:
        """How many tabs there are."""
        return len(self.tabs)

    def item(self, index: int) -> str:
        """A tab with its count."""
        return tab_item(index + 1, self.tabs[index], self.program.desk.words)

    def heading(self) -> str:
        """That these are the tabs."""
        return self.program.desk.words("linear.places", count=len(self.tabs))

    def enter(self) -> None:
        """With counts as they are now."""
        self.read()
        super().enter()

    def chosen(self) -> None:
        """Open the list of the current tab."""
        self.program.open_tab(self.tabs[self.at])

    def pick(self, number: int) -> bool:
        """Open a tab by its number at once."""
        if not 1 <= number <= self.total:
            return False
        self.at = number - 1
        self.chosen()
        return True
