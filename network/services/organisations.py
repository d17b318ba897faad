"""Organisations: each with an address of its own, also when two of one name are made at once."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from network.models import Organisation
from toolkit.codes import new_code

TRIES = 20


def make_organisation(name: str, *, fallback: str, **fields: Any) -> Organisation:
    """An organisation called `name`, under the slug of that name (else `fallback`),
    or one like it that is free. Call it in a transaction."""
    stem = slugify(name)[:70] or fallback
    slug = stem
    for _try in range(TRIES):
        if not Organisation.objects.filter(slug=slug).exists():
            try:
                with transaction.atomic():
                    return Organisation.objects.create(slug=slug, name=name, **fields)
            except IntegrityError:  # somebody took it between the look and the write
                if not Organisation.objects.filter(slug=slug).exists():
                    raise
        slug = f"{stem}-{new_code(4).lower()}"
    raise RuntimeError(f"no free slug for {stem}")
