"""Which network addresses a source may lead to.

A feed may name any host, and its server may redirect anywhere: into the reader's own network, to loopback, or to a
cloud's metadata service. So addresses that are not public are refused unless the person allowed that host and port.
Names are no evidence (decimal, octal and short forms, DNS that changes its answer), hence these rules are applied to
the numeric address a connection is made to, at every hop.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from newstui.errors import NewstuiError

Address = IPv4Address | IPv6Address

_FAKE: Final = ip_network("198.18.0.0/15")
"""Set aside for benchmarks (RFC 2544); transparent proxies answer every name with an address in it."""
_NAT64: Final = IPv6Network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are an IPv4 address."""
_NAT64_LOCAL: Final = IPv6Network("64:ff9b:1::/48")
_COMPATIBLE: Final = IPv6Network("::/96")


class PrivateAddressError(NewstuiError):
    """The address is private, loopback, link-local or otherwise not public, and was not allowed."""

    def __init__(self, endpoint: str, means: str) -> None:
        super().__init__(
            f'{endpoint} is a private address{means}; if you trust it, add "{endpoint}" to allow_private in config.toml'
        )
        self.endpoint = endpoint
        """The "host:port" that would have to be allowed."""


def is_public(text: str) -> bool:
    """Whether the numeric address `text` belongs to the public internet; IPv4 inside IPv6 is judged as IPv4."""
    address = _unwrapped(ip_address(text.partition("%")[0]))
    if address in _FAKE:
        return True
    return address.is_global and not address.is_multicast and not address.is_reserved


def _unwrapped(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and address.teredo is not None:
        inner = address.teredo[1]
    if inner is None and (address in _NAT64 or (address in _COMPATIBLE and int(address) > 1)):
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    if inner is None and address in _NAT64_LOCAL:
        # RFC 8215: translation inside one's own network, never a public address.
        return IPv4Address("127.0.0.1")
    return inner or address


def host_port(host: str, port: int) -> tuple[str, int]:
    """A host and port in the one form that is compared: lower case, no brackets, numeric addresses canonical."""
    host = host.strip("[]").rstrip(".").lower()
    try:
        return str(ip_address(host)), port
    except ValueError:
        return host, port


class Allowance:
    """The "host:port" pairs a person has allowed although they are private."""

    def __init__(self, entries: Iterable[str]) -> None:
        pairs = (entry.rpartition(":") for entry in entries)
        self._pairs = frozenset(host_port(host, int(port)) for host, _, port in pairs)

    def covers(self, host: str, port: int) -> bool:
        """Whether `host` as it stands in the URL (not what it resolves to) and `port` were allowed.

        A name that merely resolves to an allowed number is not covered: whoever runs its DNS chooses that number.
        """
        return host_port(host, port) in self._pairs

    def choose(self, host: str, port: int, numbers: Iterable[str]) -> list[str]:
        """The `numbers` (what `host` resolved to) that may be connected to; PrivateAddressError when none may."""
        found = list(dict.fromkeys(numbers))
        if self.covers(host, port):
            return found
        chosen = [number for number in found if is_public(number)]
        if not chosen:
            raise refusal(host, port, found[0] if found else "")
        return chosen


def refusal(host: str, port: int, number: str) -> PrivateAddressError:
    """The error for a private address, with the way out."""
    name, _ = host_port(host, port)
    endpoint = f"[{name}]:{port}" if ":" in name else f"{name}:{port}"
    return PrivateAddressError(endpoint, "" if number in ("", name) else f" (it means {number})")
