"""The client: conditional GET over guarded connections, under limits of bytes, hops and time.

httpx's clients follow redirects, keep cookies and decompress without limits, so each of these is done here by hand over
its transports and raw streams. The deadline is wall-clock and whole, redirects, drips and endless headers included: the
transports' own timeouts hold for one read each, and a server that drips a byte a second would never meet them.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import functools
import os
import ssl
from collections.abc import AsyncIterator
from typing import Final
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from newstui import __version__
from newstui.config import Settings
from newstui.errors import UsageError
from newstui.fetch.addresses import Allowance, PrivateAddressError
from newstui.fetch.connecting import WIRE, PoolTransport, guarded, resolve
from newstui.fetch.decoding import Body, BodyError
from newstui.fetch.locations import Location, follow, locate
from newstui.fetch.replies import FetchError, Reply
from newstui.text.clean import clean_line

HOPS: Final = 8
"""Redirects followed for one source."""
_CONNECTIONS: Final = 2
"""At once, for one host's session; a large shared pool costs more per request than many small ones."""
_REST: Final = 1 << 16
"""Bytes read of a body nobody wants (redirects, errors), so that its connection can be used again."""
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PERMANENT: Final = frozenset({301, 308})
_ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, "
    "text/html;q=0.8, */*;q=0.5"
)


class Session:
    """Requests to one host (and to where it redirects), over at most two connections; close it when done."""

    def __init__(self, settings: Settings, allowance: Allowance | None = None) -> None:
        """`allowance`: the settings' allow_private, where many sessions share it."""
        self._settings = settings
        self._allowance = allowance or Allowance(settings.allow_private)
        self._transports: dict[str, PoolTransport] = {}

    async def close(self) -> None:
        """Close its connections."""
        for transport in self._transports.values():
            await transport.aclose()
        self._transports.clear()

    async def get(
        self, url: str, *, etag: str = "", last_modified: str = "", limit: int, accept: str = _ACCEPT, referer: str = ""
    ) -> Reply:
        """GET `url` within the settings' `timeout`, following at most HOPS redirects.

        `referer` is the page that names a picture (RFC 9110 §10.1.3); without it many sites refuse theirs. A body
        beyond `limit` bytes, refused addresses, broken connections and no complete answer in time raise FetchError.
        Any status may come back as a Reply: judging it is the caller's.
        """
        try:
            async with asyncio.timeout(self._settings.timeout):
                return await self._get(url, _headers(accept, referer, etag, last_modified), limit)
        except TimeoutError as error:
            raise FetchError(f"no complete answer within {self._settings.timeout:g} s") from error

    async def _get(self, url: str, asked: list[tuple[str, str]], limit: int) -> Reply:
        moved, permanent, wire = "", True, 0
        try:
            here = locate(url)
            for _ in range(HOPS + 1):
                async with self._answer(here, asked) as response:
                    status, target = response.status_code, _header(response, "location")
                    if status in _REDIRECTS and target:
                        wire += await _drain(response)
                        onward = follow(here, target)
                        permanent = permanent and status in _PERMANENT and not onward.user
                        permanent = permanent and not (here.scheme == "https" and onward.scheme == "http")
                        moved = onward.url if permanent else moved
                        here = onward
                        continue
                    body = b""
                    if status in (200, 203):
                        taken = Body(_header(response, "content-encoding"), limit)
                        async for chunk in response.aiter_raw():
                            taken.add(chunk)
                        body, count = taken.done(), taken.wire
                    else:
                        count = await _drain(response)
                    return Reply(
                        status,
                        here.url,
                        body,
                        _header(response, "content-type"),
                        _kept(_header(response, "etag")),
                        _kept(_header(response, "last-modified")),
                        _header(response, "retry-after"),
                        moved,
                        wire + count,
                    )
        except (BodyError, PrivateAddressError, UsageError) as error:
            raise FetchError(str(error), wire=wire) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, ssl.SSLError) as error:
            raise FetchError(_broken(error, here), wire=wire) from error
        except (httpcore.ProxyError, httpcore.UnsupportedProtocol) as error:
            raise FetchError(f"the proxy failed ({error})", wire=wire) from error
        raise FetchError(f"more than {HOPS} redirects, the last to {here.url[:200]}", wire=wire)

    @contextlib.asynccontextmanager
    async def _answer(self, here: Location, asked: list[tuple[str, str]]) -> AsyncIterator[httpx.Response]:
        headers = [
            ("Host", here.authority),
            ("User-Agent", user_agent(self._settings.contact)),
            ("Accept-Encoding", "gzip"),
            *asked,
        ]
        if here.user:
            headers.append(("Authorization", "Basic " + base64.b64encode(here.user.encode()).decode("ascii")))
        transport = await self._transport(here)
        each = self._settings.timeout
        port = None if here.usual_port else here.port
        address = httpcore.URL(scheme=here.scheme, host=here.host, port=port, target=here.target)
        request = httpx.Request(
            "GET", "", headers=headers, extensions={WIRE: address, "timeout": httpx.Timeout(each).as_dict()}
        )
        # Not through a client: it would look up the proxy, read cookies and take the redirect's target apart itself.
        response = await transport.handle_async_request(request)
        try:
            yield response
        finally:
            await response.aclose()

    async def _transport(self, here: Location) -> PoolTransport:
        proxy = "" if self._allowance.covers(here.host, here.port) else proxy_for(here)
        if proxy:
            # The proxy makes the connection, so the address can only be judged by its name, as it resolves here.
            with contextlib.suppress(httpcore.ConnectError):
                self._allowance.choose(here.host, here.port, await resolve(here.host, here.port))
        key = f"{here.scheme} {proxy}"
        transport = self._transports.get(key)
        if transport is None:
            context = tls() if here.scheme == "https" else None
            pool = guarded(self._allowance, _proxy(proxy), context, _CONNECTIONS)
            transport = self._transports[key] = PoolTransport(pool)
        return transport


def _proxy(address: str) -> httpcore.Proxy | None:
    if not address:
        return None
    at = locate(address)
    user = at.user.partition(":")
    return httpcore.Proxy(
        httpcore.URL(scheme=at.scheme, host=at.host, port=at.port, target="/"),
        auth=(user[0], user[2]) if at.user else None,
    )


def user_agent(contact: str) -> str:
    """How newstui names itself to servers."""
    return f"newstui/{__version__} (+{contact})" if contact else f"newstui/{__version__}"


def proxy_for(here: Location) -> str:
    """The http proxy the environment names for this location (HTTP_PROXY, HTTPS_PROXY, NO_PROXY); "" for none."""
    proxies = getproxies()
    proxy = proxies.get(here.scheme) or proxies.get("all") or ""
    if not proxy or proxy_bypass(here.host):
        return ""
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    if not proxy.startswith(("http://", "https://")):
        raise FetchError(f"the proxy {proxy[:100]} is of a kind that is not supported; only http proxies are")
    return proxy


@functools.cache
def tls() -> ssl.SSLContext:
    """One context for all connections: the system's authorities and certifi's (loading them takes 20 ms or more)."""
    import certifi

    context = ssl.create_default_context()
    if not os.environ.get("SSL_CERT_FILE"):
        context.load_verify_locations(certifi.where())
    return context


def _header(response: httpx.Response, name: str) -> str:
    """The first value of a header as it came, bytes as Latin-1; "" when it is not there."""
    wanted = name.encode("ascii")
    for key, value in response.headers.raw:
        if key.lower() == wanted:
            return value.decode("latin-1").strip()
    return ""


def _headers(accept: str, referer: str, etag: str, last_modified: str) -> list[tuple[str, str]]:
    pairs = [("Accept", accept), ("Referer", referer), ("If-None-Match", etag), ("If-Modified-Since", last_modified)]
    return [(name, value) for name, value in pairs if value and value.isascii() and value.isprintable()]


def _kept(validator: str) -> str:
    # A validator that cannot be sent back as it came is of no use.
    return validator if validator.isascii() and validator.isprintable() and len(validator) <= 1024 else ""


async def _drain(response: httpx.Response) -> int:
    count = 0
    async for chunk in response.aiter_raw():
        count += len(chunk)
        if count > _REST:
            break
    return count


def _broken(error: Exception, here: Location) -> str:
    text = _cause(error)
    match error:
        case httpcore.TimeoutException():
            return f"{here.host} did not answer in time"
        case httpcore.ConnectError() if "not known here" in text:
            return text
        case httpcore.ConnectError():
            return f"cannot connect to {here.authority} ({text or 'no reason given'})"
        case httpcore.RemoteProtocolError():
            return f"{here.host} broke off or spoke no HTTP ({text or 'no reason given'})"
    return f"the connection to {here.host} broke ({text or 'it hung up'})"


def _cause(error: BaseException) -> str:
    """The system's own words for what went wrong, beneath the libraries' wrappings."""
    text = clean_line(str(error))[:200]
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, OSError) and inner.errno and inner.errno > 0 and not isinstance(inner, ssl.SSLError):
            return os.strerror(inner.errno)
        text = text or clean_line(str(inner))[:200]
        inner = inner.__cause__ or inner.__context__
    return text
