"""Every address crossed with every role. A new address without a row fails: say who may open it.

Each row of urls_by_role.txt holds what a GET answers to: visitor, stranger (an account without a role), founder,
coordinator, organiser, juror, host; each row of posts_by_role.txt what an empty POST answers, for addresses that take
only POST. The things of the world below belong to the founder's own city and start-up, so each role sees what is its
own; whoever has nothing to do with a thing gets 404, and visitors are sent to log in. 405: the address takes only POST.
Write both tables anew with WRITE_TABLE=1, and read what has changed.
"""

import os
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from contest.entries.services.attachments import attach_deck
from contest.models import Edition, Startup
from corridor.agreements.drafting.blanks import suggest_terms
from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.agreements.files.services.rendering import render_owed
from corridor.agreements.templates.services.templates import start_version
from corridor.life.reading.stays import standard
from corridor.models import Agreement, AgreementBatch, ApplicationCall, HostDocument, LeadTime, PaperCopy, StayFeed
from corridor.placement.services.plans import propose_placements, solve_plan
from judging.models import CalendarFeed, CutDecision, Penalty
from judging.results.services.closing import close_round, publish_results
from judging.results.services.minutes import render_owed_minutes, request_minutes
from judging.results.services.reopening import propose_reopening
from network.models import AccountReset, Event, Message
from network.services import invite_to_role
from tests import build
from tests.contest.pdfs import upload

GETS = Path(__file__).with_name("urls_by_role.txt")
POSTS = Path(__file__).with_name("posts_by_role.txt")
ROLES = ["visitor", "stranger", "founder", "coordinator", "organiser", "juror", "host"]
# Pages of allauth and of the API's own browser of schemas: tested by their makers, and in tests/network and tests/api.
OTHERS = ("account_", "mfa_", "usersessions_", "schema", "reference", "api-root", "demo")


def names() -> dict[str, str]:
    """{name of an address: its pattern} of everything that is ours."""
    found = {}

    def walk(patterns, prefix=""):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, prefix + str(pattern.pattern))
            elif isinstance(pattern, URLPattern) and pattern.name and not pattern.name.startswith(OTHERS):
                found[pattern.name] = prefix + str(pattern.pattern)

    walk(get_resolver().url_patterns)
    return found


def rows(table: Path) -> dict[str, list[str]]:
    lines = [line.split() for line in table.read_text().splitlines() if line and not line.startswith("#")]
    return {line[0]: line[1:] for line in lines}


def recorded(round, entry, organiser) -> dict[str, int]:
    """A breach and a wild card in the round."""
    rule = round.criteria.create(code="late", name={"en": "Late", "fr": "Retard"}, kind="penalty", weight=2000, order=9)
    penalty = Penalty.objects.create(criterion=rule, entry=entry, reason="Late.", by=organiser, at=timezone.now())
    wild = CutDecision.objects.create(
        round=round, entry=entry, kind="wild_card", reason="Bold.", by=organiser, at=timezone.now()
    )
    return {"penalty_pk": penalty.pk, "decision_pk": wild.pk}


@pytest.fixture
def world(db, founder, coordinator, organiser, stranger, city, settings, tmp_path):
    """One person per role, and one of each thing.

    The founder's entry is nominated and has a deck; its first round is published, in the second it is assigned to the
    juror; it has an award, a stay, and an agreement that waits for signatures. Returns ({role: person}, {part of an
    address: value}, {beginning of an address: pk}).
    """
    files = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    edition = build.edition("2027")
    closes = (edition.call_closes, edition.nominations_close)
    question = edition.questions.create(code="why", text={"en": "Why?", "fr": "Pourquoi ?"}, is_required=False)
    entry = build.entry(edition, Startup.objects.get(), code="E01")
    deck = attach_deck(by=founder, entry=entry, upload=upload())
    build.nominate(entry)
    juror = build.juror(edition, 1, build.city("magog"))
    first = published_round(edition, juror, entry, organiser)
    proposal = propose_reopening(by=organiser, round=first, reason="A typing error.")
    round = build.round(edition, state="open", order=2)
    scorecard = build.assign(round, juror, entry)
    live = build.live_session(round, entry)
    house, stay, agreement = agreed(entry, organiser)
    other_stay = reported(entry.startup.organisation, house, founder)
    in_force, request = asked_to_change(other_stay, agreement, founder)
    plan = waiting_plan(stay.programme, organiser, house)
    person = build.person("second@clermont.example", "", "coordinator", build.city_hall(city))
    invitation = invite_to_role(by=organiser, role="coordinator", email="new@clermont.example", city=city)
    StayFeed.objects.create(incubator=house, token=invitation.token, renewed_at=timezone.now())
    lead_time = LeadTime.objects.create(host_country="PT", days=9, source="Page", as_of=date(2026, 1, 1))
    CalendarFeed.objects.create(user=stranger, token=invitation.token, renewed_at=timezone.now())
    AccountReset.objects.create(
        user=stranger, asked_by=coordinator, asked_at=timezone.now(), applies_at=timezone.now(), token=invitation.token
    )
    document = HostDocument(incubator=house, title="Rules", uploaded_by=organiser, uploaded_at=timezone.now())
    document.file.save("rules.pdf", ContentFile(b"%PDF-1.7"))
    mail = Message.objects.get(kind="invitation")
    Message.objects.filter(pk=mail.pk).update(state="failed")
    applied = admitted(founder, house, city)
    people = [None, stranger, founder, coordinator, organiser, juror.user, build.host(house)]
    words = {
        "slug": "2027",
        "edition": "2027",
        "city": city.slug,
        "step": "pitch",
        "preset_slug": "holt-fintech",
        "role": "coordinator",
        "token": invitation.token,
        "name": "entries",
        "form": "csv",
        "entry_pk": entry.pk,
        "session_pk": live.pk,
        "group_pk": round.groups.create(code="idea", name={"en": "Idea"}).pk,
        "criterion_pk": round.criteria.first().pk,
        **recorded(round, entry, organiser),
        "rule_pk": round.pair_rules.create(
            juror=juror, entry=entry, kind="forbidden", reason="Cousins.", by=organiser, at=timezone.now()
        ).pk,
        "conflict_pk": juror.conflicts.create(
            entry=build.entry(edition, build.startup("Aside", build.city("cuneo"))),
            kind="declared",
            reason="Cousins.",
            by=juror.user,
            at=timezone.now(),
        ).pk,
        "opening_pk": house.openings.get().pk,
        "document_pk": document.pk,
        "blackout_pk": house.blackouts.create(starts=date(2029, 1, 1), ends=date(2029, 1, 2)).pk,
        "annex_pk": house.annexes.create(texts={"en": {"title": "A", "text": "B"}}, saved_at=timezone.now()).pk,
        "template_slug": "startup-agreement",
        "number": start_version(by=organiser, slug="startup-agreement").number,
        "where": "clauses",
        "table": "plan",
        "candidate_pk": stay.candidate_id,
        "reference": agreement.reference,
        **living(stay, organiser),
        "report": "baseline",
        "kind": "extension",
        "side": "team",
        "party": "host",
        "copy_pk": scanned(agreement, founder).pk,
        "which": "scan",
        "page": 99,  # drawn pages: tests/corridor/agreements/test_outside.py
        "code": agreement.code,
        **asked_of(stay.programme),
        "programme": "graduates",
        "part": "you",
        "paper_pk": applied.documents.get().pk,
        "version": 1,
        "reopening_pk": proposal.pk,
    }
    pks = {
        "entries/": entry.pk,
        "city/entries/": entry.pk,
        "organise/editions/2027/entries/": entry.pk,
        "organise/editions/2027/categories/": edition.categories.get().pk,
        "organise/editions/2027/questions/": question.pk,
        "organise/people/": person.memberships.get().pk,
        "organise/people/invitations/": invitation.pk,
        "organise/people/resets/": AccountReset.objects.get().pk,
        "files/attachments/": deck.pk,
        "files/incubators/": document.pk,
        "mail/": mail.pk,
        "startups/": entry.startup_id,
        "judging/scorecards/": scorecard.pk,
        "judging/set-aside/": build.set_aside(scorecard).pk,
        "sessions/": live.pk,
        "judging/rounds/": round.pk,
        "judging/workbooks/": build.ballot_import(scorecard).pk,
        "organise/rounds/": round.pk,
        "organise/jurors/": juror.pk,
        "organise/programmes/": stay.programme_id,
        "organise/plans/": plan.pk,
        "organise/agreement-batches/": AgreementBatch.objects.create(
            programme=stay.programme, language="en", made_by=organiser, made_at=timezone.now()
        ).pk,
        "organise/lead-times/": lead_time.pk,
        "candidates/": stay.candidate_id,
        "applications/": applied.pk,
        "files/applications/": applied.documents.get().pk,
        "organise/applications/": applied.pk,
        "incubator/candidates/": applied.candidate_id,
        "incubator/": house.pk,
        "stays/": stay.pk,
        "stays/<pk>/reports/": other_stay.pk,
        "agreements/<pk>/change/": in_force.pk,
        "agreements/requests/": request.pk,
        "agreements/": agreement.pk,
        "api/v1/entries/": entry.pk,
        "api/v1/scorecards/": scorecard.pk,
        "api/v1/standings/": first.standings.get().pk,
        "api/v1/incubators/": house.pk,
        "api/v1/stays/": stay.pk,
        "api/v1/agreements/": agreement.pk,
        # What is there only once a round is closed is asked of the published one.
        **{f"organise/rounds/<pk>/{page}": first.pk for page in ("standings/", "minutes", "history/")},
    }
    # Rounds are made for a call that is over; founders' pages are asked while it is open.
    Edition.objects.filter(pk=edition.pk).update(call_closes=closes[0], nominations_close=closes[1])
    return dict(zip(ROLES, people, strict=True)), words, pks


def published_round(edition, juror, entry, organiser):
    first = build.round(edition, state="open", order=1)
    build.marks(build.assign(first, juror, entry), 4, 3)
    close_round(by=organiser, round=first)
    request_minutes(by=organiser, round=first, language="en")
    render_owed_minutes(5)
    publish_results(by=organiser, round=first)
    return first


def agreed(entry, organiser):
    """(incubator, accepted stay, agreement whose document is issued)."""
    braga = build.city("braga")
    says = {"address": "Rua 4, Braga", "services": ["desk"], "signatory_name": "Helena", "signatory_role": "Director"}
    house = build.incubator(
        "House", braga, (date(2027, 1, 1), date(2027, 12, 31), 4), **says, authority={"en": "a vote"}
    )
    build.host(house)
    then = timezone.now()
    stay = build.stay(build.award(entry), house, state="accepted", accepted_by_host_at=then, accepted_by_team_at=then)
    terms = {**suggest_terms(stay=stay, language="en"), "city_authority": "deliberation 2026-12"}
    agreement = draft_agreement(by=organiser, stay=stay, language="en", terms=terms)
    render_owed(5)
    return house, stay, agreement


def living(stay, organiser) -> dict[str, int]:
    """A line of the stay's checklist, for the team; an hour of a mentor; an incident."""
    then, day = timezone.now(), date(2026, 11, 2)
    hour = stay.mentor_hours.create(day=day, minutes=60, mentor="Max", noted_by=organiser, noted_at=then)
    incident = stay.incidents.create(day=day, what="Flood.", recorded_by=organiser, recorded_at=then)
    line = stay.checklist.create(code="visa", title={"en": "Visas"}, owner="team", due=stay.starts)
    return {"item_pk": line.pk, "hour_pk": hour.pk, "incident_pk": incident.pk}


def reported(team, house, founder):
    """A confirmed stay of the team, in another programme, whose baseline is filed."""
    programme = build.programme(None, "exchange")
    candidate = build.candidate(programme, team.name, team.city, 1)
    stay = build.stay_of(candidate, house, "confirmed", starts=date(2026, 11, 1), ends=date(2027, 5, 1))
    then = timezone.now()
    asked = next(row for row in standard()["reports"] if row["code"] == "baseline")
    filed = {"state": "filed", "filed_at": then, "filed_by": founder}
    stay.reports.create(code="baseline", side="team", asked=asked, saved_at=then, **filed)
    return stay


def asked_to_change(stay, like, founder):
    """(an executed agreement on the stay, with the parties of another one; a request of the start-up to change it)."""
    then, places = timezone.now(), list(like.signatures.order_by("order"))
    agreement = Agreement.objects.get(pk=like.pk)
    agreement.pk, agreement.stay, agreement.programme, agreement.state = None, stay, stay.programme, "executed"
    agreement.executed_at = then
    agreement.save()
    for place in places:
        agreement.signatures.create(party=place.party, order=place.order, organisation=place.organisation)
    request = agreement.requests.create(
        party="startup", kind="extension", reason="More time.", proposal={"ends": "2027-06-01"}, asked_by=founder,
        asked_at=then
    )  # fmt: skip
    return agreement, request


def scanned(agreement, founder):
    """The scan of a copy signed by hand, to be compared."""
    signature = agreement.signatures.get(party="startup")
    copy = PaperCopy(signature=signature, pages=1, uploaded_by=founder, uploaded_at=timezone.now())
    copy.file.save("scan.pdf", ContentFile(b"%PDF-1.7"))
    return copy


def waiting_plan(programme, organiser, house):
    """A solved plan for a start-up of elsewhere."""
    build.candidate(programme, "Waits", build.city("cuneo"), 9, [house])
    plan = propose_placements(by=organiser, programme=programme)
    solve_plan.call(plan.pk)
    return plan


def asked_of(programme) -> dict[str, int]:
    """A question and a paper, asked of those who apply to a programme."""
    question = programme.questions.create(code="why", text={"en": "Why?"})
    return {
        "question_pk": question.pk,
        "asked_pk": programme.documents_asked.create(code="cv", name={"en": "CV"}).pk,
    }


def admitted(person, house, city):
    """A person's application to a programme for graduates: admitted, wishing the house, with a paper for hosts."""
    programme = build.graduates()
    then = timezone.now()
    ApplicationCall.objects.filter(programme=programme).update(
        opens_at=then - timedelta(days=2), closes_at=then + timedelta(days=2)
    )
    applied = build.application(programme, person.email, city, "admitted")
    build.paper(applied, programme.documents_asked.create(code="cv", name={"en": "CV"}, for_hosts=True))
    values = {"user": person, "name": "Sam", "home_city": city, "rank": 1}
    applied.candidate = programme.candidates.create(**values)
    applied.candidate.preferences.create(incubator=house, rank=1)
    applied.save()
    return applied


def address(pattern: str, words: dict, pks: dict) -> str:
    """The address of what is in the world: the longest beginning that is known says whose number is meant."""
    path = re.sub(r"\(\?P<(\w+)>(?:\[[^]]*\]\+|[^)]*)\)", r"<\1>", pattern)
    path = re.sub(r"\^|\$|\\Z", "", path)
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(words.get(found[1], f"<{found[1]}>")), path)
    if "<pk>" in path:
        begins = [begin for begin in pks if path.startswith(begin) and (begin + "<pk>" in path or "<pk>" in begin)]
        path = path.replace("<pk>", str(pks[max(begins, key=len)]))
    assert "<" not in path, f"the world holds nothing for {path}"
    return "/" + path


def compare(table: Path, seen: dict[str, list[str]]) -> None:
    if os.environ.get("WRITE_TABLE"):
        table.write_text("".join(f"{name:26} {' '.join(answers)}\n" for name, answers in seen.items()))
    assert seen == rows(table)


def test_every_address_answers_each_role_as_the_tables_say(world, enter):
    people, words, pks = world
    clients = {role: enter(person) if person else Client() for role, person in people.items()}
    gets, posts = {}, {}
    for name, pattern in sorted(names().items()):
        place = address(pattern, words, pks)
        gets[name] = [str(clients[role].get(place).status_code) for role in ROLES]
        if "405" in gets[name]:
            posts[name] = [post(clients[role], place) for role in ROLES]
    assert "500" not in sum([*gets.values(), *posts.values()], [])
    compare(GETS, gets)
    compare(POSTS, posts)


def post(client: Client, place: str) -> str:
    """What an empty POST answers; whatever it did is undone. Where the answer is no, nothing was done."""
    before = (Event.objects.count(), Message.objects.count())
    with transaction.atomic():
        answer = client.post(place)
        after = (Event.objects.count(), Message.objects.count())
        transaction.set_rollback(True)
    is_no = answer.status_code >= 400 or "/login/" in answer.headers.get("Location", "")
    assert after == before or not is_no, f"{place} says {answer.status_code} and does something"
    return str(answer.status_code)
