"""Where a report was sent from: 本报成都3月1日讯, 新华社成都3月1日电, 某某新闻网绵阳讯, 【本报江油电】.

A national wire's reports from the capital are the nation's: they have no place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from newstui.districts.mentions import mentioned
from newstui.districts.placing import place_of

_HOUSE: Final = (
    r"本[报网刊台社]|新华社|新华网|中新社|中新网|中国新闻网|人民网|央[视广]网|光明网|[\u4e00-\u9fff]{1,8}?"
    r"(?:新闻网|新闻社|在线|日报|晚报|晨报|早报|商报|都市报|快报|时报|导报|新闻|客户端|网|台|报)(?:时刻|头条)?"
)
_SENT: Final = re.compile(
    rf"^[\s\u3000【\[（(《「]*(?P<house>{_HOUSE})[·》]?\s*(?P<place>[\u4e00-\u9fff]{{2,12}}?)\s*"
    r"(?:\d{1,4}[年月./-]\d{0,2}[月./-]?\d{0,2}日?\s*)?(?:专?电|讯|消息|综合?报道)"
)
_WIRES: Final = re.compile("新华|中新|人民|央|光明|中国")
_CAPITAL: Final = "11"
_TITLE: Final = 60
_LEAD: Final = 160
"""Characters of a title and of a text's beginning in which places are looked for."""


def sent_from(paragraphs: Sequence[str], within: str = "") -> str:
    """The code of the place from which a text's opening says that it was sent, "" when it does not say.

    `within` is the name of a division in which an ambiguous name is looked for first, "" for none.
    """
    for text in paragraphs[:3]:
        found = _SENT.match(text[:60])
        if not found:
            continue
        house, name = found["house"], found["place"]
        hints = [hint for hint in (within, house) if hint]
        place = next((place for hint in hints if (place := _within(hint, name))), "") or place_of((name,))
        if place.startswith("tab:") or (place.startswith(_CAPITAL) and _WIRES.match(house)):
            return ""
        return place
    return ""


def told_of(title: str, paragraphs: Sequence[str]) -> str:
    """The code of the city or county that title and lead name, "" where they name none or do not agree."""
    lead = next((text for text in paragraphs if len(text) >= 20), "")[:_LEAD]
    headed, led = mentioned(title[:_TITLE]), mentioned(lead)
    if headed and led and headed[:4] != led[:4]:
        return ""
    return max(headed, led, key=lambda code: (code[4:] not in ("", "00"), bool(code)))


def _within(hint: str, name: str) -> str:
    """The place `name` under what `hint` names; "" when it leads nowhere deeper."""
    above = place_of((hint,))
    place = place_of((hint, name)) if above else ""
    return place if place != above else ""
