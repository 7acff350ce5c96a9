"""The cache as one value with a noun for each kind of question."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from newstui.errors import CacheError, DamagedCacheError
from newstui.store.articles import Articles
from newstui.store.connection import Database
from newstui.store.marks import Marks
from newstui.store.opening import connect
from newstui.store.passages import Passages
from newstui.store.places import Places
from newstui.store.positions import Positions
from newstui.store.sources import Sources
from newstui.store.state import State
from newstui.store.views import Views

if TYPE_CHECKING:
    from newstui.store.health import Health
    from newstui.store.ledger import Ledger
    from newstui.store.originals import Originals
    from newstui.store.pictures import Pictures
    from newstui.store.retention import Retention
    from newstui.store.salvage import Salvaged


class Store:
    """An open cache. Belongs to the thread that uses it, save `interrupt`."""

    def __init__(self, database: Database, salvaged: Salvaged | None = None) -> None:
        self._database = database
        self.salvaged = salvaged
        """What was saved when this opening found the cache damaged; None when it was sound."""
        self.places = Places(database)
        self.sources = Sources(database, lambda number: self.retention.drop(number), self.places.move)
        self.articles = Articles(database, self.places, self.sources)
        self.views = Views(database, self.places, self.articles)
        self.marks = Marks(database, self.places)
        self.positions = Positions(database)
        self.passages = Passages(database)
        self.state = State(database)

    @property
    def path(self) -> Path:
        """The cache file."""
        return self._database.path

    @property
    def read_only(self) -> str:
        """Why nothing can be written, in one sentence; "" when it can."""
        return self._database.reason

    @property
    def ledger(self) -> Ledger:
        """What became of archives' members."""
        from newstui.store.ledger import Ledger

        return Ledger(self._database)

    @property
    def originals(self) -> Originals:
        """Pages as they were imported."""
        from newstui.store.originals import Originals

        return Originals(self._database, self.places)

    @property
    def retention(self) -> Retention:
        """Pruning."""
        from newstui.store.retention import Retention

        return Retention(self._database)

    @property
    def pictures(self) -> Pictures:
        """Pictures kept as files beside the cache."""
        from newstui.store.pictures import Pictures

        return Pictures(self.path.parent / "images", self._database)

    @property
    def health(self) -> Health:
        """Checking."""
        from newstui.store.health import Health

        return Health(self._database)

    def data_version(self) -> int:
        """A number that changes when another connection has written to the cache."""
        return int(self._database.value("PRAGMA data_version"))

    @property
    def in_place(self) -> bool:
        """Whether the file is still the one under its name."""
        try:
            self._database.check_place()
        except CacheError:
            return False
        return True

    def again(self) -> Store:
        """Another connection to the very same file, for another thread.

        Raises CacheError when another file stands in its place, DamagedCacheError.
        """
        self._database.check_place()
        return Store(connect(self.path, write=not self.read_only))

    def interrupt(self) -> None:
        """Cut short what runs on this store in another thread: it raises InterruptedReadError there."""
        self._database.interrupt()

    def close(self) -> None:
        """Close the cache; the store cannot be used again."""
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(path: Path | str, *, now: datetime, write: bool = True) -> Store:
    """Open the cache, made or brought up to date when it has to be.

    A file that cannot be written is opened for reading (`Store.read_only` says why); with write=False a missing file is
    a NoCacheError and a damaged one a DamagedCacheError. With write=True a damaged file is moved aside, and what can be
    read of it saved (`Store.salvaged`). Raises NewerCacheError (the file is left alone), LockedError, CacheError.
    """
    path = Path(path)
    try:
        return Store(connect(path, write=write))
    except DamagedCacheError:
        if not write:
            raise
        from newstui.store.salvage import salvage

        salvaged = salvage(path, now)
        try:
            return Store(connect(path, write=write), salvaged)
        except DamagedCacheError:
            salvaged = salvage(path, now, force=True)
            return Store(connect(path, write=write), salvaged)
