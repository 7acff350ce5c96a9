"""Bring a cache file to the schema this program knows, one numbered file of migrations/ after the other.

Each migration and its number are one transaction: a process killed in the middle leaves the version before. A released
migration is never edited; a change of the schema is a new file and a new `SCHEMA_VERSION`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import apsw

from newstui.errors import CacheError, ReadOnlyCacheError
from newstui.store.connection import Database, foreign
from newstui.store.listing import APPLICATION_ID, SCHEMA_VERSION

_FOLDER: Final = Path(__file__).with_name("migrations")
_NETWORK: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs"})


def scripts() -> list[tuple[int, Path]]:
    """Numbers and files of all migrations, in order."""
    return sorted((int(path.name[:4]), path) for path in _FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql"))


def migrate(database: Database) -> None:
    """Make the tables of a new file, or bring an older one up to date; raises CacheError for a foreign database."""
    path = database.path
    version = database.value("PRAGMA user_version")
    fresh = is_new(database)
    if not fresh and database.value("PRAGMA application_id") != APPLICATION_ID:
        raise foreign(path)
    if database.reason:
        raise ReadOnlyCacheError(f"{database.reason}; it has to be brought to this version first")
    if fresh:
        mode = "delete" if _on_network(path) else "wal"
        database.run(f"PRAGMA journal_mode = {mode}")
    for number, script in scripts():
        if number <= version:
            continue
        text = script.read_text(encoding="utf-8")
        with database.transaction(durable=True):
            # Another process may have made the same step while this one waited for the lock.
            if database.value("PRAGMA user_version") >= number:
                continue
            try:
                database.connection.execute(text)
            except apsw.SQLError as error:
                raise CacheError(f"{path}: {script.name} failed ({error})") from error
            database.run(f"PRAGMA application_id = {APPLICATION_ID}")
            database.run(f"PRAGMA user_version = {number}")
    if database.value("PRAGMA user_version") != SCHEMA_VERSION:
        raise CacheError(f"{path}: no way from cache version {version} to {SCHEMA_VERSION}")


def is_new(database: Database) -> bool:
    """Whether the file has nothing in it yet."""
    return bool(database.value("SELECT count(*) FROM sqlite_schema") == 0)


def _on_network(path: Path) -> bool:
    """Whether the file's folder is on a network file system, as far as Linux's mountinfo says (proc(5))."""
    try:
        table = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    folder = path.parent.resolve()
    best, kind = -1, ""
    for line in table.splitlines():
        left, _, right = line.partition(" - ")
        mount = Path(left.split(" ")[4].encode("utf-8", "surrogateescape").decode("unicode_escape"))
        if (mount == folder or mount in folder.parents) and len(mount.parts) >= best:
            best, kind = len(mount.parts), right.split(" ")[0]
    return kind in _NETWORK
