"""Names of files and members: decoded, made fit to be shown, and judged (pure)."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Final

from newstui.text.clean import clean_line

_PAGES: Final = (".html", ".htm", ".shtml", ".xhtml", ".php", ".asp", ".aspx", ".jsp", ".mht", ".mhtml")
ASSETS: Final = (
    "_files", ".files", "-files", " files", "-Dateien", "_Dateien", "_fichiers", "_archivos", "_bestanden", "_file",
    "-filer", "_filer", "_tiedostot", "_pliki", "_soubory", "_elemei", "_ficheiros", "_arquivos", "_dosyalar",
    "_datoteke", "_fitxers", "_failid", "_fails", "_bylos", "_fajlovi", "_fitxategiak", "_fajlok", "_subory",
    "的文件", "_文件", ".文件", "-文件", " 文件", "_的文件", " 文件夹", "_文件夹", "_檔案", ".檔案", "的檔案", " 檔案",
    ".ファイル", "_ファイル", ".파일", "_파일",
)  # fmt: skip
"""What browsers and Windows append to a page's name for the folder of its pictures, language by language (the list of
Windows' own is that of "connected files").
"""
_DATA: Final = (
    ".css", ".js", ".mjs", ".ts", ".map", ".sql", ".py", ".c", ".h", ".java", ".sh",
    ".ini", ".toml", ".yaml", ".yml", ".svg", ".log", ".vtt", ".srt", ".tex", ".rtf", ".bib",
)  # fmt: skip
"""Text by content, but never the text of a page."""
_DRIVE: Final = re.compile(r"[A-Za-z]:")


def decode_name(raw: bytes) -> str:
    """A name whose encoding nobody states: UTF-8 when it is that, else GB18030 as Chinese systems write, else cp437."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def shown(name: str) -> str:
    """A name in one line without anything that acts on a terminal."""
    return clean_line(name)


def shown_path(path: str) -> str:
    """A path of the file system fit to be shown, whatever bytes its names are made of."""
    return shown(decode_name(os.fsencode(path)))


def is_hidden(name: str) -> bool:
    """Whether one name (no path) is a hidden file's or a system's own, e.g. .git, ._a.html, __MACOSX."""
    return (name.startswith(".") and name not in (".", "..")) or name in ("__MACOSX", "Thumbs.db", "desktop.ini")


def is_data(name: str) -> bool:
    """Whether a file that is text is data or code by its name."""
    return name.lower().endswith(_DATA)


def leads_outside(name: str) -> bool:
    """Whether a member's path is absolute or climbs out of its archive."""
    parts = name.replace("\\", "/").split("/")
    return not parts[0] or _DRIVE.match(parts[0]) is not None or ".." in parts


def may_hold_assets(folder: str) -> bool:
    """Whether a folder is called as browsers call those of a saved page's pictures."""
    return folder.endswith(ASSETS)


def is_page_name(name: str) -> bool:
    """Whether a file is called as pages are."""
    return name.lower().endswith(_PAGES)


def page_of_assets(folder: str, stands_beside: Callable[[str], bool]) -> str:
    """The saved page beside `folder` whose pictures and scripts a browser put into it; "" when there is none."""
    for ending in ASSETS:
        stem = folder.removesuffix(ending)
        if stem and stem != folder:
            for page in _PAGES:
                for name in (stem + page, stem + page.upper()):
                    if stands_beside(name):
                        return name
    return ""
