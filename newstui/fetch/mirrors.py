"""The address that a path gives away: wget, HTTrack and others keep a page as www.host.cn/2016/0301/1.html (pure)."""

from __future__ import annotations

import re
from typing import Final

from newstui.fetch.filenames import is_page_name
from newstui.sources.urls import web_url

_HOST: Final = re.compile(
    r"((?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}"
    r"(?:cn|com|net|org|gov|edu|info|hk|tw|mo|sg|my|jp|kr|us|uk|ca|au|nz|de|fr|io|cc|tv|asia|xn--[a-z0-9]{2,20}))"
    r"(?:[:+_](\d{2,5}))?"
)
"""A folder called like a host, with its port as wget (":", on Windows "+") and HTTrack ("_") write it."""
_SHORT: Final = re.compile(r"[a-z0-9-]+\.(?:cn|com)")
"""Two labels that are a site's rather than a folder's (asp.net, notes.info)."""
_ADJUSTED: Final = re.compile(r"(?<=[=\w])\.html?$")
"""What wget -E appends to an address with a query."""


def mirrored(path: str) -> str:
    """The address of the page that a mirror keeps at `path` (of a file or a member); "" when no folder is a host's."""
    *folders, name = path.replace("\\", "/").split("/")
    if not (is_page_name(name) or "?" in name or "." not in name):
        return ""  # a text or an archive that somebody put there
    for at in range(len(folders) - 1, -1, -1):
        host = _HOST.fullmatch(folders[at].lower())
        if host is None or (host[1].count(".") < 2 and not _SHORT.fullmatch(host[1])):
            continue
        if "?" in name:
            name = _ADJUSTED.sub("", name)
        port = f":{host[2]}" if host[2] else ""
        return web_url("/".join((f"http://{host[1]}{port}", *folders[at + 1 :], name.replace("#", "%23"))))
    return ""
