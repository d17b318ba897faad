"""Files that are made from others and kept under a name that says from which."""

from django.core.files.base import ContentFile
from django.core.files.storage import Storage


def keep_once(storage: Storage, name: str, content: bytes) -> None:
    """Keeps `content` under exactly that name. Of two who make it at once, the first one's stays: a storage would give
    the second another name, which nobody would find again, nor delete."""
    kept = storage.save(name, ContentFile(content))
    if kept != name:
        storage.delete(kept)
