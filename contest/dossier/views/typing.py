"""What a step's page sends while somebody types: what is in order is kept, the rest comes back with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from contest.dossier.services.drafts import DossierKind, Row, Stale
from contest.models import Dossier
from network.models import User
from network.typed import Typed, refused, saved_words, script_words, typing_of
from toolkit.refusals import Refusal


def typing_in(user: User, row: Dossier, page: str, step: str) -> dict[str, object]:
    """What the script of a step is told (static/js/saved-form.js).

    What was sent is not sent again by typing (a city may have found it eligible): it stays on the device until
    somebody presses the button.
    """
    return typing_of(
        user,
        address=reverse(f"{page}_step_save", args=[row.pk, step]),
        key=f"{page}-{row.pk}-{step}",
        what="dossiers",
        is_new=row.version == 1,
        is_held=row.was_sent,
        words=script_words(
            wrong=_("Saved, except the fields shown in red"),
            conflict_explained=_(
                "This page was changed in another window or by somebody who writes it with you. "
                "Choose which version to keep."
            ),
            open_again=_("Open this page again"),
            gone=_("This is no longer yours to write."),
            held=_("Kept on this device until you save: it is submitted already"),
            held_restored=_("What you typed before is back; save it to submit it again"),
        ),
    )


def saved_answer(
    kind: DossierKind[Row], row: Row, typed: Typed, form_of: Callable[[QueryDict | None], Any]
) -> HttpResponse:
    """Saves what the form takes of what was typed. `form_of(data)` makes the step's form, empty or of what was typed.

    A field that the form or the rules refuse keeps what it had, and is told of in `errors`. 409 NAME.stale: `kept`
    holds the newer version.
    """
    blank = form_of(None)
    kept = {name: _text(value) for name, value in blank.kept(row).items() if name in blank.fields}
    values = {**kept, **{name: text for name, text in typed.values.items() if name in kept}}
    errors: dict[str, str] = {}
    while True:
        form = form_of(_as_posted(blank, values, typed.version))
        faults = {} if form.is_valid() else {name: str(found[0]) for name, found in form.errors.items()}
        try:
            if not faults:
                row = kind.save_parts(
                    by=typed.by,
                    row=row,
                    version=typed.version,
                    values=form.values(),
                    answers=form.answers(),
                    is_typed=True,
                )
                return JsonResponse({"version": row.version, "saved": saved_words(row.updated_at), "errors": errors})
        except Stale as refusal:
            return refused(refusal, kept=_kept_now(blank, refusal.row))
        except Refusal as refusal:
            if refusal.status != 422 or refusal.field not in kept or refusal.field in errors:
                return refused(refusal)
            faults = {refusal.field: str(refusal.message)}
        new = {name: text for name, text in faults.items() if name in kept and name not in errors}
        if not new:
            return refused(Refusal(_("This can't be read."), code="bad", status=400))
        errors.update(new)
        values.update({name: kept[name] for name in new})


def _kept_now(blank: Any, row: Dossier) -> dict[str, object]:
    values = {name: _text(value) for name, value in blank.kept(row).items() if name in blank.fields}
    return {"version": row.version, "values": values, "saved": saved_words(row.updated_at)}


def _text(value: Any) -> str:
    """A value as the page's script writes it: of several chosen, one a line."""
    if isinstance(value, (list, tuple)):
        return "\n".join(sorted(str(one) for one in value))
    return str(value or "")


def _as_posted(blank: forms.Form, values: Mapping[str, str], version: int) -> QueryDict:
    data = QueryDict(mutable=True)
    data["version"] = str(version)
    for name, text in values.items():
        if getattr(blank.fields[name].widget, "allow_multiple_selected", False):
            data.setlist(name, text.split("\n") if text else [])
        else:
            data[name] = text
    return data
