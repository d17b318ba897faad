"""Setting rounds up: the list, a round's rule, its criteria."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from judging.models import Round, RoundRule
from judging.rounds.forms.rounds import RoundForm
from judging.rounds.forms.ties import tie_choices, tie_value
from judging.rounds.kinds.across import way_in_words
from judging.rounds.kinds.balloting import ballot_of
from judging.rounds.kinds.combining import combination_in_words
from judging.rounds.kinds.seeing_others import SEEING_OTHERS
from judging.rounds.services.rounds import save_round, settle_ask
from judging.rounds.views.criteria import sections_of
from judging.rounds.views.frame import ground_run_by, round_run_by, show
from judging.rounds.words.rule import best_words, rule_words
from judging.states import RoundState
from network.requests import AuthedRequest
from toolkit.kinds import called
from toolkit.refusals_told import attempt, told_in


@login_required
def list_rounds(request: AuthedRequest, slug: str, city: str | None = None) -> HttpResponse:
    """An edition's rounds, those of cities' own selections below; or those of one city's selection."""
    ground = ground_run_by(request.user, slug, city)
    rounds = Round.objects.filter(edition=ground.edition).with_progress().order_by("city__name", "order")
    listed = list(rounds.filter(city=ground.city) if ground.city else rounds)
    own = [round for round in listed if round.city_id == (ground.city.pk if ground.city else None)]
    weight = sum(round.weight for round in own)
    context = {"ground": ground, "rounds": listed, "weight": weight, "weighs": len(own) > bool(ground.city)}
    return show(request, "judging/rounds/rounds.html", context)


@login_required
def add_round(request: AuthedRequest, slug: str, city: str | None = None) -> HttpResponse:
    ground = ground_run_by(request.user, slug, city)
    begun = Round(edition=ground.edition, city=ground.city, same_city_conflicts=ground.city is None, rule=RoundRule())
    form = RoundForm(request.POST or None, edition=ground.edition, instance=begun)
    of_city = {"city": ground.city} if ground.city else {}
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            made = save_round(by=request.user, round=None, edition=ground.edition, **form.values(), **of_city)
            messages.success(request, _("The round is made. Add its criteria."))
            return redirect("round", made.pk)
    status = 422 if request.method == "POST" else 200
    return show(request, "judging/rounds/round_form.html", {"ground": ground, "form": form}, status)


@login_required
def show_round(request: AuthedRequest, pk: int) -> HttpResponse:
    """The round's set-up: window, rule and criteria; what can still change, and why not."""
    round = round_run_by(request.user, pk)
    return show(
        request,
        "judging/rounds/round.html",
        {
            "round": round,
            **sections_of(round),
            "locked": why_locked(round),
            "combine": combination_in_words(round.rule.combine),
            "across": way_in_words(round.rule.across),
            "ballot": ballot_of(round),
            "others_marks": called(SEEING_OTHERS, round.others_marks),
            "chain": chain_words(round),
            "sentences": rule_words(round),
            "bests": best_words(round),
            "limits": limits_of(round),
        },
    )


def limits_of(round: Round) -> list[str]:
    """How many go on at most: all in all, of one city, of one category."""
    limits = [] if round.rule.advance_count is None else [str(round.rule.advance_count)]
    if round.rule.advance_per_city is not None:
        limits.append(_("%(most)s per city at most") % {"most": round.rule.advance_per_city})
    if round.rule.advance_per_category is not None:
        limits.append(_("%(most)s per category at most") % {"most": round.rule.advance_per_category})
    return limits


def chain_words(round: Round) -> list[str]:
    """The rules for ties in words, in order."""
    known = dict(tie_choices(round))
    values = [tie_value(link) for link in round.rule.tie_chain]
    return [known.get(value) or _("unknown rule “%(rule)s”") % {"rule": value} for value in values]


def why_locked(round: Round) -> str:
    if round.state == RoundState.DRAFT:
        return ""
    if round.state == RoundState.OPEN:
        return _("The round is open: jurors rely on its rule. You can still give more time and better words.")
    return _("The round is closed and its results are frozen: nothing here changes any more.")


@login_required
def edit_round(request: AuthedRequest, pk: int) -> HttpResponse:
    round = round_run_by(request.user, pk)
    form = RoundForm(request.POST or None, edition=round.edition, instance=round)
    if round.state == RoundState.OPEN:
        for name, field in form.fields.items():
            field.disabled = name != "closes_at" and not name.startswith(("name_", "guidance_"))
    elif round.state != RoundState.DRAFT:
        return redirect("round", pk)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        if round.state == RoundState.OPEN:
            values = {name: values[name] for name in ("name", "guidance", "closes_at")}
        with told_in(form):
            save_round(by=request.user, round=round, **values)
            messages.success(request, _("Saved."))
            return redirect("round", pk)
    status = 422 if request.method == "POST" else 200
    context = {"round": round, "form": form, "locked": why_locked(round), "bests": best_words(round)}
    return show(request, "judging/rounds/round_form.html", context, status)


@login_required
@require_POST
def settle(request: AuthedRequest, pk: int) -> HttpResponse:
    """A point that the published rules leave open is settled."""
    round = round_run_by(request.user, pk)
    field = request.POST.get("field", "")
    attempt(request, lambda: settle_ask(by=request.user, round=round, field=field), _("Settled."))
    return redirect("round", pk)
