"""Changes of an executed agreement: drafted, kept free while open, in force with the last signature and not before."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from corridor.agreements.changes.services.changes import draft_change
from corridor.agreements.changes.services.requests import answer_request, ask_for_change, confirm_receipt
from corridor.agreements.changes.services.rules import check_in_time
from corridor.agreements.drafting.blanks import usual_terms
from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.agreements.files.services.rendering import render_agreement
from corridor.agreements.signing.services.ending import void_agreement
from corridor.agreements.signing.services.signing import check_turn
from corridor.agreements.templates.wording import wording_for
from corridor.domain.chain.chain import Person, Proposal
from corridor.models import Agreement, Candidate, Incubator, Stay, WaitingCall
from corridor.placement.services.capacity import refuse_unless_fit
from corridor.placement.services.stays import cancel_stay, decline_stay, withdraw_candidate
from network.models import Event, Message
from tests import build
from tests.corridor.agreements import cast
from tests.corridor.agreements.changes.conftest import (
    ANA,
    BO,
    DURING,
    EARLY,
    JUNE,
    MARCH,
    OCTOBER,
    SEPTEMBER,
    execute,
    now,
)
from toolkit import clock
from toolkit.refusals import Forbidden, Refusal

ALONE = {"party": "startup", "is_joint": False, "clause": "17", "reason": "A buyer at home"}


def refused(code, do, *args, **kwargs):
    with pytest.raises(Refusal) as no:
        do(*args, **kwargs)
    assert no.value.code == code, no.value
    return str(no.value.message)


def other_team(stay, starts, ends, desks):
    """Another team's stay at the same host, not asked whether there is a place."""
    team = build.candidate(stay.programme, "Other team", stay.candidate.home_city, 2, people=desks)
    return build.stay_of(team, stay.incubator, starts=starts, ends=ends, desks=desks)


def test_an_extension_keeps_its_days_free_and_takes_effect_when_all_have_signed(base, stay, draft):
    change = draft("extension", ends=date(2027, 11, 1))
    assert (change.reference, change.place, change.name) == (
        "CORRIDOR-2027-2027-002", 1, f"Amendment 1 (extension) to {base.reference}",
    )  # fmt: skip
    assert now(stay) == ("confirmed", MARCH, SEPTEMBER, 2, [("Ana", MARCH, SEPTEMBER), (BO.name, MARCH, JUNE)])
    assert [(one.starts, one.ends, one.desks) for one in stay.kept_spans] == [(SEPTEMBER, date(2027, 11, 1), 2)]
    rival = other_team(stay, OCTOBER, date(2027, 12, 1), 2)
    with clock.at(EARLY):
        refused("placement.full", refuse_unless_fit, stay.incubator, [rival])
        rival.delete()
        assert execute(change) == "executed"
    assert now(stay) == (
        "confirmed", MARCH, date(2027, 11, 1), 2, [("Ana", MARCH, date(2027, 11, 1)), (BO.name, MARCH, JUNE)],
    )  # fmt: skip
    assert stay.kept_spans == []
    told = set(Message.objects.filter(kind="corridor.change_in_force").values_list("to_email", flat=True))
    assert told == {
        "host@braga.example", "founder@sensors.example", "coordinator@clermont.example", "organiser@network.example",
    }  # fmt: skip
    event = Event.objects.get(verb="extend")
    assert (event.after["ends"], "Ana" in str(event.after)) == ("2027-11-01", False)


def test_what_the_document_says(base, draft):
    said = draft("extension", ends=date(2027, 11, 15), text="The desks move to the second floor.").frozen
    text = [p["text"] for clause in said["clauses"] for p in clause["paragraphs"]]
    items = [item for clause in said["clauses"] for p in clause["paragraphs"] for item in p["items"]]
    assert said["title"] == f"Amendment 1 to agreement {base.reference}: extension of the stay"
    assert said["changes"] == {"reference": base.reference, "place": 1, "sha256": base.executed_sha256}
    assert any(base.executed_sha256 in one and "10 January 2027" in one for one in text)
    assert "No other document has changed that agreement." in text
    assert items == [
        "Last day of the stay: 14 November 2027 instead of 31 August 2027.",
        f"Who travels follows these dates: Ana (Portugal), from 1 March 2027 to 14 November 2027; {BO.name} "
        "(Tunisia), from 1 March 2027 to 31 May 2027.",
    ]
    assert (
        "The stay now lasts 8 months and 14 days, from 1 March 2027 to 14 November 2027, both days included; "
        "before, it was to last 6 months." in text
    )
    assert any("six months from 31 August end with 27 February, in a leap year with 28 February" in one for one in text)
    assert "The parties also agree: The desks move to the second floor." in text
    assert [block["party"] for block in said["parties"]] == ["host", "startup", "city"]


def test_the_agreement_itself_names_who_travels_and_says_how_months_are_counted(base):
    text = str(base.frozen["clauses"])
    assert f"people (Ana, Portugal; {BO.name}, Tunisia, 1 March 2027 – 31 May 2027) whom the start-up sends" in text
    assert "six months from 31 August end with 27 February, in a leap year with 28 February" in text
    assert [one["name"] for one in base.frozen["stay"]["people"]] == ["Ana", BO.name]


def test_no_place_for_an_extension_and_one_that_is_made_void(base, stay, draft, organiser):
    rival = other_team(stay, OCTOBER, date(2027, 12, 1), 2)
    assert "no desks left" in refused("change.full", draft, "extension", ends=date(2027, 11, 1))
    rival.delete()
    change = draft("extension", ends=date(2027, 11, 1))
    refused("change.open", draft, "amendment", desks=3)
    void_agreement(by=organiser, agreement=change, reason="Not needed")
    assert now(stay)[:4] == ("confirmed", MARCH, SEPTEMBER, 2)
    assert stay.kept_spans == []
    assert draft("amendment", desks=3).name == f"Amendment 2 to {base.reference}"


def test_a_change_whose_place_is_gone_is_not_executed_until_there_is_one(stay, draft):
    change = draft("amendment", desks=3)
    Incubator.objects.get(pk=stay.incubator_id).openings.update(desks=2)  # nothing in the application lets it
    refused("change.full", execute, change)
    assert (change.state, now(stay)[3], len(stay.kept_spans)) == ("signed", 2, 1)
    Incubator.objects.get(pk=stay.incubator_id).openings.update(desks=3)
    Agreement.objects.update(leased_until=None)
    assert execute(change) == "executed"
    assert now(stay)[3] == 3


def test_the_whole_road_with_files(stay, draft, django_capture_on_commit_callbacks):
    """Issued and executed as PDF; where the place is gone meanwhile, the document stays owed and says why."""
    with django_capture_on_commit_callbacks(execute=True):
        change = draft("amendment", desks=3)
    change.refresh_from_db()
    assert change.state == "issued"
    signed = {
        "signed_by": change.drafted_by,
        "signed_at": EARLY,
        "time_zone": "Europe/Paris",
        "document_sha256": "5" * 64,
    }
    change.signatures.update(**signed)
    Agreement.objects.filter(pk=change.pk).update(state="signed")
    stay.incubator.openings.update(desks=2)
    assert render_agreement.call(change.pk) == "failed"
    change.refresh_from_db()
    assert (change.state, change.failure) == (
        "signed", "Incubadora Querétaro & Braga has no desks left for these dates.",
    )  # fmt: skip
    with translation.override("fr"):
        assert change.why == "Incubadora Querétaro & Braga n’a plus de poste de travail à ces dates."
    assert now(stay)[3] == 2
    stay.incubator.openings.update(desks=3)
    assert render_agreement.call(change.pk) == "executed"
    assert now(stay)[3] == 3
    change.refresh_from_db()
    with change.executed_file.open() as file:
        assert hashlib.sha256(file.read()).hexdigest() == change.executed_sha256


def test_people_are_replaced_and_never_more_than_desks(stay, draft):
    cy = Person("Cy", ("RO",), JUNE, SEPTEMBER)
    refused("change.people_many", draft, "amendment", people=(ANA, BO, replace(cy, starts=MARCH)))
    execute(draft("amendment", people=(ANA, BO, cy)))
    assert now(stay)[4] == [("Ana", MARCH, SEPTEMBER), (BO.name, MARCH, JUNE), ("Cy", JUNE, SEPTEMBER)]


def test_a_stay_that_starts_later_moves_its_checklist_and_its_people(stay, draft):
    item = stay.checklist.create(title="Desk", owner="host", due=date(2027, 2, 20))
    execute(draft("amendment", starts=date(2027, 4, 1), ends=OCTOBER))
    assert now(stay) == (
        "confirmed", date(2027, 4, 1), OCTOBER, 2, [("Ana", date(2027, 4, 1), OCTOBER),
            (BO.name, date(2027, 4, 1), JUNE)],
    )  # fmt: skip
    item.refresh_from_db()
    assert item.due == date(2027, 3, 23)


def test_a_notice_of_withdrawal_is_signed_by_one_and_received_by_the_others(base, stay, draft, people):
    change = draft("withdrawal", by=people["startup"], at=DURING, ends=date(2027, 6, 15), **ALONE)
    assert [(one.party, one.order) for one in change.signatures.all()] == [("startup", 1)]
    assert change.frozen["parties"][0]["signatory"] == "Fatou Founder"
    sees = {role for role, person in people.items() if Agreement.objects.visible_to(person).filter(pk=change.pk)}
    assert sees == {"organiser", "startup"}  # nothing is declared before it is signed
    with clock.at(DURING):
        execute(change)
    sees = {role for role, person in people.items() if Agreement.objects.visible_to(person).filter(pk=change.pk)}
    assert sees == {"organiser", "startup", "host", "city"}
    assert now(stay)[:3] == ("confirmed", MARCH, date(2027, 6, 15))
    text = str(change.frozen["clauses"])
    assert "under its clause 17. Suspension, early end, force majeure" in text
    assert "Notice is given to: Incubadora Querétaro & Braga, City of Clermont-Ferrand" in text
    assert [one.party for one in change.receipts.all()] == ["host", "city"]
    receipt = change.receipts.get(party="host")
    for role in ("startup", "city", "other host", "stranger"):
        with pytest.raises(Forbidden):
            confirm_receipt(by=people[role], receipt=receipt)
    refused("receipt.note", confirm_receipt, by=people["organiser"], receipt=receipt)
    assert confirm_receipt(by=people["host"], receipt=receipt).received_by == people["host"]


def test_who_withdraws_before_the_start_waits_no_longer_and_whoever_is_left_does(stay, draft, people):
    notice = draft("withdrawal", by=people["host"], **{**ALONE, "party": "host"})
    with clock.at(EARLY):
        execute(notice)
    assert now(stay)[0] == "cancelled"
    assert stay.decline_reason == "A buyer at home"
    assert Candidate.objects.get(pk=stay.candidate_id).state == "waiting"
    assert stay.incubator.stays.holding().count() == 0
    assert WaitingCall.objects.get().cause == "cancelled"


def test_a_team_that_withdraws_is_withdrawn(stay, draft, people):
    notice = draft("withdrawal", by=people["startup"], **ALONE)
    with clock.at(EARLY):
        execute(notice)
    assert (now(stay)[0], Candidate.objects.get(pk=stay.candidate_id).state) == ("cancelled", "withdrawn")
    assert WaitingCall.objects.get().cause == "withdrawn"


@pytest.mark.parametrize("party", ["network", "school", "city"])
def test_a_team_waits_again_when_another_party_withdraws(stay, draft, people, party):
    notice = draft("withdrawal", by=people["host"], **{**ALONE, "party": "host"})
    notice.frozen["change"]["party"] = party  # as a programme with that party would have it
    notice.save()
    with clock.at(EARLY):
        execute(notice)
    assert (now(stay)[0], Candidate.objects.get(pk=stay.candidate_id).state) == ("cancelled", "waiting")


def test_a_termination_by_all_shortens_the_stay_and_frees_the_rest(stay, draft):
    with clock.at(DURING):
        execute(draft("termination", at=DURING, ends=JUNE, reason="The product is sold"))
        assert now(stay) == ("confirmed", MARCH, JUNE, 2, [("Ana", MARCH, JUNE), (BO.name, MARCH, JUNE)])
        refuse_unless_fit(stay.incubator, [other_team(stay, JUNE, SEPTEMBER, 3)])
        call = WaitingCall.objects.get()
        assert (call.cause, call.starts, call.ends, call.reason) == (
            "shortened",
            JUNE,
            SEPTEMBER,
            "The product is sold",
        )
        refused("change.ended", draft, "extension", at=DURING, ends=SEPTEMBER)
        earlier = draft("termination", at=DURING, ends=date(2027, 5, 15), reason="Sooner still")
    assert earlier.state == "drafted"


def test_a_notice_signed_too_late_is_refused(stay, draft, people):
    change = draft("withdrawal", by=people["startup"], at=DURING, ends=date(2027, 6, 3), **ALONE)
    Agreement.objects.filter(pk=change.pk).update(state="issued")
    change.refresh_from_db()
    with clock.at(datetime(2027, 5, 4, 12, tzinfo=UTC)):
        check_turn(change, change.signatures.get(), stay)
    with clock.at(datetime(2027, 5, 5, 12, tzinfo=UTC)):
        said = refused("change.late", check_turn, change, change.signatures.get(), stay)
    assert "was to be signed by 4 May 2027, for an end on 3 June 2027" in said


def test_a_change_signed_when_it_can_no_longer_be_true_is_refused(stay, draft):
    later = draft("amendment", starts=date(2027, 3, 15), ends=date(2027, 9, 15))
    Agreement.objects.filter(pk=later.pk).update(state="issued")
    later.refresh_from_db()
    first = later.signatures.get(order=1)
    with clock.at(datetime(2027, 2, 28, 12, tzinfo=UTC)):
        check_turn(later, first, stay)
    with clock.at(datetime(2027, 3, 1, 12, tzinfo=UTC)):  # they have come on the day agreed before
        refused("change.late", check_turn, later, first, stay)
    Agreement.objects.filter(pk=later.pk).update(state="void")
    longer = draft("extension", at=DURING, ends=OCTOBER)
    Agreement.objects.filter(pk=longer.pk).update(state="issued")
    longer.refresh_from_db()
    with clock.at(datetime(2027, 8, 31, 12, tzinfo=UTC)):
        check_turn(longer, longer.signatures.get(order=1), stay)
    with clock.at(datetime(2027, 9, 1, 12, tzinfo=UTC)):
        refused("change.late", check_turn, longer, longer.signatures.get(order=1), stay)


def test_the_answer_to_a_request_reaches_nobody_who_has_left(base, people, organiser):
    body = base.signatures.get(party="startup").organisation
    build.person("second@startup.example", "Second", "founder", body)
    asked = Proposal(text="Another lab", reason="Noise")
    with clock.at(EARLY):
        request = ask_for_change(by=people["startup"], agreement=base, party="startup", kind="amendment", asked=asked)
        people["startup"].memberships.all().delete()
        answer_request(by=organiser, request=request, verb="decline", answer="There is none.")
    told = Message.objects.filter(kind="corridor.change_answered").values_list("to_user__email", flat=True)
    assert list(told) == ["second@startup.example"]


def test_only_organisers_draft_and_a_party_gives_only_its_own_notice(base, people, draft):
    for role, person in people.items():
        if role != "organiser":
            with pytest.raises(Forbidden):
                draft("extension", by=person, ends=OCTOBER)
            with pytest.raises(Forbidden):
                draft("withdrawal", by=person, **{**ALONE, "party": "city" if role != "city" else "host"})
            with pytest.raises(Forbidden):
                draft("withdrawal", by=person, **{**ALONE, "is_joint": True})
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize("state", ["issued", "signed", "void"])
def test_only_an_executed_agreement_is_changed(base, state, draft):
    Agreement.objects.update(state=state)
    base.refresh_from_db()
    refused("change.state", draft, "extension", ends=OCTOBER)


def test_a_later_change_takes_the_place_of_one_on_the_same_subject(base, draft):
    first = draft("extension", ends=OCTOBER)
    execute(first)
    second = draft("amendment", people=(ANA,))
    execute(second)
    third = draft("amendment", ends=SEPTEMBER)
    execute(third)
    assert (second.supersedes, third.supersedes) == (None, first)
    assert f"These documents have changed it before: Amendment 1 to agreement {base.reference}: extension" in str(
        third.frozen["clauses"]
    )


def test_no_document_takes_the_place_of_one_that_says_something_in_words_of_its_own(base, draft):
    """Two sentences may both be meant: only people can say that one of them replaces the other. Dates and desks are
    figures, of which the last one holds."""
    keys = draft("amendment", text="The team keeps a key of the laboratory.")
    execute(keys)
    desks = draft("amendment", desks=3)
    execute(desks)
    night = draft("amendment", desks=2, text="The laboratory is closed at night.")
    execute(night)
    again = draft("amendment", desks=3, text="The team brings its own lamps.")
    execute(again)
    assert (keys.supersedes, desks.supersedes) == (None, None)
    assert night.supersedes == desks
    assert again.supersedes == desks


def test_a_party_renamed_since_is_named_as_it_is_called_now(base, draft):
    body = base.signatures.get(party="startup").organisation
    body.name = "Sensors & Co"
    body.save()
    said = draft("amendment", desks=3).frozen
    assert [block["name"] for block in said["parties"] if block["party"] == "startup"] == ["Sensors & Co"]
    assert "Sensors & Co stands in the agreement under its former name, Sensors." in str(said["clauses"])


def test_an_agreed_stay_is_not_cancelled_past_its_agreement_and_says_how_it_ends(base, stay, organiser, people, enter):
    refused("stay.agreed", cancel_stay, by=organiser, stay=stay, reason="x")
    refused("stay.agreed", withdraw_candidate, by=organiser, candidate=stay.candidate, reason="x")
    wishes, withdraw = (reverse(f"candidate_{name}", args=[stay.candidate_id]) for name in ("wishes", "withdraw"))
    for person in (organiser, people["startup"]):
        page = enter(person).get(wishes).content.decode()
        assert "It ends by a document of its own: a withdrawal, by which one party leaves, or a termination" in page
        assert reverse("agreement_change", args=[base.pk]) in page
        assert withdraw not in page
    Agreement.objects.update(state="issued")
    page = enter(people["startup"]).get(wishes).content.decode()
    assert "asks the organiser to make it void first" in page
    assert withdraw not in page
    Agreement.objects.update(state="void")
    assert withdraw in enter(people["startup"]).get(wishes).content.decode()


def test_nobody_backs_out_between_the_last_signature_and_the_executed_copy(base, stay, people):
    Agreement.objects.update(state="signed")
    Stay.objects.update(state="accepted")
    refused("stay.agreed", decline_stay, by=people["startup"], stay=stay, side="team", reason="x")
    refused("stay.agreed", decline_stay, by=people["host"], stay=stay, side="host", reason="x")
    assert (now(stay)[0], stay.candidate.state) == ("accepted", "placed")


def test_an_agreement_drafted_anew_takes_the_place_of_the_one_made_void(stay, organiser):
    first = draft_agreement(by=organiser, stay=stay, language="en", terms=cast.terms(stay))
    Agreement.objects.update(state="issued", issued_at=EARLY)
    void_agreement(by=organiser, agreement=first, reason="A wrong name")
    second = draft_agreement(by=organiser, stay=stay, language="en", terms=cast.terms(stay))
    assert second.supersedes == first


def test_a_change_of_an_agreement_in_two_languages_is_in_both(stay, organiser):
    usual = usual_terms(stay=stay, wording=wording_for(stay), languages=["fr", "es"])
    given = {**usual, "city_authority": "2026-12", "host_authority": {"es": "acuerdo"}, "prevailing_language": "es"}
    stay.incubator.openings.create(starts=date(2027, 1, 1), ends=date(2028, 1, 1), desks=2)
    with clock.at(EARLY):
        base = draft_agreement(by=organiser, stay=stay, language="fr", beside="es", terms=given)
        execute(base)
        as_offered = {block["party"]: block for block in base.frozen["parties"]}
        asked = Proposal(ends=date(2027, 10, 1))
        change = draft_change(by=organiser, agreement=base, kind="extension", asked=asked, signatories=as_offered)
    said = change.frozen
    assert (said["languages"], said["prevailing"]) == (["fr", "es"], "es")
    items = [
        item for text in (said, said["beside"]) for c in text["clauses"] for p in c["paragraphs"] for item in p["items"]
    ]
    assert items == [
        "Dernier jour du séjour : 30 septembre 2027 au lieu du 31 août 2027.",
        "Último día de la estancia: 30 de septiembre de 2027 en lugar de 31 de agosto de 2027.",
    ]
    authorities = [text.party("host").authority for text in change.content.texts]
    assert authorities == ["décision du conseil du 4 mars 2026", "acuerdo"]
    assert len(said["clauses"]) == len(said["beside"]["clauses"])


def test_a_stage_is_interrupted_tomorrow_and_the_document_names_no_days(base, stay, draft, people, enter):
    """Its clause asks whoever interrupts it to tell the others in writing, and no days:
    signed the day before, it counts."""
    base.frozen["template"]["slug"] = "stage-fr"
    base.save()
    change = draft("withdrawal", by=people["host"], at=DURING, **{**ALONE, "party": "host", "ends": date(2027, 5, 4)})
    said = str(change.frozen["clauses"])
    assert "withdraws from the agreement and from the stay, under its clause 17" in said
    assert "days between" not in said
    with clock.at(DURING):
        page = enter(people["host"]).get(reverse("agreement_change", args=[base.pk])).content.decode()
        check_in_time(change)
    assert "the agreement asks for no days before the end" in page
    with clock.at(DURING + timedelta(days=1)):
        refused("change.late", check_in_time, change)
