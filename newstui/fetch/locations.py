"""Addresses of sources as a client needs them (pure): http(s) URLs made ASCII, parts split, redirects joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

from newstui.errors import UsageError
from newstui.text.clean import clean, clean_line

_PATH_SAFE: Final = "/:@!$&'()*+,;=~-._%"
_QUERY_SAFE: Final = _PATH_SAFE + "?[]"
_NO_HOST: Final = frozenset('"<>\\^`{|}%/?#@')
_PORTS: Final = {"http": 80, "https": 443}
LONGEST: Final = 8192
"""Characters of a URL that is worth asking for."""


@dataclass(frozen=True, slots=True)
class Location:
    """An http(s) URL taken apart."""

    scheme: str
    host: str
    """ASCII, lower case; a numeric IPv6 address without brackets."""
    port: int
    target: str
    """Path and query, percent-encoded ASCII."""
    user: str = ""
    """"name:password" as given in the URL, decoded; never sent to another host."""

    @property
    def authority(self) -> str:
        """Host and, when it is not the scheme's own, port, as in a Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.usual_port else f"{host}:{self.port}"

    @property
    def usual_port(self) -> bool:
        """Whether the port is the one its scheme means without saying so."""
        return self.port == _PORTS[self.scheme]

    @property
    def url(self) -> str:
        """The URL without user and fragment."""
        return f"{self.scheme}://{self.authority}{self.target}"

    def same_origin(self, other: Location) -> bool:
        """Whether both are answered by the same server process, as far as a client can know."""
        return (self.scheme, self.host, self.port) == (other.scheme, other.host, other.port)


def locate(url: str) -> Location:
    """The parts of an http(s) URL; hanzi in host, path or query are encoded; raises UsageError when it is none."""
    url = url.strip()
    shown = brief(url)
    if len(url) > LONGEST:
        raise UsageError(f"the address {shown}… is longer than {LONGEST} characters")
    if clean(url) != url:
        raise UsageError(f"the address {shown} contains control characters")
    try:
        parts = urlsplit(url)
        scheme = parts.scheme.lower()
        if scheme not in _PORTS:
            raise UsageError(f"{shown}: not an http or https address")
        host = _ascii_host(parts.hostname or "")
        port = _PORTS[scheme] if parts.port is None else parts.port
    except (ValueError, UnicodeError) as error:
        raise UsageError(f"{shown}: not a valid address ({clean_line(str(error))})") from error
    if not host or not 0 < port < 65536:
        raise UsageError(f"{shown}: the address names no host")
    return Location(scheme, host, port, _target(parts), _user(parts))


def brief(address: str) -> str:
    """An address as a message names it: one clean line of at most 200 characters."""
    return clean_line(address[:200])


def _ascii_host(host: str) -> str:
    # Judged after IDNA, which turns some letters into a blank or a slash.
    ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    if any(char <= " " or char in _NO_HOST for char in ascii_host):
        raise ValueError("its host has characters that no host name has")
    return ascii_host.lower()


def _target(parts: SplitResult) -> str:
    path = quote(parts.path, safe=_PATH_SAFE) or "/"
    return urlunsplit(("", "", path, quote(parts.query, safe=_QUERY_SAFE), "")) if parts.query else path


def _user(parts: SplitResult) -> str:
    if parts.username is None:
        return ""
    return f"{unquote(parts.username)}:{unquote(parts.password or '')}"


def follow(base: Location, target: str) -> Location:
    """Where a Location header leads from `base`; credentials that a server put in are dropped; raises UsageError."""
    # Servers send raw UTF-8 (or worse) here; what h11 hands over is latin-1.
    try:
        target = target.encode("latin-1").decode("utf-8")
    except UnicodeError:
        target = quote(target.encode("latin-1", "replace"), safe=_QUERY_SAFE + "#")
    try:
        joined = urljoin(base.url, target.strip())
    except ValueError as error:
        raise UsageError(f"{base.url}: redirects to something that is no address") from error
    found = locate(joined)
    return Location(found.scheme, found.host, found.port, found.target, base.user if base.same_origin(found) else "")
