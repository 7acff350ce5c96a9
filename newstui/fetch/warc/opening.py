"""Web archives as a person sees them: the pages in them, what else was captured, and what is damaged.

Records that are no captures (warcinfo, request, metadata, a crawler's own logs) are not told of one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Final

from newstui.fetch.decoding import size
from newstui.fetch.filenames import shown
from newstui.fetch.found import About, Budget, BudgetError, Found, Spot
from newstui.fetch.regular import open_regular
from newstui.fetch.warc.bodies import PayloadError, decoded, unchunked
from newstui.fetch.warc.captures import Captures, Place
from newstui.fetch.warc.framing import records
from newstui.fetch.warc.http import Answer, read_answer
from newstui.fetch.warc.judging import is_part, why_no_article, why_no_page
from newstui.fetch.warc.packed import open_packed
from newstui.fetch.warc.records import Record, capture_time
from newstui.fetch.warc.sources import Damage, PlainSource, Source
from newstui.fetch.warc.unpackers import Packing
from newstui.sources.urls import web_url

if TYPE_CHECKING:
    from newstui.fetch.containers import Walk

_CAPTURES: Final = frozenset(("response", "resource", "conversion", "arc"))
_SLIP: Final = 64
"""Bytes by which a length may be wrong without a word where nothing was lost: line ends that a transfer changed."""
_WAITING: Final = 1000
"""Revisits that wait for the end of the archive, where what they refer to may come later."""
_AGAIN: Final = 64 << 20
"""Bytes that are unpacked to come to one earlier capture."""
_METADATA: Final = "only the metadata of a page; its text is in the WARC or WET file beside it"


def in_web_archive(
    walk: Walk, at: Spot, stream: IO[bytes], packing: Packing, budget: Budget, *, path: str = ""
) -> Iterator[Found]:
    """Every capture in the web archive `stream`, which stands at its beginning.

    `path`: where the file lies when it can be opened again; "" when it lies in another container.
    """
    reading = _Reading(walk, at, packing, budget, path)
    source: Source = open_packed(stream, budget, packing) if packing else PlainSource(stream, 0)
    told = 0
    for found in reading.all(source):
        walk.tally.found += told > 0
        told += 1
        yield found
    if not told:
        yield at.skipped("a web archive without pages")


class _Reading:
    def __init__(self, walk: Walk, at: Spot, packing: Packing, budget: Budget, path: str) -> None:
        self._at = at
        self._packing: Packing = packing
        self._budget = budget
        self._path = path
        self._limit = walk.limits.page
        self._captures: Captures = walk.captures
        self._waiting: list[tuple[Record, Spot, str]] = []

    def all(self, source: Source) -> Iterator[Found]:
        """Everything to be told of."""
        for met in records(source, self._limit + (1 << 17), self._is_wanted):
            if isinstance(met, Damage):
                yield self._at.failed(f"damaged at byte {met.offset}: {met.what}")
                continue
            yield from self._told(met)
        for revisit, spot, content_type in self._waiting:
            yield self._revisited(revisit, spot, content_type) or spot.skipped(_referred(revisit))

    def _is_wanted(self, record: Record, peek: bytes) -> bool:
        """Whether a large record is to be held."""
        if record.kind == "revisit":
            return True
        if record.kind not in _CAPTURES:
            return False
        answer = read_answer(peek)
        return not _why_not(record, answer, peek)

    def _spot(self, record: Record, content_type: str) -> Spot:
        uri, date = record.uri, record.date
        url = web_url(uri)
        about = About(url=url, content_type=content_type, captured=date)
        # As the Wayback Machine names captures: of one address there may be many.
        name = f"{date:%Y%m%d%H%M%S}/{url or uri}" if date else url or uri
        return self._at.inside(shown(name)[:2000] or f"byte {record.offset}", about)

    def _told(self, record: Record) -> Iterator[Found]:
        answer = read_answer(record.block) if record.kind in ("response", "arc", "revisit") else None
        content_type = answer.get("content-type") if answer else record.text(b"content-type")
        spot = self._spot(record, content_type)
        if record.kind not in _CAPTURES and record.kind != "revisit":
            if record.kind == "metadata" and record.fields.get(b"content-type", b"").startswith(b"application/json"):
                yield spot.skipped(_METADATA)
            if record.cut or (record.odd and (not record.slip or record.slip > _SLIP)):
                yield self._at.failed(
                    f"damaged at byte {record.offset}: {record.kind or 'a'} record: {record.cut or record.odd}"
                )
            return
        if record.kind in ("resource", "arc") and answer is None and _is_own(record):
            return
        reason = _why_not(record, answer, record.block)
        if record.cut and (record.broken or not (reason or _is_whole(record, answer))):
            yield spot.failed(f"damaged at byte {record.offset}: {record.cut}")
            return
        if record.cut and reason:
            yield spot.failed(f"damaged at byte {record.offset}: {record.cut} ({reason})")
            return
        if reason:
            yield spot.skipped(reason)
        elif record.passed:
            yield spot.skipped(f"larger than {size(self._limit)}, no page")
        elif record.kind == "revisit":
            found = self._revisited(record, spot, content_type)
            if found is None and len(self._waiting) < _WAITING:
                self._waiting.append((record, spot, content_type))
            else:
                yield found or spot.skipped(_referred(record))
        else:
            found = self._page(record, answer, spot)
            self._remember(record)
            yield found
        if record.odd and (not record.slip or record.slip > _SLIP or not _is_whole(record, answer)):
            yield self._at.failed(f"damaged at byte {record.offset}: {record.odd}")
        elif record.cut and record.slip > _SLIP:
            yield self._at.failed(f"damaged at byte {record.offset}: {record.cut}")

    def _page(self, record: Record, answer: Answer | None, spot: Spot) -> Found:
        """The page in a record, decoded."""
        body = _body(record, answer)
        codings = answer.get("content-encoding") if answer else ""
        cut = b"warc-truncated" in record.fields
        try:
            data = decoded(body, codings, self._limit, self._budget, cut=cut)
        except PayloadError as error:
            if str(error).startswith("larger"):
                return spot.skipped(str(error))
            return spot.failed(f"damaged at byte {record.offset}: {error}")
        if not data.strip():
            return spot.skipped("an empty answer")
        if len(data) > self._limit:
            return spot.skipped(f"larger than {size(self._limit)}, no page")
        reason = why_no_page(spot.about.content_type, spot.about.url, data[:8192], packed=False)
        return spot.skipped(reason) if reason else spot.found(data)

    def _remember(self, record: Record) -> None:
        place = Place(self._path, self._packing, record.offset, record.within) if self._path else None
        self._captures.add(record, place)

    def _revisited(self, revisit: Record, spot: Spot, content_type: str) -> Found | None:
        """The page of the capture that `revisit` refers to, at its own address and time; None when it is not known."""
        where = self._captures.find(revisit)
        record = self._again(where) if isinstance(where, Place) else where
        if record is None:
            return None
        answer = read_answer(record.block) if record.kind in ("response", "arc") else None
        if not content_type:
            content_type = answer.get("content-type") if answer else record.text(b"content-type")
        about = About(url=spot.about.url or record.uri, content_type=content_type, captured=spot.about.captured)
        return self._page(record, answer, Spot(spot.path, spot.member, spot.depth, about))

    def _again(self, place: Place) -> Record | None:
        """The record at `place`, read once more."""
        try:
            with open_regular(place.path) as opened:
                budget = Budget(_AGAIN + 2 * self._limit)
                if place.within > _AGAIN:
                    return None
                if place.packing:
                    source: Source = open_packed(opened, budget, place.packing, start=place.offset)
                else:
                    opened.seek(place.offset)
                    source = PlainSource(opened, place.offset)
                left = place.within
                for met in records(_Later(source, left), self._limit + (1 << 17), lambda _, __: True):
                    return None if isinstance(met, Damage) or met.cut or met.passed else met
        except (OSError, BudgetError):
            return None
        return None


class _Later:
    """A source without its first bytes."""

    def __init__(self, source: Source, left: int) -> None:
        self._source = source
        self._left = left
        self.damage: Damage | None = None

    def read(self) -> bytes:
        """Some more bytes."""
        while chunk := self._source.read():
            dropped = min(self._left, len(chunk))
            self._left -= dropped
            if dropped < len(chunk):
                return chunk[dropped:]
        self.damage = self._source.damage
        return b""

    def onward(self) -> bool:
        """Nothing behind damage is wanted."""
        return False

    def place(self, position: int) -> tuple[int, int]:
        """Not asked for."""
        return position, 0


def _is_own(record: Record) -> bool:
    """Whether a record without HTTP is a crawler's own: its log, its settings, the head of an ARC file."""
    scheme = record.uri.partition(":")[0].lower()
    if scheme in ("filedesc", "warcinfo", "metadata"):
        return True
    is_text = record.fields.get(b"content-type", b"").lower().startswith((b"text/html", b"application/xhtml"))
    return not is_text and scheme not in ("http", "https", "ftp", "file", "dns")


def _why_not(record: Record, answer: Answer | None, block: bytes) -> str:
    """Why a capture is no page, as far as its heads and first bytes tell; "" when it may be one."""
    content_type = answer.get("content-type") if answer else record.text(b"content-type")
    if record.uri.lower().startswith("dns:") or content_type.lower().startswith("text/dns"):
        return "a look-up of a name, no page"
    packed = False
    start = 0
    if answer is not None:
        not_modified = record.kind == "revisit" and answer.status == 304
        reason = "" if not_modified else why_no_article(answer.status, _location(record, answer))
        if reason:
            return reason
        if is_part(answer.status, answer.get("content-range")):
            return "only a part of a page"
        packed = bool(answer.get("content-encoding")) or "chunked" in answer.get("transfer-encoding").lower()
        start = answer.body
    elif content_type.lower().startswith("application/http"):
        # A response without the protocol's head: its label is the archive's own, not the page's.
        content_type = ""
    if record.kind == "revisit":
        packed = True
    return why_no_page(content_type, web_url(record.uri), block[start : start + 8192], packed=packed)


def _location(record: Record, answer: Answer) -> str:
    given = answer.get("location")
    return shown(web_url(given, record.uri) or given)


def _body(record: Record, answer: Answer | None) -> bytes:
    if answer is None:
        return record.block
    body = record.block[answer.body :]
    if "chunked" in answer.get("transfer-encoding").lower():
        return unchunked(body)[0]
    if record.odd and answer.length is not None:
        return body[: answer.length]
    return body


def _is_whole(record: Record, answer: Answer | None) -> bool:
    """Whether an answer's own framing says that its body is all there."""
    if answer is None or record.passed:
        return False
    body = record.block[answer.body :]
    if "chunked" in answer.get("transfer-encoding").lower():
        return unchunked(body)[1]
    if answer.get("content-encoding") and not body.startswith(b"\x1f\x8b"):
        # The length may be that of the packed body, and what was kept the unpacked one.
        return False
    return answer.length is not None and len(body) >= answer.length


def _referred(revisit: Record) -> str:
    """Why a revisit cannot be read."""
    address = shown(revisit.text(b"warc-refers-to-target-uri"))[:500]
    date = capture_time(revisit.text(b"warc-refers-to-date"))
    what = address or shown(revisit.text(b"warc-refers-to"))[:200]
    when = f" of {date:%Y-%m-%d %H:%M:%S}" if date else ""
    named = f" ({what}{when})" if what else ""
    return f"the same as an earlier capture that is not in what was read{named}"
