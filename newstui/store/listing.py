"""How lists are read: the same SQL for the app, the command line and the first picture.

Imports nothing: the first picture reads by it, before anything else of the store is loaded.
"""

SCHEMA_VERSION = 4
"""The number of the last file in migrations/."""
APPLICATION_ID = 0x6E777374
"""“nwst” in the file's header, so that another program's database is not taken for ours."""

COLUMNS = (
    "a.sort, a.row, a.id, a.title, a.byline, s.title, s.url, a.published, a.read, a.starred, p.code, p.name, a.url"
)
"""What makes a list row, in order."""
JOINS = (
    "LEFT JOIN sources AS s ON s.id = a.source LEFT JOIN places AS p ON p.id = coalesce(a.district, a.city, a.province)"
)
"""Two look-ups by row number for each line that is shown."""
PLACES = "SELECT code, name, path, unread, total, direct FROM places WHERE total > 0"
"""Places with articles at them or under them."""
TOTALS = "SELECT name, unread, total FROM totals"


def column(place: int) -> str:
    """The column of articles that names a place, by the shape of its code; a portal's own tab counts as a district."""
    if place > 0 and place % 100 == 0:
        return "province" if place % 10_000 == 0 else "city"
    return "district"


def window(where: str, way: str, columns: str = COLUMNS, joins: str = JOINS) -> str:
    """The rows of `where` (FROM … WHERE …) in order, `way` being DESC or ASC; two bindings more: limit, offset.

    The index alone is walked for what is skipped; only rows that are shown are looked up.
    """
    return (
        f"SELECT {columns} FROM (SELECT a.row AS number {where} ORDER BY a.sort {way}, a.row {way} LIMIT ? OFFSET ?) "
        f"AS shown CROSS JOIN articles AS a ON a.row = shown.number {joins}"
    )


def is_tab(code: str) -> bool:
    """Whether a place code is a portal's own tab ("tab:导览"), not a division."""
    return code.startswith("tab:")


def tab_codes(direct: dict[str, int]) -> list[str]:
    """The codes worth a tab, portals' own first; `direct`: articles at exactly each place that counts any.

    Places with articles of their own, and a city or province that holds at least two that are shown.
    """
    shown = {code for code, count in direct.items() if count}
    divisions = [code for code in direct if not is_tab(code)]
    held: dict[str, int] = {}
    for code in shown:
        held[code[:4]] = held.get(code[:4], 0) + 1
    for code in divisions:
        if code.endswith("00") and not code.endswith("0000") and held.get(code[:4], 0) - (code in shown) >= 2:
            shown.add(code)
    below: dict[str, set[str]] = {}
    for code in shown:
        # A district under a city that is shown is that city's, not one more of the province.
        city = code[:4] + "00"
        below.setdefault(code[:2], set()).add(city if city in shown else code)
    for code in divisions:
        if code.endswith("0000") and len(below.get(code[:2], set()) - {code}) >= 2:
            shown.add(code)
    return sorted(shown, key=lambda code: (not is_tab(code), code))
