"""Who signs for a party, and who signs when that person has left. No test here needs the document itself."""

import pytest

from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.agreements.files.evidence import evidence_of
from corridor.agreements.notices import ask_next_signer
from corridor.agreements.signing.services.signing import send_signing_code, sign_agreement
from corridor.agreements.signing.services.stand_ins import name_stand_in
from corridor.models import Agreement, SigningCode
from corridor.overview import to_do
from network.models import Event, Membership, Message, User
from network.services import end_membership
from tests import build
from toolkit.refusals import Refusal
from toolkit.seal import Seal

SHA256 = "5" * 64


@pytest.fixture
def issued(organiser, stay, terms) -> Agreement:
    """Drafted, and issued in the books; its file is beside the point."""
    made = draft_agreement(by=organiser, stay=stay, language="en", terms=terms)
    Agreement.objects.filter(pk=made.pk).update(state="issued", issued_sha256=SHA256, issued_at=made.drafted_at)
    made.refresh_from_db()
    return made


def sign(agreement, party, by, name=None):
    SigningCode.objects.all().delete()
    return sign_agreement(
        by=again(by),
        agreement=agreement,
        party=party,
        typed_name=name or by.full_name,
        consents=True,
        document_sha256=SHA256,
        code=send_signing_code(by=again(by), agreement=agreement, party=party),
    )


def again(person) -> User:
    """The person as the next request finds them: roles are read once for each."""
    return User.objects.get(pk=person.pk)


def colleague_of(person, name="Carla Colega", email="carla@braga.example"):
    held = person.memberships.get()
    return build.person(email, name, role=held.role, organisation=held.organisation)


def leave(organiser, person):
    end_membership(by=organiser, membership=person.memberships.get())


def change(by, agreement, signer, **given):
    words = {"capacity": "Deputy director", "authority": "decision of 2 January 2027", "reason": "She has left us."}
    return name_stand_in(by=again(by), agreement=agreement, party="host", signer=signer, **{**words, **given})


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as caught:
        act(*args, **given)
    return caught.value.code


def test_who_is_named_again_is_asked_again(issued, organiser, host):
    """Helena, then Carla, then Helena after all: each is asked when it becomes their turn;
    nobody twice for one turn."""
    carla = colleague_of(host)
    for _twice in range(2):
        ask_next_signer(issued)
    change(organiser, issued, carla)
    change(organiser, issued, host)
    ask_next_signer(issued)
    asked = Message.objects.filter(kind="corridor.agreement_to_sign").order_by("pk")
    assert list(asked.values_list("to_user", flat=True)) == [host.pk, carla.pk, host.pk]


def test_only_the_person_named_signs_not_a_colleague(issued, host):
    colleague = colleague_of(host)
    assert refused(sign, issued, "host", colleague, name="Helena Hóspede") == "agreement.signer"
    assert refused(sign, issued, "host", colleague) == "agreement.signer"
    assert sign(issued, "host", host).signed_by == host


def test_when_the_signer_has_left_those_who_can_help_are_told(issued, organiser, host):
    colleague = colleague_of(host)
    titles = [todo.title for todo in to_do(again(colleague))]
    leave(organiser, host)
    wanted = "Name who signs an agreement: the signer has left"
    assert wanted not in titles
    for person in (colleague, organiser):
        [todo] = [todo for todo in to_do(again(person)) if todo.title == wanted]
        assert todo.url == f"/agreements/{issued.pk}/signer/host/"
    assert refused(sign, issued, "host", host) == "agreement.party"


def test_a_colleague_signs_instead_and_the_issued_document_stays(issued, organiser, host, founder, coordinator):
    colleague = colleague_of(host)
    frozen, sha256 = dict(issued.frozen), issued.frozen_sha256
    leave(organiser, host)
    change(colleague, issued, colleague)
    assert refused(sign, issued, "host", colleague, name="Helena Hóspede") == "agreement.name"
    signature = sign(issued, "host", colleague)
    User.objects.filter(pk=colleague.pk).update(full_name="Carla Casada", email="casada@elsewhere.example")
    sign(issued, "startup", founder)
    sign(issued, "city", coordinator)
    issued.refresh_from_db()
    assert (issued.frozen, issued.frozen_sha256, issued.issued_sha256) == (frozen, sha256, SHA256)
    assert (signature.signer_name, signature.signer_role) == ("Carla Colega", "Deputy director")
    assert signature.consent == (
        f"I have read the whole of agreement {issued.reference}. It names Helena Hóspede to sign for Incubadora "
        "Querétaro & Braga; I sign instead, by virtue of: decision of 2 January 2027. I am entitled to do so, and I "
        "agree that this party is bound by it. I understand that my typed name is a simple electronic signature."
    )
    told = evidence_of(issued, Seal("Seal", "00", "B-B", False)).signers
    assert [signer.name for signer in told] == ["Carla Colega", "Fatou Founder", "Cora Coordinator"]
    assert told[0].stand_in.startswith("Helena Hóspede, whom the issued document names. Carla Colega recorded on ")
    assert told[0].stand_in.endswith(
        "that Carla Colega signs instead, by virtue of: decision of 2 January 2027. Reason given: She has left us."
    )
    assert told[0].account == "Carla Colega <carla@braga.example>"  # as it was when she signed
    assert [signer.stand_in for signer in told[1:]] == ["", ""]
    [event] = Event.objects.filter(verb="name_signer")
    assert (event.before["name"], event.after["reason"]) == ("Helena Hóspede", "She has left us.")


def test_nothing_that_was_signed_is_lost(issued, organiser, host, founder):
    second = colleague_of(founder, "Félix Fondateur", "felix@startup.example")
    sign(issued, "host", host)
    Membership.objects.filter(user=founder).delete()
    name_stand_in(
        by=organiser,
        agreement=issued,
        party="startup",
        signer=second,
        capacity="founder",
        authority="the statutes",
        reason="Fatou has left the company.",
    )
    [mail] = Message.objects.filter(kind="corridor.agreement_to_sign", to_email=second.email)
    assert "Félix Fondateur" in mail.text
    leave(organiser, host)  # after having signed: that stands
    assert sign(issued, "startup", second).signer_name == "Félix Fondateur"
    assert [s.signer_name for s in issued.signatures.order_by("order")][:2] == ["Helena Hóspede", "Félix Fondateur"]


def test_next_signer_who_has_left_is_not_mailed_but_colleagues_and_organisers_are(issued, organiser, host, founder):
    second = colleague_of(founder, "Félix Fondateur", "felix@startup.example")
    Membership.objects.filter(user=founder).delete()
    sign(issued, "host", host)
    told = Message.objects.filter(kind="corridor.signer_left").order_by("to_email")
    assert [mail.to_email for mail in told] == sorted([second.email, organiser.email])
    assert not Message.objects.filter(kind="corridor.agreement_to_sign").exists()


def test_who_may_not_be_named_and_by_whom(issued, organiser, host, founder, coordinator, stranger):
    colleague = colleague_of(host)
    for by in (founder, coordinator, stranger):
        assert refused(change, by, issued, colleague) == "signer.forbidden"
    assert refused(change, organiser, issued, founder) == "signer.stranger"
    assert refused(change, organiser, issued, host) == "signer.same"
    for empty in ("reason", "capacity", "authority"):
        assert refused(change, organiser, issued, colleague, **{empty: "  "}) == f"signer.{empty}"
    sign(issued, "host", host)
    assert refused(change, organiser, issued, colleague) == "agreement.signed_already"


def test_the_page_keeps_what_was_typed_and_names_the_person(issued, organiser, host, enter):
    colleague = colleague_of(host)
    leave(organiser, host)
    page = enter(colleague).get(f"/agreements/{issued.pk}/").content.decode()
    assert "Helena Hóspede was to sign for" in page
    client, address = enter(colleague), f"/agreements/{issued.pk}/signer/host/"
    given = {"signer": colleague.pk, "capacity": "Deputy director", "authority": "decision 7", "reason": ""}
    answer = client.post(address, given)
    assert (answer.status_code, "decision 7" in answer.content.decode()) == (422, True)
    answer = client.post(address, {**given, "reason": "She has left us."}, follow=True)
    page = answer.content.decode()
    assert "Instead of Helena Hóspede: She has left us." in page
    assert 'name="typed_name"' in page  # it is the colleague's turn now
    assert enter(organiser).get(f"/agreements/{issued.pk}/signer/mayor/").status_code == 404
