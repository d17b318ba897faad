"""Which party a guest is."""

from __future__ import annotations

from corridor.states import Party


def guest_party(guest: str) -> Party:
    """As which party a guest of this short word signs."""
    return Party.STARTUP if guest == "startup" else Party.GUEST
