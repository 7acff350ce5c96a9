"""Connections that are made only to addresses that may be reached."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterable
from ipaddress import ip_address

import httpcore

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
