"""A refusal told where the reader looks, in its own words: in the form that was sent, so that nothing typed is lost, or
at the top of the page that follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages

from toolkit.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from django.forms import BaseForm
    from django.http import HttpRequest
    from django_stubs_ext import StrPromise


def show_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Puts the sentence beside its field (of a text in every language the first), or above the form."""
    names = (refusal.field, f"{refusal.field}_{settings.LANGUAGE_CODE}")
    form.add_error(next((name for name in names if name in form.fields), None), str(refusal.message))


class told_in:
    """`with told_in(form): …` does what may be refused, and what follows when it was not; a refusal ends it and becomes
    an error of the form."""

    def __init__(self, form: BaseForm) -> None:
        self.form = form

    def __enter__(self) -> None:
        """Nothing: the form is told afterwards."""

    def __exit__(self, _kind: object, raised: BaseException | None, _trace: TracebackType | None) -> bool:
        if not isinstance(raised, Refusal):
            return False
        show_refusal(self.form, raised)
        return True


def attempt(request: HttpRequest, act: Callable[[], object], done: str | StrPromise) -> bool:
    """Does `act` and says that it is `done`; a refusal is said at the top of the page that follows. Whether it was
    done."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return False
    messages.success(request, done)
    return True
