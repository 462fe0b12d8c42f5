"""Where the fetcher may connect: public addresses on ports 80 and 443, and what a setting opens besides.

A host name says nothing about where it leads, so what counts is the address that is about to be connected to.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from graph.errors import FetchRefused, WrongParameter

Address = IPv4Address | IPv6Address
PORTS = (80, 443)
SETTING = "TALENTGRAPH_FETCH_ALLOW"

# The IANA special-purpose registries, spelled out: what `ipaddress` calls global differs between versions of Python.
_FORBIDDEN_4 = {
    "0.0.0.0/8": "this host",
    "10.0.0.0/8": "a private network",
    "100.64.0.0/10": "a provider's inner network",
    "127.0.0.0/8": "this machine",
    "168.63.129.16/32": "a cloud's metadata service",
    "169.254.0.0/16": "a local link, where clouds keep their metadata",
    "172.16.0.0/12": "a private network",
    "192.0.0.0/24": "reserved for protocols",
    "192.0.2.0/24": "reserved for documentation",
    "192.88.99.0/24": "a relay to IPv6",
    "192.168.0.0/16": "a private network",
    "198.18.0.0/15": "reserved for benchmarks",
    "198.51.100.0/24": "reserved for documentation",
    "203.0.113.0/24": "reserved for documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
}
_GLOBAL_6 = IPv6Network("2000::/3")  # all that is assigned for the public; the rest is local, mapped, or reserved
_FORBIDDEN_6 = {
    "2001::/23": "reserved for protocols and tunnels (Teredo)",
    "2001:db8::/32": "reserved for documentation",
    "2002::/16": "a tunnel to an IPv4 address (6to4)",
    "3fff::/20": "reserved for documentation",
}
_OUTSIDE_6 = {
    "::/128": "no address",
    "::1/128": "this machine",
    "::ffff:0:0/96": "an IPv4 address in IPv6 form",
    "::/96": "an IPv4 address in IPv6 form",
    "64:ff9b::/96": "an IPv4 address behind a translator (NAT64)",
    "64:ff9b:1::/48": "an IPv4 address behind a translator (NAT64)",
    "fc00::/7": "a private network",
    "fe80::/10": "a local link",
    "ff00::/8": "multicast",
}
_ISATAP = (0x00005EFE, 0x02005EFE)  # bits 64–95 of a tunnel to an IPv4 address

_TABLES: tuple[tuple[IPv4Network | IPv6Network, str], ...] = tuple(
    (ip_network(network), reason)
    for table in (_FORBIDDEN_4, _FORBIDDEN_6, _OUTSIDE_6)
    for network, reason in table.items()
)
_ENTRY = re.compile(
    r"(?:\[(?P<six>[^\]]+)\]|(?P<host>[^:\s]+)|(?P<bare>[0-9a-fA-F:]+(?:/\d+)?))(?::(?P<port>\d{1,5}))?"
)


def forbidden(address: Address) -> str | None:
    """Return why nothing may connect to an address, or None where it is a public one."""
    if isinstance(address, IPv6Address) and address.scope_id:
        return "an address of one network card"
    for network, reason in _TABLES:
        if address.version == network.version and address in network:
            return reason
    if isinstance(address, IPv6Address):
        if address not in _GLOBAL_6:
            return "reserved"
        if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
            return "a tunnel to an IPv4 address (ISATAP)"
    return None


@dataclass(frozen=True, slots=True)
class Opening:
    """One entry of the setting: an address or network, or a host name with a port, that may be connected to."""

    network: IPv4Network | IPv6Network | None
    host: str | None
    port: int | None

    def admits(self, address: Address, port: int) -> bool:
        """Return whether the entry opens this port of this address."""
        return (
            self.network is not None
            and address.version == self.network.version
            and address in self.network
            and (port == self.port if self.port else port in PORTS)
        )


def openings(setting: str) -> tuple[Opening, ...]:
    """Return what the setting opens.

    Raises:
        WrongParameter: an entry is no address, network, or host with a port.
    """
    return tuple(_opening(entry.strip()) for entry in setting.split(",") if entry.strip())


def _opening(entry: str) -> Opening:
    found = _ENTRY.fullmatch(entry)
    port = int(found["port"]) if found and found["port"] else None
    if found and (port is None or 0 < port < 65536):
        place = found["six"] or found["host"] or found["bare"]
        try:
            return Opening(ip_network(place), None, port)
        except ValueError:
            if found["host"] and port and re.fullmatch(r"[a-z0-9_.-]*[a-z][a-z0-9_.-]*", place.lower()):
                return Opening(None, place.lower().rstrip("."), port)
    raise WrongParameter(
        SETTING,
        f"{SETTING} holds {entry[:80]!r}, which is none of: address (127.0.0.1:8080), network (10.2.0.0/16), host with "
        "port (example.org:8080).",
    )


def vet(host: str, addresses: Sequence[str], port: int, opened: Sequence[Opening]) -> list[Address]:
    """Return the addresses of a host if each of them may be connected to.

    One bad address among good ones refuses all: an honest host has none.

    Raises:
        FetchRefused: an address or the port is forbidden; or there is none.
    """
    vetted: list[Address] = []
    for text in addresses:
        try:
            address = ip_address(text)
        except ValueError as error:
            raise FetchRefused(f"its host {host} leads to {text[:60]!r}, which is no address") from error
        if not any(opening.admits(address, port) for opening in opened):
            if reason := forbidden(address):
                leads = "" if text == host else f" leads to {address}, which"
                shown = f"[{address}]" if address.version == 6 else str(address)
                raise FetchRefused(
                    f"its host {host}{leads} is {reason}; what is meant to be read there is opened by"
                    f" {SETTING}={shown}:{port}"
                )
            if port not in PORTS and not any((o.host, o.port) == (host.rstrip("."), port) for o in opened):
                raise FetchRefused(f"is on port {port}; only 80 and 443 are fetched, {SETTING}={host}:{port} opens it")
        if address not in vetted:
            vetted.append(address)
    if not vetted:
        raise FetchRefused(f"its host {host} has no address")
    return vetted
