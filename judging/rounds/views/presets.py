"""Rounds made from the published rules of a contest."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from judging.rounds.forms.rounds import WindowsForm
from judging.rounds.reading.presets import all_presets, load_preset
from judging.rounds.services.presets import create_rounds_from_rubric
from judging.rounds.views.frame import ground_run_by, show
from judging.rounds.words.criteria import in_words
from network.requests import AuthedRequest
from toolkit.refusals_told import told_in


@login_required
def list_presets(request: AuthedRequest, slug: str, city: str | None = None) -> HttpResponse:
    """Every preset with its source, its rounds and criteria, and what it leaves to the organiser."""
    ground = ground_run_by(request.user, slug, city)
    return show(request, "judging/rounds/presets.html", {"ground": ground, "presets": all_presets()})


@login_required
def use_preset(request: AuthedRequest, slug: str, preset_slug: str, city: str | None = None) -> HttpResponse:
    ground = ground_run_by(request.user, slug, city)
    edition = ground.edition
    try:
        preset = load_preset(preset_slug)
    except KeyError:
        raise Http404 from None
    names = [in_words(round.fields["name"]) for round in preset.rounds]
    form = WindowsForm(request.POST or None, edition=edition, rounds=names)
    windows = form.windows() if form.is_valid() else []
    if windows:
        with told_in(form):
            create_rounds_from_rubric(
                by=request.user, edition=edition, preset_slug=preset.slug, windows=windows, city=ground.city
            )
            told = ngettext(
                "%(number)s round is made. Settle what it asks.",
                "%(number)s rounds are made. Settle what they ask.",
                len(names),
            )
            messages.success(request, told % {"number": len(names)})
            return redirect(ground.rounds)
    context = {"ground": ground, "preset": preset, "form": form}
    return show(request, "judging/rounds/preset.html", context, 422 if form.is_bound else 200)
