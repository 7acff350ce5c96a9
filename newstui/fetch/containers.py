"""Files as they are found: folders, ZIP files and gzip opened one inside the other, nothing ever extracted to disk.

`walk` is lazy: one file's bytes are read when the caller asks for the next item. Every file met gives one item, with
its bytes or with the reason why it is passed over.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, BinaryIO, cast

from newstui.fetch.decoding import size
from newstui.fetch.filenames import shown_path
from newstui.fetch.forms import HEAD, form_of, unread_form
from newstui.fetch.found import Budget, BudgetError, Found, Limits, Spot, Tally
from newstui.fetch.mails import in_mail, in_mailbox
from newstui.fetch.pieces import in_json, in_table
from newstui.fetch.regular import NotRegularError, open_regular, why
from newstui.fetch.walking import in_folder
from newstui.fetch.zips import in_zip


class Walk:
    """One import's way through files and containers."""

    def __init__(self, limits: Limits | None = None, stdin: BinaryIO | None = None) -> None:
        self.limits = limits or Limits()
        self.tally = Tally()
        self._stdin = stdin

    def files(self, paths: Sequence[str | os.PathLike[str]]) -> Iterator[Found]:
        """Every file under `paths` in order; "-" is standard input. Links given by name are followed."""
        for given in paths:
            path = os.fspath(given)
            self.tally.found += 1
            if path == "-" and self._stdin is not None:
                yield from self._from_stdin(self._stdin)
                continue
            try:
                mode = Path(path).stat().st_mode
            except (OSError, ValueError) as error:
                yield Found(shown_path(path), reason=why(error), failed=True)
                continue
            if stat.S_ISDIR(mode):
                self.tally.found -= 1
                yield from in_folder(self, path)
            else:
                yield from self.file(path)

    def file(self, path: str) -> Iterator[Found]:
        """What one file on disk holds."""
        at = Spot(shown_path(path), "", 0)
        try:
            opened = open_regular(path)
        except NotRegularError as error:
            yield at.skipped(str(error))
            return
        except OSError as error:
            yield at.failed(why(error))
            return
        with opened:
            length = os.fstat(opened.fileno()).st_size
            budget = Budget(max(self.limits.least, self.limits.ratio * length))
            try:
                yield from self.open(at, opened, length, budget)
            except OSError as error:
                yield at.failed(why(error))

    def _from_stdin(self, stdin: BinaryIO) -> Iterator[Found]:
        at = Spot("-", "", 0)
        data = stdin.read(self.limits.nested + 1)
        if len(data) > self.limits.nested:
            yield at.skipped(f"larger than {size(self.limits.nested)}; give it as a file")
            return
        budget = Budget(max(self.limits.least, self.limits.ratio * len(data)))
        yield from self.open(at, io.BytesIO(data), len(data), budget)

    def open(self, at: Spot, opened: IO[bytes], length: int, budget: Budget) -> Iterator[Found]:
        """What the file open at its beginning holds; `length` is its stated size in bytes, -1 when it has none."""
        head = opened.read(HEAD)
        match form_of(head):
            case "zip" if at.depth >= self.limits.depth:
                yield at.skipped(f"more than {self.limits.depth} containers inside one another")
            case "gzip" if at.depth >= self.limits.depth:
                yield at.skipped(f"more than {self.limits.depth} containers inside one another")
            case "zip":
                whole = opened if at.depth == 0 else self._in_memory(head, opened, budget)
                if whole is None:
                    yield at.skipped(f"a container of more than {size(self.limits.nested)} inside another")
                else:
                    yield from in_zip(self, at, whole, budget)
            case "mail" | "mailbox" if at.depth > self.limits.depth:
                yield at.skipped(f"more than {self.limits.depth} containers inside one another")
            case "mail":
                yield from in_mail(self, at, cast("IO[bytes]", _Rejoined(head, opened)), budget)
            case "mailbox":
                yield from in_mailbox(self, at, cast("IO[bytes]", _Rejoined(head, opened)), budget)
            case "json":
                yield from in_json(self, at, head, opened, budget)
            case "table":
                yield from in_table(self, at, head, opened, budget)
            case "gzip":
                yield from self._gunzipped(at, head, opened, budget)
            case "plain":
                yield self._plain(at, head, opened, length, budget)

    def _plain(self, at: Spot, head: bytes, opened: IO[bytes], length: int, budget: Budget) -> Found:
        if not head:
            return at.skipped("empty file")
        reason = unread_form(head)
        if not reason and length > self.limits.page:
            reason = f"larger than {size(self.limits.page)}, no page"
        if reason:
            return at.skipped(reason)
        data = head + opened.read(self.limits.page + 1 - len(head))
        if at.depth:
            budget.take(len(data))
        if len(data) > self.limits.page:
            return at.skipped(f"larger than {size(self.limits.page)}, no page")
        if at.depth and 0 <= length != len(data):
            return at.failed(f"damaged: it has {len(data)} of its {length} bytes")
        return at.found(data)

    def _in_memory(self, head: bytes, opened: IO[bytes], budget: Budget) -> IO[bytes] | None:
        """A container inside another, able to seek; None when it is too large to be held in memory."""
        data = head + opened.read(self.limits.nested + 1 - len(head))
        budget.take(len(data))
        return None if len(data) > self.limits.nested else io.BytesIO(data)

    def _gunzipped(self, at: Spot, head: bytes, opened: IO[bytes], budget: Budget) -> Iterator[Found]:
        plain = gzip.GzipFile(fileobj=_Rejoined(head, opened), mode="rb")
        within = Spot(at.path, at.member, at.depth + 1, at.about)
        try:
            yield from self.open(within, cast("IO[bytes]", plain), -1, budget)
        except BudgetError:
            if at.depth:
                raise
            yield at.failed("it unpacks to far more than its size; left unread")
        except (OSError, EOFError, zlib.error) as error:
            yield at.failed(f"damaged gzip file ({why(error)})")


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes have been read already."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if self._head:
            taken = self._head if size < 0 else self._head[:size]
            self._head = self._head[len(taken) :]
            return taken
        return self._rest.read(size)
