"""The annexes of an incubator: what it adds to each of its agreements, in the languages of the documents."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from corridor.agreements.templates.languages import LANGUAGES
from corridor.agreements.templates.services.annexes import LONGEST_TEXT, LONGEST_TITLE, remove_annex, save_annex
from corridor.models import HostAnnex, Incubator
from corridor.permissions import can_edit_incubator, require
from network.requests import AuthedRequest
from toolkit.refusals_told import told_in


class AnnexForm(forms.Form):
    """A title and a text in each language of the documents, all optional."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            speaking = {"lang": language}
            self.fields[f"title_{language}"] = forms.CharField(
                label=gettext_lazy("Title"),
                max_length=LONGEST_TITLE,
                required=False,
                widget=forms.TextInput(attrs=speaking),
            )
            self.fields[f"text_{language}"] = forms.CharField(
                label=gettext_lazy("Text"),
                max_length=LONGEST_TEXT,
                required=False,
                widget=forms.Textarea(attrs={"rows": 8, **speaking}),
            )

    def by_language(self) -> list[Any]:
        return [(name, [self[f"title_{code}"], self[f"text_{code}"]]) for code, name in LANGUAGES.items()]

    def texts(self) -> dict[str, dict[str, str]]:
        return {
            code: {"title": self.cleaned_data[f"title_{code}"], "text": self.cleaned_data[f"text_{code}"]}
            for code in LANGUAGES
        }


def _incubator(request: AuthedRequest, pk: int) -> Incubator:
    incubator = get_object_or_404(Incubator.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    require(can_edit_incubator(request.user, incubator), _("Only the incubator’s own people change what it says."))
    return incubator


@login_required
def list_annexes(request: AuthedRequest, pk: int) -> HttpResponse:
    """What this incubator adds to its agreements."""
    incubator = _incubator(request, pk)
    annexes = [
        {
            "annex": annex,
            "titles": [text["title"] for text in annex.texts.values()],
            "languages": [LANGUAGES[code] for code in LANGUAGES if code in annex.texts],
            "missing": [LANGUAGES[code] for code in LANGUAGES if code not in annex.texts],
        }
        for annex in incubator.annexes.filter(removed_at=None)
    ]
    return render(request, "corridor/agreements/annexes.html", {"incubator": incubator, "annexes": annexes})


@login_required
def edit_annex(request: AuthedRequest, pk: int, annex_pk: int | None = None) -> HttpResponse:
    incubator = _incubator(request, pk)
    annex = get_object_or_404(incubator.annexes.filter(removed_at=None), pk=annex_pk) if annex_pk else None
    initial = {"version": annex.version if annex else 0}
    for code, text in (annex.texts if annex else {}).items():
        initial |= {f"title_{code}": text["title"], f"text_{code}": text["text"]}
    form = AnnexForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            version = form.cleaned_data["version"]
            with told_in(form):
                save_annex(by=request.user, incubator=incubator, annex=annex, texts=form.texts(), version=version)
                messages.success(request, _("Saved. Agreements that exist keep the text that they have."))
                return redirect("incubator_annexes", pk=pk)
    return render(
        request,
        "corridor/agreements/annex_form.html",
        {"form": form, "incubator": incubator, "annex": annex},
        status=status,
    )


@login_required
@require_POST
def drop_annex(request: AuthedRequest, pk: int, annex_pk: int) -> HttpResponse:
    incubator = _incubator(request, pk)
    annex = get_object_or_404(HostAnnex, pk=annex_pk, incubator=incubator, removed_at=None)
    remove_annex(by=request.user, annex=annex)
    messages.success(request, _("Removed. Agreements that exist keep it."))
    return redirect("incubator_annexes", pk=pk)
