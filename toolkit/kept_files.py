"""Files beside their rows: neither stays without the other; and files that are made from others."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Model
from django.db.models.fields.files import FieldFile


def keep_once(storage: Storage, name: str, content: bytes) -> None:
    """Keeps `content` under exactly that name. Of two who make it at once, the first one's stays: a storage would give
    the second another name, which nobody would find again, nor delete."""
    kept = storage.save(name, ContentFile(content))
    if kept != name:
        storage.delete(kept)


@contextmanager
def stored(model: type[Model], name: str, content: File[Any]) -> Iterator[str]:
    """The name under which `content` lies, for the `file` of a row of `model` that is made within; whatever keeps that
    row from being made takes the file away again."""
    field: Any = model._meta.get_field("file")
    kept = field.storage.save(field.generate_filename(model(), name), content)
    try:
        yield kept
    except BaseException:
        field.storage.delete(kept)
        raise


def delete_once_certain(file: FieldFile) -> None:
    """Deletes the file of a row that goes, when the transaction that deletes the row has ended well."""
    storage, name = file.storage, file.name
    transaction.on_commit(lambda: storage.delete(name or ""))
