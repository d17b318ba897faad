"""What the frame of every page needs: the navigation of the reader's roles."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from toolkit.protocols import collect


def frame(request):
    user = getattr(request, "user", None)

    def links():
        if user is None or not user.is_authenticated:
            return []
        seen = {link.url: link for link in collect("navigation", user)}
        return sorted(seen.values(), key=lambda link: link.order)

    return {"navigation_links": SimpleLazyObject(links), "demo": settings.DEMO, "languages": settings.LANGUAGES}
