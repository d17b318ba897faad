"""Guests who are persons: their own agreement, what the law of the host's country asks,
and a programme nobody had thought of."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from corridor.agreements.drafting.blanks import suggest_terms, usual_terms
from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.agreements.signing.services.signing import send_signing_code, sign_agreement
from corridor.agreements.templates.wording import find_for, shipped
from corridor.domain.terms.host_law import broken, hours_by_week, hours_of, read_hours, read_rules, status_on
from corridor.life.services.reports import file_report
from corridor.models import Agreement, AgreementTemplate, Candidate, SigningCode, StayTemplate, TemplateVersion
from corridor.overview import to_do
from corridor.placement.services.plans import apply_placements, propose_placements
from corridor.placement.services.stays import accept_stay
from corridor.placement.services.wishes import save_wishes
from corridor.programmes.services import create_programme
from network.models import User
from network.services import invite_to_role
from tests import build
from toolkit import clock
from toolkit.refusals import Refusal

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SPEAKS = {
    "address": "2 rue des Ateliers",
    "services": ["desk"],
    "signatory_role": "Director",
    "authority": {"en": "a decision of the board", "fr": "une décision du conseil"},
}


@pytest.fixture
def house(city):
    """An incubator in France; its host signs."""
    made = build.incubator("Les Ateliers", city, (date(2027, 1, 1), date(2027, 12, 31), 4), **SPEAKS)
    made.signatory_name = build.host(made).full_name
    made.save()
    return made


@pytest.fixture
def braga(db):
    of = build.city("braga", "Braga")
    build.person("coordinator@braga.example", "Carla Coordenadora", "coordinator", build.city_hall(of))
    return of


@pytest.fixture
def hosted(house, braga):
    """hosted(**application): the accepted stay, in France, of a person from Braga who has applied and was admitted."""

    def make(**said):
        application = build.application(build.graduates(), "gil@people.example", braga, state="admitted", **said)
        application.user.full_name = "Gil Graduado"
        application.user.save()
        candidate = Candidate.objects.create(
            programme=application.programme, user=application.user, name="Gil Graduado", home_city=braga, rank=1
        )
        application.candidate = candidate
        application.save()
        return build.stay_of(candidate, house, state="accepted")

    return make


def terms_of(stay, language="en", **more):
    template = more.get("template", "")
    given = suggest_terms(stay=stay, language=language, template=template)
    return {**given, "guest_address": "Rua 1, Braga", "city_authority": "deliberation 7", **more}


def sign_for(agreement, party, person, name=None):
    """Signs as the next request of this person would."""
    SigningCode.objects.all().delete()
    by = User.objects.get(pk=person.pk)
    return sign_agreement(
        by=by,
        agreement=agreement,
        party=party,
        typed_name=name or by.full_name,
        consents=True,
        document_sha256=agreement.issued_sha256,
        code=send_signing_code(by=by, agreement=agreement, party=party),
    )


def refused(act, *args, **given) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act(*args, **given)
    return caught.value


def test_a_graduate_signs_in_person_and_for_nobody_else(organiser, hosted, house, stranger):
    stay = hosted()
    gil = stay.candidate.user
    assert find_for(stay).slug == "graduate-agreement"
    stay.travellers.create(name="Gil Graduado", nationalities=["PT"], starts=stay.starts, ends=stay.ends)
    with clock.at(NOW):
        agreement = draft_agreement(by=organiser, stay=stay, language="en", terms=terms_of(stay))
    assert [(one["party"], one["name"], one["organisation"]) for one in agreement.frozen["parties"]] == [
        ("host", "Les Ateliers", "les-ateliers"),
        ("guest", "Gil Graduado", ""),
        ("city", "City of Braga", "city-of-braga"),
    ]
    assert suggest_terms(stay=stay, language="en")["guest_address"] == "1 Street"  # as the application says
    told = str(agreement.frozen["clauses"])
    assert "guest: Gil Graduado, in their own name" in told.replace("the graduate:", "guest:")
    assert "This agreement is not a contract of employment" in told
    assert "residency as follows: Gil Graduado, Portugal, 1 January 2027 – 30 June 2027." in told
    assert "six months from 31 August end with 27 February" in told
    place = agreement.signatures.get(party="guest")
    assert (place.organisation, place.user, place.signatory, place.party_name) == (None, gil, gil, "Gil Graduado")
    Agreement.objects.update(state="issued", issued_sha256="5" * 64)
    agreement.refresh_from_db()
    assert list(Agreement.objects.visible_to(gil)) == [agreement]
    assert not Agreement.objects.visible_to(stranger).exists()
    with clock.at(NOW):
        assert refused(sign_for, agreement, "guest", stranger, "Gil Graduado").code == "agreement.party"
        assert refused(sign_for, agreement, "guest", gil).code == "agreement.turn"
        sign_for(agreement, "host", house.organisation.memberships.get().user)
        assert [todo.title for todo in to_do(User.objects.get(pk=gil.pk)) if "agreement" in todo.title] == [
            "Read and sign an agreement"
        ]
        assert sign_for(agreement, "guest", gil).signer_role == ""


def test_a_stage_is_refused_for_who_is_no_longer_a_student_and_says_what_to_use(organiser, hosted, enter):
    stay = hosted(status="graduate", diploma_on=date(2026, 9, 30))
    with clock.at(NOW):
        refusal = refused(draft_agreement, by=organiser, stay=stay, language="fr", terms={"template": "stage-fr"})
        page = enter(organiser).get(f"/stays/{stay.pk}/agreement/?template=stage-fr&language=fr").content.decode()
    assert (refusal.code, refusal.field) == ("agreement.template_status", "template")
    for said in (
        "is only for: student, enrolled. On 1 January 2027 Gil Graduado is: graduate, no longer enrolled.",
        (
            "In France such an agreement can be made only for somebody who is enrolled in a school or university, "
            "which signs it"
        ),
        "Use “Residency agreement of a graduate” instead.",
    ):
        assert said in str(refusal.message)
        assert said in page
    assert not Agreement.objects.exists()


def test_a_student_has_the_school_sign_too_and_all_before_the_start(organiser, hosted, house):
    stay = hosted(status="student", diploma_on=None)
    with clock.at(NOW):
        assert find_for(stay).slug == "stage-fr"
        lacks = refused(draft_agreement, by=organiser, stay=stay, language="fr", terms=terms_of(stay, "fr"))
        assert lacks.missing[:2] == ["school_address", "school_signatory"]
        assert {"course", "teacher", "allowance", "school_account"} < set(lacks.missing)
        assert "Enseignante ou enseignant référent" in lacks.names
        school = build.organisation("Université de Braga", "school")
        dean = build.person("dean@school.example", "Dina Decana", "school", school)
        own = ("course", "teacher", "tutor", "activities", "allowance", "benefits")
        other = build.organisation("Université de Porto", "school")
        build.person("other@school.example", "Otto Outro", "school", other)
        assert (terms_of(stay, "fr")["school_signer"], terms_of(stay, "fr")["school_address"]) == (None, "")
        given = {**terms_of(stay, "fr"), **dict.fromkeys(own, "à préciser"), "school_address": "Braga"}
        given |= {
            "school_signer": dean.pk,
            "school_capacity": "doyenne",
            "school_authority": "statuts",
            "city_capacity": "élue",
        }
        assert given["total_hours"] == "924"  # six months
        usual = usual_terms(stay=stay, wording=find_for(stay), languages=["en", "fr"])
        assert (usual["prevailing_language"], usual["total_hours"]) == ("fr", {"en": "924", "fr": "924"})
        both = {"by": organiser, "stay": stay, "language": "fr", "beside": "en"}
        many = refused(draft_agreement, **both, terms={**given, "total_hours": {"fr": "900", "en": "924,5"}})
        assert (many.code, many.field) == ("agreement.hours_too_many", "total_hours__en")
        assert "allows at most 924 hours of presence, and 924,5 are written. In France" in str(many.message)
        assert refused(draft_agreement, **both, terms={**given, "total_hours": "full time"}).code == "agreement.hours"
        agreement = draft_agreement(**both, terms={**given, "total_hours": "700"})
        assert (agreement.frozen["prevailing"], agreement.frozen["beside"]["language"]) == ("fr", "en")
        assert "six mois à compter du 31 août, le 27 février" in str(agreement.frozen["clauses"])
        assert [place.party for place in agreement.signatures.order_by("order")] == ["host", "guest", "city", "school"]
        assert agreement.signatures.get(party="school").signatory == dean
        Agreement.objects.update(state="issued", issued_sha256="5" * 64)
        agreement.refresh_from_db()
        host = house.organisation.memberships.get().user
        sign_for(agreement, "host", host)
    with clock.at(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):  # half past midnight in Clermont-Ferrand
        assert refused(sign_for, agreement, "guest", stay.candidate.user).code == "agreement.begun"


def test_what_a_stage_asks_by_hand():
    rules = read_rules({"statuses": "student", "max_months": "6", "before_start": "yes", "parties": "school"})
    start, end, before = date(2027, 1, 1), date(2027, 7, 1), date(2026, 12, 31)

    def said(status="student", ends=end, today=before):
        return broken(rules, status=status, starts=start, ends=ends, today=today)

    assert [said(), said(ends=date(2027, 7, 2)), said(today=start)] == ["", "length", "start"]
    assert [said("graduate"), said("")] == ["status", "status"]
    assert status_on(start, said="student", diploma_on=date(2027, 1, 1)) == "graduate"
    assert status_on(start, said="student", diploma_on=date(2027, 1, 2)) == "student"


def test_hours_of_a_stage_by_hand():
    """7 hours a day, 22 days a month: 154 a month, at most 924 (sources: data/sources.md, terms/stage-fr)."""
    rules = read_rules({"max_hours": "924", "month_hours": "154", "hours_blank": "total_hours"})

    def hours(starts, ends):
        return hours_of(rules, starts, ends)

    assert hours(date(2027, 3, 1), date(2027, 4, 1)) == 154
    assert hours(date(2027, 3, 1), date(2027, 6, 1)) == 462
    assert hours(date(2027, 3, 1), date(2027, 9, 1)) == 924
    assert hours(date(2027, 8, 31), date(2028, 2, 29)) == 924  # six months from 31 August end on the eve of 29 February
    assert hours(date(2027, 3, 1), date(2027, 12, 1)) == 924  # nine months would be 1386
    assert hours(date(2027, 4, 1), date(2027, 5, 16)) == 154 + 74  # 15 of the 31 days of May: 74.5
    assert hours_of(read_rules({}), date(2027, 3, 1), date(2027, 4, 1)) is None
    said = ["924", "1 000", "462,5", "1.000", "924 h", ""]
    assert [str(read_hours(one)) for one in said] == ["924", "1000", "462.5", "None", "None", "None"]


def test_hours_a_week_over_the_weeks_of_a_stage_by_hand():
    # Six months from 1 March are 184 days: 35 × 184 / 7 = 920, 40 × 184 / 7 = 1051.4, which begins the 1052nd hour.
    weeks = (date(2027, 3, 1), date(2027, 9, 1))
    assert [hours_by_week(Decimal(weekly), *weeks) for weekly in (35, 40)] == [920, 1052]
    assert hours_by_week(Decimal(40), date(2027, 3, 1), date(2027, 4, 26)) == 320  # eight weeks


def test_hours_a_week_that_come_to_more_than_the_law_allows_are_refused(organiser, hosted):
    stay = hosted(status="student", diploma_on=None)
    with clock.at(NOW):
        terms = suggest_terms(stay=stay, language="fr", template="stage-fr")
        assert (terms["weekly_hours"], terms["total_hours"]) == ("35", "924")
        given = {"by": organiser, "stay": stay, "language": "fr"}
        refusal = refused(draft_agreement, **given, terms={**terms, "weekly_hours": "40", "total_hours": "924"})
        assert (refusal.code, refusal.field) == ("agreement.hours_too_many", "weekly_hours")
        assert "40 hours a week" in str(refusal.message)
        assert "more than 924" in str(refusal.message)
        assert refused(draft_agreement, **given, terms={**terms, "weekly_hours": "a few"}).code == "agreement.hours"
        # With 35 what else is missing is told, and the hours are not.
        assert refused(draft_agreement, **given, terms=terms).code == "agreement.blanks"


def test_organisers_invite_a_school_by_its_name(organiser):
    first = invite_to_role(by=organiser, role="school", email="dean@school.example", school="École du Midi")
    again = invite_to_role(by=organiser, role="school", email="clerk@school.example", school="école du midi")
    assert (first.organisation.kind, again.organisation) == ("school", first.organisation)
    assert refused(invite_to_role, by=organiser, role="school", email="a@b.example", school=" ").code == "role.school"


@pytest.fixture
def residency(organiser):
    """An artists' residency: three months, the network in the place of the home city,
    its own text and its own report."""
    programme = create_programme(
        by=organiser,
        slug="artists",
        edition=None,
        name={"en": "Artists in residence", "fr": "Artistes en résidence"},
        first_start=date(2027, 3, 1),
        last_start=date(2027, 3, 1),
        months=3,
        guest="artist",
        guest_one={"en": "artist", "fr": "artiste"},
        guest_many={"en": "artists", "fr": "artistes"},
        guest_is_person=True,
        parties=["host", "guest", "network"],
    )
    text = next(one for one in shipped() if one.slug == "graduate-agreement").texts["en"]
    text = {**text, "title": "Artist’s residency", "subtitle": "{guest_name} at {host_name}, {months}"}
    text["clauses"] = [
        {**row, "text": "The artist reports to the host and the network:\n- {reports}"}
        if "{report_start}" in row["text"]
        else row
        for row in text["clauses"]
    ]
    text["parts"] = {**text["parts"], "words": {"guest": "the artist"}}
    own = AgreementTemplate.objects.create(slug="artist", guest="artist", name={"en": "Artist’s residency"})
    own.programmes.add(programme)
    TemplateVersion.objects.create(template=own, number=1, texts={"en": text}, saved_at=NOW, published_at=NOW)
    work = {"code": "works", "label": {"en": "Works made"}, "kind": "whole", "is_required": True}
    form = {"code": "works", "title": {"en": "Works"}, "side": "team", "anchor": "end", "months": 0}
    form |= {"opens_days": -60, "due_days": 10, "questions": [work]}
    StayTemplate.objects.create(programme=programme, checklist=[], reports=[form])
    return programme


def test_an_artists_residency_is_a_new_row_and_no_new_code(
    residency, organiser, house, braga, django_capture_on_commit_callbacks
):
    artist = build.person("ada@people.example", "Ada Artista")
    host = house.organisation.memberships.get().user
    with clock.at(NOW), django_capture_on_commit_callbacks(execute=True):
        candidate = Candidate.objects.create(
            programme=residency, user=artist, name="Ada Artista", home_city=braga, rank=1
        )
        save_wishes(
            by=artist,
            candidate=candidate,
            version=1,
            incubators=[(house, 1)],
            people=1,
            earliest_start=None,
            latest_start=None,
            needs="A kiln.",
        )
        plan = propose_placements(by=organiser, programme=residency)
    plan.refresh_from_db()
    with clock.at(NOW), django_capture_on_commit_callbacks(execute=True):
        [stay] = apply_placements(by=organiser, plan=plan)
        accept_stay(by=artist, stay=stay, side="team")
        stay = accept_stay(by=host, stay=stay, side="host")
        given = {**suggest_terms(stay=stay, language="en"), "guest_address": "Rua 1, Braga", "network_address": "Braga"}
        given |= {"network_capacity": "secretary", "network_authority": "the statutes"}
        agreement = draft_agreement(by=organiser, stay=stay, language="en", terms=given)
    agreement.refresh_from_db()
    assert (stay.starts, stay.ends) == (date(2027, 3, 1), date(2027, 6, 1))
    assert [(one["party"], one["label"]) for one in agreement.frozen["parties"]] == [
        ("host", "the host"),
        ("guest", "the artist"),
        ("network", "the network"),
    ]
    assert (agreement.frozen["title"], agreement.frozen["subtitle"]) == (
        "Artist’s residency",
        "Ada Artista at Les Ateliers, 3\xa0months",
    )
    assert "nobody travels with them" in str(agreement.frozen["clauses"])  # as long as nobody said who goes, and when
    assert "Works: 11 June 2027" in str(agreement.frozen["clauses"])  # the reports of the programme, whatever they are
    assert [row["code"] for row in agreement.frozen["reports"]] == ["works"]
    with clock.at(NOW), django_capture_on_commit_callbacks(execute=True):
        for party, person in (("host", host), ("guest", artist), ("network", organiser)):
            sign_for(agreement, party, person)
    agreement.refresh_from_db()
    stay.refresh_from_db()
    assert (agreement.state, stay.state, bool(agreement.executed_sha256)) == ("executed", "confirmed", True)
    assert agreement.signatures.get(party="guest").party_label == "artist"
    with clock.at(datetime(2027, 5, 31, 9, tzinfo=UTC)):
        report = file_report(by=artist, stay=stay, code="works", side="team", revision=0, typed={"works": "4"})
    assert report.answers == {"works": 4}
