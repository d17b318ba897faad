"""Who is told what about a document: whose turn it is, what was signed, executed, void, asked, changed."""

from collections.abc import Iterable

from django.urls import reverse

from corridor.agreements.signers import expected
from corridor.models import Agreement, ChangeRequest, PaperCopy, Signature, Stay
from corridor.notices import Notice, organisers
from corridor.states import SIGNING_ROLES, Party
from network.kinds.mail_kinds import MAIL_KINDS
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


class AgreementMail(Notice):
    """About one agreement, which it leads to."""

    @classmethod
    def write_about(cls, agreement: Agreement, people: Iterable[User], key: str) -> None:
        """To these people, once per key."""
        path = reverse("agreement", args=[agreement.pk])
        cls.write(people, key, agreement=agreement, stay=agreement.stay, path=path)


@MAIL_KINDS.register
class AgreementToSign(Notice):
    """Who signs for the party whose turn it is: read the agreement and sign it."""

    code = "corridor.agreement_to_sign"


@MAIL_KINDS.register
class SignerLeft(Notice):
    """The party's people and the organisers: nobody is there any more who is expected to sign; name somebody else."""

    code = "corridor.signer_left"


def ask_next_signer(agreement: Agreement) -> None:
    """Who signs for the party whose turn it is: read the agreement and sign it. Nobody there any more:
    name somebody else."""
    signature = agreement.signatures.filter(signed_at__isnull=True).order_by("order").first()
    if signature is None:
        return
    context = {
        "agreement": agreement,
        "signature": signature,
        "signatory": expected(signature, agreement.content).name,
        "stay": agreement.stay,
    }
    # Whoever is named again after somebody else is asked again.
    mark = ":".join([str(agreement.pk), signature.party, signature.stand_in.get("named_at", "")]).rstrip(":")
    signers = signers_of(signature)
    if signers:
        path = reverse("agreement", args=[agreement.pk])
        AgreementToSign.write(signers, mark, path=path, **context)
        return
    people = {person.pk: person for person in [*party_people(signature), *organisers()]}
    path = reverse("agreement_signer", args=[agreement.pk, signature.party])
    SignerLeft.write(people.values(), mark, path=path, **context)


@MAIL_KINDS.register
class SigningCodeSent(Notice):
    """The signer: the code to type before signing. Erased from the outbox after a day."""

    code = "corridor.signing_code"
    is_secret = True

    @classmethod
    def tell(cls, agreement: Agreement, person: User, code: str, mark: str) -> None:
        send_message(
            key=f"{cls.code}:{mark}",
            kind=cls.code,
            to=person,
            context={"agreement": agreement, "code": code, "path": reverse("agreement", args=[agreement.pk])},
        )


@MAIL_KINDS.register
class CopyToCompare(Notice):
    """The organisers: a scan of a copy signed by hand waits to be compared."""

    code = "corridor.copy_to_compare"

    @classmethod
    def tell(cls, copy: PaperCopy, agreement: Agreement) -> None:
        cls.write(
            organisers(),
            str(copy.pk),
            agreement=agreement,
            signature=copy.signature,
            path=reverse("paper_copy", args=[agreement.pk, copy.pk]),
        )


@MAIL_KINDS.register
class CopyDiffers(Notice):
    """Who sent the scan: it was not accepted, page by page."""

    code = "corridor.copy_differs"

    @classmethod
    def tell(cls, copy: PaperCopy, agreement: Agreement) -> None:
        cls.write(
            [copy.uploaded_by],
            str(copy.pk),
            agreement=agreement,
            findings=[finding for finding in copy.findings if not finding["same"]],
            path=reverse("agreement", args=[agreement.pk]),
        )


@MAIL_KINDS.register
class AgreementExecuted(AgreementMail):
    """Everybody who signed, and who drafted it: the executed copy is there."""

    code = "corridor.agreement_executed"

    @classmethod
    def tell(cls, agreement: Agreement) -> None:
        people = {agreement.drafted_by_id: agreement.drafted_by}
        people |= {one.signed_by.pk: one.signed_by for one in agreement.signatures.all() if one.signed_by}
        cls.write_about(agreement, people.values(), str(agreement.pk))


@MAIL_KINDS.register
class AgreementFailed(AgreementMail):
    """The organisers: a document could not be made, and why. Told again when it was tried again in vain."""

    code = "corridor.agreement_failed"

    @classmethod
    def tell(cls, agreement: Agreement) -> None:
        cls.write_about(agreement, organisers(), f"{agreement.pk}:{agreement.state}:{clock.now():%Y%m%d%H%M%S%f}")


@MAIL_KINDS.register
class AgreementVoid(AgreementMail):
    """Who signed, and who was asked to: the agreement is void, and why."""

    code = "corridor.agreement_void"

    @classmethod
    def tell(cls, agreement: Agreement) -> None:
        people: dict[int, User] = {}
        for signature in agreement.signatures.order_by("order"):
            people |= {person.pk: person for person in signers_of(signature)}
            if signature.signed_at is None:
                break
        cls.write_about(agreement, people.values(), str(agreement.pk))


@MAIL_KINDS.register
class ChangeAsked(Notice):
    """The organisers: a party asks for a change of its agreement."""

    code = "corridor.change_asked"

    @classmethod
    def tell(cls, request: ChangeRequest) -> None:
        cls.write(
            organisers(),
            str(request.pk),
            request=request,
            agreement=request.agreement,
            path=reverse("agreement", args=[request.agreement_id]) + "#chain",
        )


@MAIL_KINDS.register
class ChangeAnswered(Notice):
    """Who asked for a change, or who stands for that party now: it is being drafted, or declined, and why."""

    code = "corridor.change_answered"

    @classmethod
    def tell(cls, request: ChangeRequest) -> None:
        people = party_people(request.agreement.signatures.get(party=request.party))
        cls.write(
            [request.asked_by] if request.asked_by in people else people,
            str(request.pk),
            request=request,
            agreement=request.agreement,
            path=reverse("agreement", args=[request.document_id or request.agreement_id]),
        )


@MAIL_KINDS.register
class ChangeInForce(Notice):
    """Every party's people and the organisers: a document has changed or ended the stay, and is in force."""

    code = "corridor.change_in_force"

    @classmethod
    def tell(cls, change: Agreement, stay: Stay) -> None:
        assert change.base is not None
        people = {person.pk: person for person in organisers()}
        for place in change.base.signatures.order_by("order"):
            people |= {person.pk: person for person in party_people(place)}
        cls.write(
            people.values(),
            str(change.pk),
            agreement=change,
            said=change.change_said,
            stay=stay,
            path=reverse("agreement", args=[change.pk]),
        )
