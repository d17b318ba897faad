"""The key under which a person’s device keeps what could not be sent: docs/decisions/offline-queue.md."""

import base64
import hmac

from django.conf import settings
from django.utils.crypto import salted_hmac

from network.models import User


def offline_boxes(user: User) -> list[dict[str, str]]:
    """[{"name", "key"}]: where this person's devices keep what is not sent,
    and the 256-bit key (base64) it is written with.

    `name` stands for the person and says nothing of them. The first is the one to write with; the others are of secrets
    that were replaced, so that what a device kept before is still found and read. Handed to this person's own pages
    only.
    """
    secrets: list[str | bytes] = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        {"name": _name(secret, user), "key": base64.b64encode(_digest("key", secret, user)).decode()}
        for secret in secrets
    ]


def boxes_for(user: User, what: str) -> list[dict[str, str]]:
    """Boxes of their own for one kind of page (`reports`), apart from a juror's scorecards."""
    return [{**box, "name": f"{box['name']}-{what}"} for box in offline_boxes(user)]


def is_box_of(user: User, name: str) -> bool:
    return any(hmac.compare_digest(box["name"].encode(), name.encode()) for box in offline_boxes(user))


def _name(secret: str | bytes, user: User) -> str:
    return _digest("name", secret, user).hex()[:24]


def _digest(what: str, secret: str | bytes, user: User) -> bytes:
    return salted_hmac(f"judging.offline.{what}", str(user.pk), secret=secret, algorithm="sha256").digest()
