"""Who is told what: rows in the outbox, in the reader's language and zone."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from corridor.models import Agreement, Candidate, ChangeRequest, Incubator, PaperCopy, PlacementPlan, Signature, Stay
from corridor.signers import expected
from corridor.states import SIGNING_ROLES, Party
from corridor.waiting import arrivals_of
from network.models import Event, User
from network.services import send_message
from network.states import Role
from toolkit import clock


def team_people(candidate: Candidate) -> list[User]:
    """The people of a candidate: founders of its organisation, or the graduate."""
    if candidate.user:
        return [candidate.user]
    return list(
        User.objects.filter(
            memberships__organisation=candidate.organisation_id, memberships__role=Role.FOUNDER, is_active=True
        )
        .distinct()
        .order_by("id")
    )


def host_people(incubator: Incubator) -> list[User]:
    """The people of an incubator."""
    return list(
        User.objects.filter(
            memberships__organisation=incubator.organisation_id, memberships__role=Role.HOST, is_active=True
        )
        .distinct()
        .order_by("id")
    )


def _tell(people: Iterable[User], kind: str, mark: str, **context: Any) -> None:
    for person in people:
        send_message(key=f"{kind}:{mark}:{person.pk}", kind=kind, to=person, context=context)


def tell_admitted(candidate: Candidate) -> None:
    """The team: you are admitted, give your wishes."""
    path = reverse("candidate_wishes", args=[candidate.pk])
    _tell(team_people(candidate), "corridor.admitted", str(candidate.pk), candidate=candidate, path=path)


def tell_wishes_saved(candidate: Candidate) -> None:
    """The team: these are your wishes, version so and so."""
    wishes = list(candidate.preferences.select_related("incubator__organisation").order_by("rank", "incubator_id"))
    closes = candidate.programme.wishes_close
    _tell(
        team_people(candidate),
        "corridor.wishes",
        f"{candidate.pk}:{candidate.version}",
        candidate=candidate,
        wishes=wishes,
        until=closes if closes and clock.now() < closes else None,
        path=reverse("candidate_wishes", args=[candidate.pk]),
    )


def tell_placed(stay: Stay) -> None:
    """Both sides: a stay is proposed, accept or decline it."""
    path = reverse("stay", args=[stay.pk])
    _tell(team_people(stay.candidate), "corridor.placed_team", str(stay.pk), stay=stay, path=path)
    _tell(host_people(stay.incubator), "corridor.placed_host", str(stay.pk), stay=stay, path=path)


def tell_accepted(stay: Stay, event: Event) -> None:
    """Both sides: both have accepted, the agreement follows.
    Again when it was moved and accepted anew, be it to where it was."""
    people = {person.pk: person for person in [*team_people(stay.candidate), *host_people(stay.incubator)]}
    mark = f"{stay.pk}:{event.pk}"
    _tell(people.values(), "corridor.accepted", mark, stay=stay, path=reverse("stay", args=[stay.pk]))


def tell_ended(stay: Stay, kind: str) -> None:
    """Both sides and the organisers: the stay is declined or cancelled, with the reason. `kind` names the mail."""
    sides = [*team_people(stay.candidate), *host_people(stay.incubator), *organisers()]
    people = {person.pk: person for person in sides}
    _tell(people.values(), f"corridor.{kind}", str(stay.pk), stay=stay, path=reverse("stay", args=[stay.pk]))


def tell_called(plan: PlacementPlan) -> None:
    """The organisers: what came free, and who would come. Nothing for a plan that somebody asked for."""
    every: Any = plan.calls
    calls = list(every.with_names())
    if not calls:
        return
    _tell(
        organisers(),
        "corridor.waiting_list",
        str(plan.pk),
        programme=plan.programme,
        calls=calls,
        arrivals=arrivals_of([plan])[plan.pk],
        path=reverse("plan", args=[plan.pk]),
    )


def tell_moved(stay: Stay, event: Event) -> None:
    """Both sides: the organisers moved the stay, answer again."""
    people = {person.pk: person for person in [*team_people(stay.candidate), *host_people(stay.incubator)]}
    _tell(people.values(), "corridor.moved", f"{stay.pk}:{event.pk}", stay=stay, path=reverse("stay", args=[stay.pk]))


def signers_of(signature: Signature) -> list[User]:
    """The people who may sign for a party: the one expected,
    or all of the party where nobody is expected by account."""
    return [person for person in party_people(signature) if signature.signatory_id in (None, person.pk)]


def party_people(signature: Signature) -> list[User]:
    """The people who stand for a party, whoever of them signs."""
    if signature.user_id is not None:
        return list(User.objects.filter(pk=signature.user_id, is_active=True))
    members = User.objects.filter(
        memberships__organisation=signature.organisation_id,
        memberships__role=SIGNING_ROLES[Party(signature.party)],
        is_active=True,
    )
    return list(members.distinct().order_by("id"))


def ask_next_signer(agreement: Agreement) -> None:
    """Who signs for the party whose turn it is: read the agreement and sign it. Nobody there any more:
    name somebody else."""
    signature = agreement.signatures.filter(signed_at__isnull=True).order_by("order").first()
    if signature is None:
        return
    context = {
        "agreement": agreement,
        "signature": signature,
        "signatory": expected(signature, agreement.frozen).name,
        "stay": agreement.stay,
    }
    # Whoever is named again after somebody else is asked again.
    mark = ":".join([str(agreement.pk), signature.party, signature.stand_in.get("named_at", "")]).rstrip(":")
    signers = signers_of(signature)
    if signers:
        path = reverse("agreement", args=[agreement.pk])
        _tell(signers, "corridor.agreement_to_sign", mark, path=path, **context)
        return
    people = {person.pk: person for person in [*party_people(signature), *organisers()]}
    path = reverse("agreement_signer", args=[agreement.pk, signature.party])
    _tell(people.values(), "corridor.signer_left", mark, path=path, **context)


def send_code(agreement: Agreement, person: User, code: str, mark: str) -> None:
    """The signer: the code to type before signing. Erased from the outbox after a day."""
    send_message(
        key=f"corridor.signing_code:{mark}",
        kind="corridor.signing_code",
        to=person,
        context={"agreement": agreement, "code": code, "path": reverse("agreement", args=[agreement.pk])},
        is_secret=True,
    )


def organisers() -> list[User]:
    return list(User.objects.filter(memberships__role=Role.ORGANISER, is_active=True).distinct().order_by("id"))


def ask_to_compare(copy: PaperCopy, agreement: Agreement) -> None:
    """The organisers: a scan of a copy signed by hand waits to be compared."""
    _tell(
        organisers(),
        "corridor.copy_to_compare",
        str(copy.pk),
        agreement=agreement,
        signature=copy.signature,
        path=reverse("paper_copy", args=[agreement.pk, copy.pk]),
    )


def tell_copy_differs(copy: PaperCopy, agreement: Agreement) -> None:
    """Who sent the scan: it was not accepted, page by page."""
    _tell(
        [copy.uploaded_by],
        "corridor.copy_differs",
        str(copy.pk),
        agreement=agreement,
        findings=[finding for finding in copy.findings if not finding["same"]],
        path=reverse("agreement", args=[agreement.pk]),
    )


def tell_executed(agreement: Agreement) -> None:
    """Everybody who signed, and who drafted it: the executed copy is there."""
    people = {agreement.drafted_by_id: agreement.drafted_by}
    people |= {one.signed_by.pk: one.signed_by for one in agreement.signatures.all() if one.signed_by}
    path = reverse("agreement", args=[agreement.pk])
    _tell(
        people.values(),
        "corridor.agreement_executed",
        str(agreement.pk),
        agreement=agreement,
        stay=agreement.stay,
        path=path,
    )


def tell_failed(agreement: Agreement) -> None:
    """The organisers: a document could not be made, and why. Told again when it was tried again in vain."""
    _tell(
        organisers(),
        "corridor.agreement_failed",
        f"{agreement.pk}:{agreement.state}:{clock.now():%Y%m%d%H%M%S%f}",
        agreement=agreement,
        stay=agreement.stay,
        path=reverse("agreement", args=[agreement.pk]),
    )


def tell_void(agreement: Agreement) -> None:
    """Who signed, and who was asked to: the agreement is void, and why."""
    people: dict[int, User] = {}
    for signature in agreement.signatures.order_by("order"):
        people |= {person.pk: person for person in signers_of(signature)}
        if signature.signed_at is None:
            break
    path = reverse("agreement", args=[agreement.pk])
    _tell(
        people.values(),
        "corridor.agreement_void",
        str(agreement.pk),
        agreement=agreement,
        stay=agreement.stay,
        path=path,
    )


def tell_asked(request: ChangeRequest) -> None:
    """The organisers: a party asks for a change of its agreement."""
    _tell(
        organisers(),
        "corridor.change_asked",
        str(request.pk),
        request=request,
        agreement=request.agreement,
        path=reverse("agreement", args=[request.agreement_id]) + "#chain",
    )


def tell_answered(request: ChangeRequest) -> None:
    """Who asked for a change, or who stands for that party now: it is being drafted, or declined, and why."""
    people = party_people(request.agreement.signatures.get(party=request.party))
    _tell(
        [request.asked_by] if request.asked_by in people else people,
        "corridor.change_answered",
        str(request.pk),
        request=request,
        agreement=request.agreement,
        path=reverse("agreement", args=[request.document_id or request.agreement_id]),
    )


def tell_changed(change: Agreement, stay: Stay) -> None:
    """Every party's people and the organisers: a document has changed or ended the stay, and is in force."""
    assert change.base is not None
    people = {person.pk: person for person in organisers()}
    for place in change.base.signatures.order_by("order"):
        people |= {person.pk: person for person in party_people(place)}
    _tell(
        people.values(),
        "corridor.change_in_force",
        str(change.pk),
        agreement=change,
        said=change.frozen["change"],
        stay=stay,
        path=reverse("agreement", args=[change.pk]),
    )
