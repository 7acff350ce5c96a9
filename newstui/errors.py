"""Errors a person can act on: each message names what failed, where, and the way out."""


class NewstuiError(Exception):
    """An expected failure; `str(error)` is one or two sentences for stderr, without control characters."""

    exit_code = 1
    """The process exit code for it: 1 some of it failed, 2 usage or configuration."""


class UsageError(NewstuiError):
    """The command line or an argument is wrong."""

    exit_code = 2


class ConfigError(UsageError):
    """config.toml cannot be used; the message names file, line, column and the way out."""


class CacheError(NewstuiError):
    """The cache cannot be opened or written."""


class NewerCacheError(CacheError):
    """The cache was made by a newer newstui than this one; it is left untouched."""

    exit_code = 2


class ReadOnlyCacheError(CacheError):
    """The cache can be read but not written (full disk, read-only home)."""


class LockedError(NewstuiError):
    """Another fetch or import holds the writer's lock; the message names it."""


class NoCacheError(CacheError):
    """There is no cache file yet and none may be made."""


class DamagedCacheError(CacheError):
    """SQLite found the cache malformed; the next opening for writing moves it aside and saves what it can."""


class InterruptedReadError(NewstuiError):
    """A reading of the cache was cut short by `Store.interrupt`."""
