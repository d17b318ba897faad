"""Who is told what about a document: whose turn it is, what was signed, executed, void, asked, changed."""

from django.urls import reverse

from corridor.agreements.signers import expected
from corridor.models import Agreement, ChangeRequest, PaperCopy, Signature, Stay
from corridor.notices import organisers, tell
from corridor.states import SIGNING_ROLES, Party
from network.models import User
from network.services import send_message
from toolkit import clock


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
        tell(signers, "corridor.agreement_to_sign", mark, path=path, **context)
        return
    people = {person.pk: person for person in [*party_people(signature), *organisers()]}
    path = reverse("agreement_signer", args=[agreement.pk, signature.party])
    tell(people.values(), "corridor.signer_left", mark, path=path, **context)


def send_code(agreement: Agreement, person: User, code: str, mark: str) -> None:
    """The signer: the code to type before signing. Erased from the outbox after a day."""
    send_message(
        key=f"corridor.signing_code:{mark}",
        kind="corridor.signing_code",
        to=person,
        context={"agreement": agreement, "code": code, "path": reverse("agreement", args=[agreement.pk])},
        is_secret=True,
    )


def ask_to_compare(copy: PaperCopy, agreement: Agreement) -> None:
    """The organisers: a scan of a copy signed by hand waits to be compared."""
    tell(
        organisers(),
        "corridor.copy_to_compare",
        str(copy.pk),
        agreement=agreement,
        signature=copy.signature,
        path=reverse("paper_copy", args=[agreement.pk, copy.pk]),
    )


def tell_copy_differs(copy: PaperCopy, agreement: Agreement) -> None:
    """Who sent the scan: it was not accepted, page by page."""
    tell(
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
    tell(
        people.values(),
        "corridor.agreement_executed",
        str(agreement.pk),
        agreement=agreement,
        stay=agreement.stay,
        path=path,
    )


def tell_failed(agreement: Agreement) -> None:
    """The organisers: a document could not be made, and why. Told again when it was tried again in vain."""
    tell(
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
    tell(
        people.values(),
        "corridor.agreement_void",
        str(agreement.pk),
        agreement=agreement,
        stay=agreement.stay,
        path=path,
    )


def tell_asked(request: ChangeRequest) -> None:
    """The organisers: a party asks for a change of its agreement."""
    tell(
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
    tell(
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
    tell(
        people.values(),
        "corridor.change_in_force",
        str(change.pk),
        agreement=change,
        said=change.frozen["change"],
        stay=stay,
        path=reverse("agreement", args=[change.pk]),
    )
