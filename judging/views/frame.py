"""What the organiser's judging pages share: fetching what one runs, the round's tabs, and telling a refusal."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from contest.models import Edition
from judging.models import Round
from network.models import User
from network.permissions import is_organiser
from toolkit import clock
from toolkit.protocols import NavLink
from toolkit.refusals import Refusal


def edition_run_by(user: User, slug: str) -> Edition:
    """An edition, for the organiser; for anybody else it is not there."""
    if not is_organiser(user):
        raise Http404
    return get_object_or_404(Edition, slug=slug)


def round_run_by(user: User, pk: int, *, progress: bool = True, **more) -> Round:
    """A round that the user runs, with its edition and city; with its criteria and counts of scorecards, unless `progress` is off. `more` is
    annotated."""
    rounds = Round.objects.run_by(user).annotate(**more)
    if progress:
        return get_object_or_404(rounds.with_progress(), pk=pk)
    return get_object_or_404(rounds.select_related("edition", "city"), pk=pk)


def show(request, template: str, context: dict, status: int = 200):
    """A page of a round or an edition, with the tabs of the round."""
    round = context.get("round")
    if round is not None:
        is_late = clock.now() >= round.closes_at
        context = {"edition": round.edition, "round_links": round_links(round), "is_late": is_late, **context}
    context["organises"] = is_organiser(request.user)
    return render(request, template, context, status=status)


def round_links(round: Round) -> list[NavLink]:
    pages = [
        (_("Set-up"), "round"),
        (_("Assignment"), "round_assignment"),
        (_("Live sessions"), "round_sessions"),
        (_("Progress"), "round_progress"),
        (_("Decisions"), "round_decisions"),
        (_("Standings"), "round_standings"),
        (_("Agreement"), "round_agreement"),
        (_("Stability"), "round_stability"),
        (_("Feedback"), "round_feedback"),
        (_("Minutes"), "round_minutes"),
    ]
    if round.is_calibration:
        pages = [(_("Set-up"), "round"), (_("Samples"), "round_practice"), (_("Progress"), "round_progress")]
    else:
        pages.append((_("Practice"), "round_practice"))
    return [NavLink(label, reverse(name, args=[round.pk]), order) for order, (label, name) in enumerate(pages)]


def attempt(request, act: Callable[[], object], done: str) -> bool:
    """Does `act` and says so; a refusal is said in its own words, at the top of the page that follows."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return False
    messages.success(request, done)
    return True


def refused(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Does `act`; a refusal becomes an error of the form, so that nothing typed is lost. Answers whether it was refused."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        return True
    return False
