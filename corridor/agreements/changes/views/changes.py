"""Changing an agreement on the screen: what to change, the form, the preview, the document; requests and receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import formset_factory
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from corridor.agreements.changes.content import notice_of, party_blocks, stands
from corridor.agreements.changes.forms import ChangeForm, initial_of
from corridor.agreements.changes.services.changes import draft_change, preview_change
from corridor.agreements.changes.services.requests import answer_request, ask_for_change, confirm_receipt, proposal_in
from corridor.agreements.changes.services.rules import check_stands, gives_notice
from corridor.agreements.content import beside_each_other
from corridor.agreements.views import visible_agreement
from corridor.domain.chain.chain import Person, Proposal, follow, in_order
from corridor.forms import ONE_DAY
from corridor.kinds.document_kinds import DOCUMENT_KINDS, ChangeKind, change_kinds
from corridor.kinds.lengths import length_words
from corridor.life.forms.life import TravellerForm
from corridor.life.reading.stays import today_at
from corridor.models import Agreement, ChangeRequest, Receipt, Stay
from network.permissions import is_organiser
from network.requests import AuthedRequest
from toolkit.letters import texts_in, undrawn_words
from toolkit.refusals import Forbidden, Refusal

if TYPE_CHECKING:
    from django.forms import BaseFormSet

    from network.models import User


ROWS_MORE = 2


def _base(request: AuthedRequest, pk: int) -> tuple[Agreement, Stay]:
    """The agreement of the chain, which must stand, and its stay."""
    agreement = visible_agreement(request.user, pk)
    base = agreement.base or agreement
    stay = Stay.objects.with_parties().get(pk=base.stay_id)
    check_stands(base, stay)
    return base, stay


def _own_parties(user: User, base: Agreement) -> list[tuple[str, str]]:
    """(party, name) for which the reader may speak: an organiser for any, others for their own."""
    blocks = party_blocks(base, {}, base.content)
    return [(b.party, b.name) for b in blocks if is_organiser(user) or gives_notice(user, base, b.party)]


@login_required
@require_GET
def choose(request: AuthedRequest, pk: int) -> HttpResponse:
    """What can be changed, in plain words."""
    base, stay = _base(request, pk)
    if not _own_parties(request.user, base):
        raise Forbidden(_("The parties and the organiser change an agreement."))
    notice = notice_of(base).days
    context = {
        "agreement": base,
        "stay": stay,
        "organises": is_organiser(request.user),
        "offered": [(kind, kind.about(notice)) for kind in change_kinds()],
        **_now(stay),
    }
    return render(request, "corridor/agreements/change.html", context)


def _now(stay: Stay) -> dict[str, object]:
    return {"length": length_words(stay.starts, stay.ends), "has_begun": stay.starts <= today_at(stay)}


@login_required
def change(request: AuthedRequest, pk: int, kind: str) -> HttpResponse:
    """The form of one kind of change; an organiser sees the document before it is drafted,
    a party asks or gives notice."""
    what = DOCUMENT_KINDS.get(kind)
    if not isinstance(what, ChangeKind):
        raise Http404
    base, stay = _base(request, pk)
    parties = _own_parties(request.user, base)
    if not parties:
        raise Forbidden(_("The parties and the organiser change an agreement."))
    organises = is_organiser(request.user)
    asked_for = _request_of(request, base) if organises else None
    first = proposal_in(asked_for) if asked_for and asked_for.kind == kind else Proposal(people=None)
    initial = initial_of(first) if asked_for else {}
    form = ChangeForm(
        request.POST or None,
        initial=initial,
        kind=what,
        agreement=base,
        stay=stay,
        parties=parties,
        organises=organises,
        has_begun=stay.starts <= today_at(stay),
    )
    people = _people_forms(request, stay, first.people) if what.names_people else None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (people is None or people.is_valid()):
            try:
                answer = _go_on(request, base, what, form, _named(people, stay, form), asked_for)
            except Refusal as refusal:
                if refusal.status == 403:  # nothing typed otherwise would help
                    raise
                _show(form, refusal)
                status = refusal.status
            else:
                if answer is not None:
                    return answer
                status = 200
    context = {
        "agreement": base,
        "stay": stay,
        "kind": what,
        "form": form,
        "people": people,
        "organises": organises,
        "asked_for": asked_for,
        "gives_notice": not organises and what.is_given_alone,
        **_now(stay),
    }
    return render(request, "corridor/agreements/change_form.html", context, status=status)


def _go_on(
    request: AuthedRequest,
    base: Agreement,
    kind: ChangeKind,
    form: ChangeForm,
    asked: Proposal,
    asked_for: ChangeRequest | None,
) -> HttpResponse | None:
    """The next page after a valid form: the preview, the document, or a request; None to fill the form in once more."""
    step = request.POST.get("step", "")
    if step == "edit":
        return None
    alone = kind.is_given_alone and not asked.is_joint
    if not form.organises and not alone:
        party = form.cleaned_data["party"]
        ask_for_change(by=request.user, agreement=base, party=party, kind=kind.code, asked=asked)
        messages.success(request, _("Your request is on its way to the organiser, who answers it."))
        return redirect(reverse("agreement", args=[base.pk]) + "#chain")
    values: dict[str, Any] = {
        "by": request.user,
        "agreement": base,
        "kind": kind.code,
        "asked": asked,
        "signatories": form.signatories(),
    }
    if step == "issue":
        made = draft_change(**values, request=asked_for)
        messages.success(request, _("The document is drafted. It is being prepared; whoever signs is asked by mail."))
        return redirect("agreement", made.pk)
    if not form.organises:  # as draft_change will have it: who gives notice signs it
        values["signatories"] = {asked.party: {"signatory": request.user.full_name}}
    hidden = [
        (name, value)
        for name, given in request.POST.lists()
        for value in given
        if name not in ("csrfmiddlewaretoken", "step")
    ]
    doc = preview_change(**values)
    context = {"agreement": base, "doc": doc, "two": beside_each_other(doc), "hidden": hidden}
    context["undrawn"] = undrawn_words("".join(texts_in(doc.as_data())))
    return render(request, "corridor/agreements/change_preview.html", context)


def _show(form: ChangeForm, refusal: Refusal) -> None:
    field = {"ends": "last_day"}.get(refusal.field or "", refusal.field)
    form.add_error(field if field in form.fields else None, str(refusal.message))


def _request_of(request: AuthedRequest, base: Agreement) -> ChangeRequest | None:
    """The open request that is answered by this document."""
    number = request.GET.get("request", "")
    return base.requests.open().filter(pk=number).first() if number.isdecimal() and len(number) < 10 else None


def _people_forms(request: AuthedRequest, stay: Stay, asked: Sequence[Person] | None) -> BaseFormSet[TravellerForm]:
    rows = stands(stay).people if asked is None else asked
    People = formset_factory(TravellerForm, extra=max(1, stay.desks + ROWS_MORE - len(rows)), max_num=60)
    first = [
        {"name": one.name, "nationalities": one.nationalities, "starts": one.starts, "ends": one.ends - ONE_DAY}
        for one in rows
    ]
    return People(request.POST or None, initial=first, form_kwargs={"stay": stay}, prefix="people")


def _named(people: Any, stay: Stay, form: ChangeForm) -> Proposal:
    """What is asked, with the people where they are named anew: whoever stays to the end stays to the new end."""
    asked = form.asked()
    if people is None:
        return asked
    before = stands(stay)
    given = in_order(Person(**person) for one in people if (person := one.person()))
    if given == before.people:
        return asked
    after = form.kind.changed(before, replace(asked, people=()))
    return replace(asked, people=follow(given, before, after) if after.starts < after.ends else given)


@login_required
@require_POST
def answer(request: AuthedRequest, pk: int) -> HttpResponse:
    """Declines a request, or takes it back."""
    asked = get_object_or_404(ChangeRequest.objects.visible_to(request.user), pk=pk)
    verb = request.POST.get("verb", "")
    if verb not in ("decline", "take_back"):
        raise Refusal(_("Choose what to do with this request."), code="change.verb", status=422)
    answer_request(by=request.user, request=asked, verb=verb, answer=request.POST.get("answer", ""))
    messages.success(request, _("The request is taken back.") if verb == "take_back" else _("The request is declined."))
    return redirect(reverse("agreement", args=[asked.agreement_id]) + "#chain")


@login_required
@require_POST
def receive(request: AuthedRequest, pk: int) -> HttpResponse:
    """A party confirms that a notice has arrived; an organiser records it."""
    document = visible_agreement(request.user, pk)
    receipt = get_object_or_404(Receipt, agreement=document, party=request.POST.get("party", ""))
    confirm_receipt(by=request.user, receipt=receipt, note=request.POST.get("note", ""))
    messages.success(request, _("The receipt is recorded."))
    return redirect("agreement", pk)
