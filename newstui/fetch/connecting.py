"""Connections that are made only to addresses that may be reached."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Iterable
from ipaddress import ip_address
from typing import Final

import httpcore
import httpx

from newstui.fetch.addresses import Allowance, is_public, refusal

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """TCP connections to public or allowed addresses; else PrivateAddressError before a byte is sent."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first of `host`'s permitted addresses that answers."""
        numbers = self._allowance.choose(host, port, await resolve(host, port))
        options = None if socket_options is None else list(socket_options)
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        # A dead first address (broken IPv6, say) must not use up the whole time.
        share = None if timeout is None else timeout / len(numbers)
        for number in numbers:
            try:
                stream = await self._plain.connect_tcp(number, port, share, local_address, options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            peer = stream.get_extra_info("server_addr")
            if not self._allowance.covers(host, port) and not (peer and is_public(str(peer[0]))):
                await stream.aclose()
                raise refusal(host, port, str(peer[0]) if peer else "")
            return stream
        assert failure is not None
        raise failure

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[SocketOption] | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Never: no source lives behind a local socket."""
        raise httpcore.ConnectError(f"local sockets are not used ({path})")

    async def sleep(self, seconds: float) -> None:
        """Wait between the attempts of a connection."""
        await asyncio.sleep(seconds)


WIRE: Final = "newstui.wire"
"""The request extension with the address as it goes over the wire."""


class PoolTransport(httpx.AsyncBaseTransport):
    """An httpx transport over a connection pool of ours: httpx's own takes no network backend.

    Errors of the pool come through as httpcore raises them.
    """

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._pool = pool
        self._answered = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request without a body to its WIRE extension, an httpcore.URL.

        httpx.URL would refuse addresses that servers do lead to (an IPv4 number with leading zeros, say).
        """
        try:
            response = await self._send(request)
        except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
            # A kept connection that the server was just closing (RFC 9112 §9.3.1): a GET may be sent again.
            if not self._answered:
                raise
            response = await self._send(request)
        self._answered = True
        return httpx.Response(response.status, headers=response.headers, stream=_Stream(response))

    async def _send(self, request: httpx.Request) -> httpcore.Response:
        return await self._pool.handle_async_request(
            httpcore.Request(
                request.method,
                request.extensions[WIRE],
                headers=request.headers.raw,
                extensions={"timeout": request.extensions["timeout"]},
            )
        )

    async def aclose(self) -> None:
        """Close the pool's connections."""
        await self._pool.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._response.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._response.aclose()


def guarded(
    allowance: Allowance, proxy: httpcore.Proxy | None, context: ssl.SSLContext | None, connections: int
) -> httpcore.AsyncConnectionPool:
    """A pool of at most `connections` connections, all to permitted addresses or to the proxy."""
    return httpcore.AsyncConnectionPool(
        ssl_context=context,
        proxy=proxy,
        max_connections=connections,
        max_keepalive_connections=connections,
        network_backend=None if proxy is not None else GuardedBackend(allowance),
    )


async def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of `host`, in the system's order; raises httpcore.ConnectError when there are none.

    The system's resolver cannot be interrupted, so it runs in a daemon thread that a finished program leaves behind;
    asyncio's own executor would be waited for at exit.
    """
    with contextlib.suppress(ValueError):
        return [str(ip_address(host))]
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str] | Exception] = loop.create_future()

    def settle(value: list[str] | Exception) -> None:
        if not answer.done():
            answer.set_result(value)

    def look_up() -> None:
        value: list[str] | Exception
        try:
            value = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except (OSError, UnicodeError) as error:
            value = error
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, value)

    threading.Thread(target=look_up, name=f"resolve {host}", daemon=True).start()
    found = await answer
    if isinstance(found, Exception):
        raise httpcore.ConnectError(f"the name {host} is not known here ({_reason(found)})") from found
    return found


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
