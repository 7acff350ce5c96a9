"""Files as they are found: folders, archives and compressed streams, opened one inside the other.

Nothing is ever extracted to disk. `walk` is lazy: one file's bytes are read when the caller asks for the next item.
Every file met gives one item, with its bytes or with the reason why it is passed over.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, BinaryIO, cast

from newstui.fetch.databases import in_database
from newstui.fetch.decoding import size
from newstui.fetch.filenames import shown_path
from newstui.fetch.forms import HEAD, Compression, Form, closed_form, form_of, is_text, unread_form
from newstui.fetch.found import Budget, BudgetError, Found, Limits, Spot, Tally
from newstui.fetch.mails import in_mail, in_mailbox
from newstui.fetch.page_bytes import is_markup, read_page_bytes
from newstui.fetch.pieces import in_json, in_table
from newstui.fetch.regular import NotRegularError, open_regular, why
from newstui.fetch.streams import StreamError, unpacked
from newstui.fetch.tars import in_tar
from newstui.fetch.walking import in_folder
from newstui.fetch.warc.captures import Captures
from newstui.fetch.warc.detect import packing_of
from newstui.fetch.warc.opening import in_web_archive
from newstui.fetch.warc.unpackers import Packing
from newstui.fetch.zip_directory import ends_as_zip
from newstui.fetch.zips import in_zip


class Walk:
    """One import's way through files and containers."""

    def __init__(
        self,
        limits: Limits | None = None,
        stdin: BinaryIO | None = None,
        settled: Callable[[str, os.stat_result], bool] = lambda _path, _status: False,
    ) -> None:
        """`settled` says of a file on disk, by its path as shown and its status, that it need not be opened."""
        self.limits = limits or Limits()
        self._settled = settled
        self.tally = Tally()
        self.captures = Captures()
        self._stdin = stdin
        self._held = 0

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

    def file(self, path: str, *, anew: bool = False) -> Iterator[Found]:
        """What one file on disk holds; anew: also when it is settled, for others say what becomes of it."""
        at = Spot(shown_path(path), "", 0, file=path)
        try:
            opened = open_regular(path)
        except NotRegularError as error:
            yield at.failed(str(error))
            return
        except OSError as error:
            yield at.failed(why(error))
            return
        with opened:
            status = os.fstat(opened.fileno())
            length = status.st_size
            if not anew and self._settled(at.path, status):
                self.tally.found -= 1
                self.tally.passed += length
                return
            budget = Budget(max(self.limits.least, self.limits.ratio * length))
            self.tally.opened = opened
            try:
                yield from self.open(at, opened, length, budget)
            except OSError as error:
                yield at.failed(why(error))
            finally:
                self.tally.opened = None
                self.tally.passed += length

    def _from_stdin(self, stdin: BinaryIO) -> Iterator[Found]:
        at = Spot("-", "", 0)
        data = stdin.read(self.limits.nested + 1)
        if len(data) > self.limits.nested:
            yield at.failed(f"larger than {size(self.limits.nested)}; give it as a file")
            return
        budget = Budget(max(self.limits.least, self.limits.ratio * len(data)))
        yield from self.open(at, io.BytesIO(data), len(data), budget)

    def open(self, at: Spot, opened: IO[bytes], length: int, budget: Budget) -> Iterator[Found]:
        """What the file open at its beginning holds; `length` is its stated size in bytes, -1 when it has none.

        Whatever unpacks takes what it unpacks from `budget`; a container whose own is spent is left, and the one around
        it goes on.
        """
        head = read_up_to(opened, HEAD)
        packing = packing_of(head)
        form = form_of(head) if packing is None else "web archive"
        if form == "plain" and at.on_disk and ends_as_zip(opened, length):
            # A program that unpacks itself, or a page of SingleFileZ: a ZIP file may have anything before it.
            form = "zip"
        if form == "plain":
            yield self.plain(at, head, opened, length)
            return
        if not at.on_disk and length >= 0:
            budget = Budget(max(self.limits.least // 4, self.limits.ratio * length), budget)
        try:
            if packing is None:
                yield from self._container(form, at, head, opened, budget)
            else:
                yield from self._web_archive(at, head, opened, packing, budget)
        except BudgetError as error:
            if error.budget is not budget:
                raise
            yield at.failed(str(error))

    def _container(self, form: Form, at: Spot, head: bytes, opened: IO[bytes], budget: Budget) -> Iterator[Found]:
        match form:
            case "gzip" | "bzip2" | "xz" | "lzma" | "Zstandard":
                yield from self._unpacked(form, at, head, opened, budget)
            case "json":
                yield from in_json(self, at, head, opened, budget)
            case "database":
                yield from in_database(self, at, head, opened, budget)
            case "table":
                yield from in_table(self, at, head, opened, budget)
            case _ if at.depth >= self.limits.depth:
                yield at.failed(f"more than {self.limits.depth} containers inside one another")
            case "zip" if at.on_disk:
                yield from in_zip(self, at, opened, budget)
            case "zip":
                yield from self._in_memory(at, head, opened, budget)
            case "tar":
                yield from in_tar(self, at, rejoined(head, opened), budget)
            case "mail":
                yield from in_mail(self, at, rejoined(head, opened), budget)
            case "mailbox":
                yield from in_mailbox(self, at, rejoined(head, opened), budget)

    def _web_archive(
        self, at: Spot, head: bytes, opened: IO[bytes], packing: Packing, budget: Budget
    ) -> Iterator[Found]:
        """What a web archive holds; nothing in it is opened further, so it may stand at any depth."""
        name = getattr(opened, "name", "")
        path = name if at.on_disk and isinstance(name, str) else ""
        yield from in_web_archive(self, at, rejoined(head, opened), packing, budget, path=path)

    def plain(self, at: Spot, head: bytes, opened: IO[bytes], length: int) -> Found:
        """A file that is no container, `head` read of it already."""
        if not head:
            return at.skipped("empty file")
        reason = closed_form(head)
        if reason:
            return at.failed(reason)
        reason = unread_form(head)
        if reason:
            return at.skipped(reason)
        if length <= (self.limits.inlined if is_markup(head) else self.limits.page):
            data, count = read_page_bytes(head, opened, self.limits.page, self.limits.inlined)
            if len(data) <= self.limits.page:
                if not at.on_disk and 0 <= length != count:
                    return at.failed(f"damaged: it has {count} of its {length} bytes")
                return at.found(data)
        if is_text(head):
            return at.failed(f"larger than {size(self.limits.page)}, too much text for one page")
        return at.skipped(f"larger than {size(self.limits.page)}, no page")

    def _in_memory(self, at: Spot, head: bytes, opened: IO[bytes], budget: Budget) -> Iterator[Found]:
        """A ZIP file inside another container, held in memory because its end must be read first."""
        most = self.limits.nested - self._held
        data = head + read_up_to(opened, most + 1 - len(head))
        if len(data) > most:
            yield at.failed(f"a ZIP file of more than {size(most)} inside another; unpack that and import the folder")
            return
        self._held += len(data)
        try:
            yield from in_zip(self, at, io.BytesIO(data), budget)
        finally:
            self._held -= len(data)

    def _unpacked(self, form: Compression, at: Spot, head: bytes, opened: IO[bytes], budget: Budget) -> Iterator[Found]:
        if at.streams >= self.limits.streams:
            yield at.failed(f"more than {self.limits.streams} compressed files inside one another")
            return
        stream = unpacked(form, rejoined(head, opened), budget)
        try:
            yield from self.open(at.unpacked(), cast("IO[bytes]", stream), -1, budget)
        except StreamError as error:
            yield at.failed(f"damaged {form} file ({error})")
            return
        if stream.strange >= 0:
            yield at.failed(f"from byte {stream.strange} on it is no {form} file; what stands before that is read")


def read_up_to(opened: IO[bytes], count: int) -> bytes:
    """The next `count` bytes, fewer only at the end: a stream may give less at once before it breaks."""
    parts: list[bytes] = []
    while count > 0 and (part := opened.read(count)):
        parts.append(part)
        count -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def rejoined(head: bytes, rest: IO[bytes]) -> IO[bytes]:
    """A stream whose first bytes `head` have been read already."""
    return cast("IO[bytes]", _Rejoined(head, rest))


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes have been read already."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if self._head:
            taken = self._head[:size] if size >= 0 else self._head
            self._head = self._head[len(taken) :]
            more = size - len(taken)
            return taken + self._rest.read(more if size >= 0 else -1) if more else taken
        return self._rest.read(size)
