"""Where a visitor comes from, behind any number of proxies of ours."""

import ipaddress
import logging
from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)
UNKNOWN = "0.0.0.0"  # what must hold an address holds this one where there is none


def parse(hop: str) -> str | None:
    """The address that a hop names, with or without port and brackets; None for “unknown”, a made-up name, nothing."""
    hop = hop.strip().strip('"')
    if hop.startswith("["):
        hop = hop[1:].partition("]")[0]
    elif hop.count(":") == 1:
        hop = hop.partition(":")[0]
    try:
        address = ipaddress.ip_address(hop.partition("%")[0])
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


def visitor_address(meta: Mapping[str, str], proxies: int) -> str:
    """The visitor's address from a request's META; "" where nobody told one (a Unix socket without a header).

    Each proxy appends whom it heard to X-Forwarded-For: of `proxies` trusted ones, the first one's word counts, and
    what stands further left is the visitor's own. Fewer hops than proxies: some were gone around, so the leftmost
    counts. A hop that is no address: the next one nearer to us. Without proxies the header counts for nothing.
    """
    hops = [hop for hop in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()] if proxies > 0 else []
    for hop in [*hops[-proxies:], meta.get("REMOTE_ADDR", "")]:
        address = parse(hop)
        if address:
            return address
    return ""


def counted_as(address: str) -> str:
    """What limits count for an address: itself; of version 6 its network of 64 bits,
    of which each household has a whole one."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{known}/64", strict=False)) if known.version == 6 else address


class VisitorAddressMiddleware:
    """Puts the visitor's address into REMOTE_ADDR, so that limits, evidence and lists of devices all read the same."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.has_warned = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = visitor_address(request.META, settings.TRUSTED_PROXIES)
        if not address and not self.has_warned:
            self.has_warned = True
            logger.warning(
                "visitors have no address: set TRUSTED_PROXIES to the number of proxies in front of this server"
            )
        request.META["REMOTE_ADDR"] = address
        return self.get_response(request)
