"""A dossier in steps: each saved on its own, none losing what was typed when a rule says no;
and saved while it is typed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from contest.dossier.forms import VersionedForm, with_version
from contest.dossier.services.drafts import DossierKind, Row, Stale
from contest.dossier.views.typing import saved_answer, typing_in
from network.models import User
from network.requests import AuthedRequest
from network.typed import Typed
from toolkit.refusals import Refusal
from toolkit.refusals_told import show_refusal

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict
    from django_stubs_ext import StrPromise

LAST = "check"  # the step on which it is read once more, and sent


@dataclass
class Kept:
    """What is kept now, beside what was typed in a form made from an older version."""

    row: Any
    differences: list[dict[str, object]]


class StepPages(ABC, Generic[Row]):
    """The pages of a kind of dossier. A subclass says which steps, whose, and which form each has.

    `page` names the dossier's own page, `page`_step a step's address and `page`_step_save where it is saved while
    it is typed: steps named in `typed_in`. Templates are `templates`/step_NAME.html.
    """

    kind: DossierKind[Row]
    page: str
    templates: str
    steps: Mapping[str, str | StrPromise]
    typed_in: tuple[str, ...]

    @abstractmethod
    def own(self, user: User, pk: int) -> Row:
        """The dossier that somebody writes, with all that its pages show. Raises Http404."""

    @abstractmethod
    def form_of(
        self, row: Row, step: str, data: QueryDict | None, files: MultiValueDict[str, Any] | None = None
    ) -> forms.Form: ...

    @abstractmethod
    def send(self, by: User, row: Row, form: Any) -> None:
        """Sends it: the last step."""

    @abstractmethod
    def context(self, row: Row, step: str, form: Any) -> dict[str, Any]:
        """What the kind's templates are told besides."""

    @abstractmethod
    def say(self, code: str) -> str:
        """The kind's own sentence for sent, and for saved (of what was sent before)."""

    def save_step(self, by: User, row: Row, step: str, form: Any) -> None:
        """Saves one step."""
        version, values, answers = form.cleaned_data["version"], form.values(), form.answers()
        self.kind.save_parts(by=by, row=row, version=version, values=values, answers=answers)

    def is_written(self, row: Row) -> bool:
        """Whether its steps are there to be opened."""
        return True

    def edit(self, request: AuthedRequest, pk: int, step: str) -> HttpResponse:
        """Shows a step, or saves it and goes on to the next."""
        if step not in self.steps:
            raise Http404
        row = self.own(request.user, pk)
        if request.method == "GET" and not self.is_written(row):
            return redirect(self.page, pk)
        data = request.POST if request.method == "POST" else None
        form, stale = self.form_of(row, step, data, request.FILES or None), None
        if data is not None and form.is_valid():
            try:
                self.send(request.user, row, form) if step == LAST else self.save_step(request.user, row, step, form)
            except Stale as refusal:
                form.add_error(None, refusal.message)
                stale = Kept(refusal.row, form.compare(refusal.row) if isinstance(form, VersionedForm) else [])
                form.data = with_version(data, refusal.row.version)
            except Refusal as refusal:
                show_refusal(form, refusal)
            else:
                return redirect(*self._next(request, row, step))
            row = self.own(request.user, pk)
        return render(
            request, f"{self.templates}/step_{step}.html", self._context(request.user, row, step, form, stale)
        )

    def keep(self, typed: Typed, pk: int, step: str) -> HttpResponse:
        """What the script of a step sends while it is typed: see network.typed."""
        if step not in self.typed_in:
            raise Http404
        row = self.own(typed.by, pk)
        return saved_answer(self.kind, row, typed, lambda data: self.form_of(row, step, data))

    def _next(self, request: AuthedRequest, row: Row, step: str) -> tuple[Any, ...]:
        if step == LAST:
            messages.success(request, self.say("sent"))
            return (self.page, row.pk)
        row.refresh_from_db(fields=["state"])
        messages.success(request, self.say("saved") if row.was_sent else _("Saved as a draft."))
        names = list(self.steps)
        follows = step if "stay" in request.POST else names[names.index(step) + 1]
        return (f"{self.page}_step", row.pk, follows)

    def _address(self, row: Row, step: str) -> str:
        return reverse(f"{self.page}_step", args=[row.pk, step])

    def _context(self, user: User, row: Row, step: str, form: forms.Form, stale: Kept | None) -> dict[str, Any]:
        missing = self.kind.missing_of(row)
        names = list(self.steps)
        place = names.index(step)
        return {
            "dossier": row,
            "form": form,
            "stale": stale,
            "step": step,
            "title": self.steps[step],
            "number": place + 1,
            "missing": [(part, self._address(row, part.step)) for part in missing],
            "steps": self._stepper(row, step, {part.step for part in missing}),
            "previous": self._address(row, names[place - 1]) if place else "",
            "typing": typing_in(user, row, self.page, step) if step in self.typed_in else None,
            **self.context(row, step, form),
        }

    def _stepper(self, row: Row, step: str, unfinished: set[str]) -> list[dict[str, object]]:
        def state(name: str) -> str:
            if name == step:
                return "now"
            if name == LAST:
                return "done" if row.was_sent else "ahead"
            return "ahead" if name in unfinished else "done"

        return [
            {"label": label, "url": self._address(row, name), "state": state(name)}
            for name, label in self.steps.items()
        ]
