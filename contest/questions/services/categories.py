"""Categories of an edition."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contest.models import Category, Edition, Entry
from contest.questions.services.questions import held_edition
from network.models import User
from network.services import record_event
from toolkit.refusals import Refusal


@transaction.atomic
def save_category(
    *, by: User, edition: Edition, category: Category | None = None, code: str, name: Any, order: int = 0
) -> Category:
    """Adds or renames a category. Raises Refusal when another one of the edition has its code."""
    edition = held_edition(by, edition)
    twins = Category.objects.filter(edition=edition, code=code)
    if (twins.exclude(pk=category.pk) if category else twins).exists():
        raise Refusal(_("Another category has this code."), code="category.code", field="code", status=422)
    category = category or Category(edition=edition)
    category.code, category.name, category.order = code, name, order
    category.save()
    record_event(by=by, verb="save", thing=category, after={"edition": edition.slug, "code": code, "order": order})
    return category


@transaction.atomic
def remove_category(*, by: User, category: Category) -> None:
    """Removes a category that no entry has chosen. Raises Refusal for one that was chosen."""
    held_edition(by, category.edition)
    if Entry.objects.filter(category=category).exists():
        raise Refusal(_("Entries have chosen this category: it stays."), code="category.used")
    record_event(by=by, verb="remove", thing=category, before={"code": category.code})
    category.delete()
