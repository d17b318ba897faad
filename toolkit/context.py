"""What the frame of every page needs: the navigation of the reader's roles, and the pages for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from toolkit.protocols import collect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.protocols import NavLink


def frame(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)

    public_links = SimpleLazyObject(lambda: sorted(collect("public_navigation"), key=lambda link: link.order))

    def links() -> Iterable[NavLink]:
        if user is None or not user.is_authenticated:
            return public_links
        seen = {link.url: link for link in collect("navigation", user)}
        return sorted(seen.values(), key=lambda link: link.order)

    return {
        "navigation_links": SimpleLazyObject(links),
        "public_links": public_links,
        "demo": settings.DEMO,
        "languages": settings.LANGUAGES,
    }
