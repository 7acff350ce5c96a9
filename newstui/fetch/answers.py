"""Answers of the parser's process about data, beyond what a page's or feed's answer holds.

"marks", "sources" and "members" stand beside each of "articles" (what they bring along, [address, title, whether it is
followed from now on] of their feed, their place in the file); "refused" is [place, reason, failed], "subscriptions"
[address, title, site, place], "mapping" how fields were read, for a person, and "nothing" says that it is in order
that there are no articles.
"""

from __future__ import annotations

from newstui.fetch.wire import Message, pack_articles, pack_brought
from newstui.sources.records import Dump


def packed(dump: Dump, *, told: bool = True, title: str = "") -> Message:
    """A dump as an answer; `title` names a source for articles that have no other."""
    taken = [one for one in dump.taken if one.article is not None]
    articles, blobs = pack_articles([one.article for one in taken if one.article is not None])
    answer = {
        "kind": "dump",
        "title": title,
        "site": "",
        "articles": articles,
        "marks": [pack_brought(one.brought) for one in taken],
        "sources": [one.home for one in taken],
        "members": [one.member for one in taken],
        "refused": [[one.member, one.reason, one.failed] for one in dump.taken if one.article is None],
        "subscriptions": dump.subscriptions,
        "mapping": dump.mapping if told else "",
        "nothing": True,
    }
    return Message(answer, blobs)
