"""Setting up an edition."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contest.editions.forms import EditionForm
from contest.editions.services.editions import RULES, label_of, publish_edition, save_edition
from contest.models import Edition
from contest.states import Phase
from network.gates import organisers_only
from network.requests import AuthedRequest
from toolkit.refusals_told import told_in


@organisers_only
def make_edition(request: AuthedRequest) -> HttpResponse:
    return _edit(request, None)


@organisers_only
def edit_edition(request: AuthedRequest, slug: str) -> HttpResponse:
    return _edit(request, get_object_or_404(Edition, slug=slug, is_archive=False))


def _edit(request: AuthedRequest, edition: Edition | None) -> HttpResponse:
    form = EditionForm(request.POST or None, edition=edition)
    if request.method == "POST" and form.is_valid():
        version = edition.rules_version if edition else 1
        with told_in(form):
            saved = save_edition(by=request.user, edition=edition, **form.values(), **form.reason())
            saved.refresh_from_db()
            if saved.rules_version > version:
                values = {"version": saved.rules_version}
                messages.success(
                    request, _("Saved as version %(version)s of the rules. All entrants are told.") % values
                )
            else:
                messages.success(request, _("Saved."))
            return redirect("organise_edition", saved.slug)
    context = {
        "form": form,
        "edition": edition,
        "is_open": edition is not None and edition.phase != Phase.UPCOMING,
        "rules": [label_of(name) for name in RULES],
    }
    return render(request, "contest/editions/edition_form.html", context)


@organisers_only
@require_POST
def publish(request: AuthedRequest, slug: str) -> HttpResponse:
    edition = get_object_or_404(Edition, slug=slug)
    is_public = request.POST.get("public") == "yes"
    publish_edition(by=request.user, edition=edition, is_public=is_public)
    messages.success(request, _("The edition is public.") if is_public else _("The edition is hidden."))
    return redirect("organise_edition", slug)
