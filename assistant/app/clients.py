"""An address → who counts as one client where tries or requests are limited."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network


def client_of(host: str) -> str:
    """A client's IPv4 address; of IPv6 the first 64 bits, which one household has whole. What is no address stays."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return host
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, 64), strict=False))
