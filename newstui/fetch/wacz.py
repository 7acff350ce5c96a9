"""WACZ (Web Archive Collection Zipped 1.1): a ZIP file of WARC files, their indexes, and a list of digests."""

from __future__ import annotations

import hashlib
import json
from typing import IO, Any, Final

PACKAGE: Final = "datapackage.json"
"""A WACZ's own description."""
_PACKAGE_MAX: Final = 4 << 20
_DIGESTS: Final = ("sha256", "sha224", "sha512", "sha1", "md5")


class Package:
    """What a WACZ says of its files; raises ValueError when its datapackage.json is none."""

    def __init__(self, text: bytes) -> None:
        value: Any = json.loads(text) if len(text) < _PACKAGE_MAX else None
        resources = value.get("resources") if isinstance(value, dict) else None
        if not isinstance(resources, list) or value.get("profile") != "data-package":
            raise ValueError("not a package")
        self.digests: dict[str, str] = {}
        """By path: "sha256:…"."""
        for one in resources:
            if isinstance(one, dict) and isinstance(one.get("path"), str):
                stats = one["stats"] if isinstance(one.get("stats"), dict) else one
                digest = str(stats.get("hash", ""))
                kind = str(one.get("hashing", "sha256"))
                self.digests[one["path"]] = digest if ":" in digest or not digest else f"{kind}:{digest}"

    def differs(self, path: str, opened: IO[bytes]) -> bool:
        """Whether the bytes of a file do not fit the digest that is stated of it."""
        kind, _, digest = self.digests.get(path, "").partition(":")
        if kind not in _DIGESTS or not digest:
            return False
        found = hashlib.new(kind, usedforsecurity=False)
        while chunk := opened.read(1 << 18):
            found.update(chunk)
        return found.hexdigest() != digest.lower()


def why_no_archive(name: str) -> str:
    """Why a member of a WACZ holds no pages; "" when it may."""
    folder, _, _ = name.partition("/")
    if name in (PACKAGE, "datapackage-digest.json"):
        return "the description of a WACZ, no page"
    if folder == "indexes" or name.endswith((".cdx", ".cdxj", ".idx", ".cdx.gz")):
        return "an index of a web archive, no page"
    if folder == "pages":
        return "a list of captured pages, which are read from the archive itself"
    return "the log of a crawler, no page" if folder == "logs" else ""
