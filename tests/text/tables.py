"""Tables as the tests look at them."""

from __future__ import annotations

from collections.abc import Sequence

from newstui.widgets.table_layout import layout_rows, table_widths


def layout_table(rows: Sequence[Sequence[str]], measure: int) -> list[str]:
    """A whole table's lines as texts."""
    lines = layout_rows(rows, table_widths(rows, measure), measure)
    return ["".join(run.text for run in line).rstrip() for _, line in lines]
