"""What must always be true of the corridor's rows. Each check yields sentences about what is not."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from contest.kinds.question_kinds import QUESTION_KINDS
from corridor.agreements.changes.content import stands
from corridor.agreements.files.reading import faults_of_kept
from corridor.domain.calendar.capacity import breaches
from corridor.domain.chain.chain import Facts, FactsSaid, in_order, is_more
from corridor.kinds.document_kinds import DOCUMENT_KINDS, ChangeKind
from corridor.kinds.placement_rules import PLACEMENT_RULES
from corridor.kinds.second_steps import SECOND_STEPS
from corridor.life.kinds.report_answers import ANSWER_KINDS
from corridor.life.kinds.report_figures import FIGURE_KINDS
from corridor.models import (
    Agreement,
    AgreementTemplate,
    Candidate,
    ChangeRequest,
    Incubator,
    Programme,
    ProgrammeQuestion,
    Question,
    Report,
    Signature,
    Stay,
    StayTemplate,
    TemplateVersion,
)
from corridor.placement.kinds.placement_changes import PLACEMENT_CHANGES
from corridor.placement.reading.inputs import bookings_of, host_of
from corridor.placement.services.plans import PLANS
from corridor.states import HOLDS_PLACES, OPEN_AGREEMENT, AgreementState, CandidateState, StayState
from toolkit.canonical import digest
from toolkit.kinds import strays

SAYS = {
    "desks": "desks missing: {number}",
    "closed": "the house is closed on {day}",
    "no_arrival": "nobody may arrive on {day}",
    "arrivals": "{number} guests arrive in that month, more than the host receives",
}

# Rows that have a kind of document.
DOCUMENTED = (("agreement", Agreement), ("template", AgreementTemplate), ("request for a change", ChangeRequest))


def check_corridor() -> Iterator[str]:
    """All checks: places by day, candidates and their stays, plans and their fingerprints,
    stays and their agreements."""
    incubators: Any = Incubator.objects.with_places().order_by("pk")
    for incubator in incubators:
        for breach in breaches(host_of(incubator), bookings_of(incubator.held_stays)):
            said = SAYS[breach.kind].format(number=breach.number, day=breach.day.isoformat())
            yield f"stay {breach.booking} in incubator {incubator.pk}: {said}"
    for stay in Stay.objects.holding().exclude(candidate__state=CandidateState.PLACED).order_by("pk"):
        yield f"stay {stay.pk}: holds a place, but its candidate is not placed"
    placed = Stay.objects.filter(state__in=HOLDS_PLACES).values("candidate")
    lost = Candidate.objects.filter(state=CandidateState.PLACED)
    for candidate in lost.exclude(pk__in=placed).order_by("pk"):
        yield f"candidate {candidate.pk}: placed, but no stay holds a place for it"
    yield from PLANS.faults()
    for version in TemplateVersion.objects.filter(published_at__isnull=False).order_by("pk"):
        if digest(version.texts) != version.texts_sha256:
            yield f"template version {version.pk}: its text is not the one that was published"
    yield from check_chains()
    yield from check_kinds()


def check_kinds() -> Iterator[str]:
    """Codes of kinds, which the database takes whatever they are."""
    for what, model in DOCUMENTED:
        codes = model.objects.order_by("pk").values_list("pk", "kind")
        yield from strays(DOCUMENT_KINDS, ((f"{what} {pk}", kind) for pk, kind in codes))
    for document in Agreement.objects.defer("frozen").order_by("pk"):
        kind = DOCUMENT_KINDS.get(document.kind)
        if kind is not None and isinstance(kind, ChangeKind) != document.is_change:
            yield f"agreement {document.pk}: a document of kind “{document.kind}” that does not stand where it belongs"
    answered = Question.objects.order_by("pk").values_list("pk", "changes")
    told = [(f"question {pk} about a plan", change["kind"]) for pk, changes in answered for change in changes]
    yield from strays(PLACEMENT_CHANGES, told)
    ruled = Programme.objects.order_by("pk").values_list("pk", "placement_rule")
    yield from strays(PLACEMENT_RULES, ((f"programme {pk}", rule) for pk, rule in ruled))
    signed = Signature.objects.exclude(second_step="").order_by("pk").values_list("pk", "second_step")
    yield from strays(SECOND_STEPS, ((f"signature {pk}", step) for pk, step in signed))
    asked = ProgrammeQuestion.objects.order_by("pk").values_list("pk", "kind")
    yield from strays(QUESTION_KINDS, ((f"question {pk} of a programme", kind) for pk, kind in asked))
    rows = [
        (f"report “{form['code']}” of programme {template.programme_id}", question)
        for template in StayTemplate.objects.order_by("pk")
        for form in template.reports
        for question in form["questions"]
    ]
    filed = Report.objects.order_by("pk").values_list("pk", "asked")
    rows += [(f"report {pk}", question) for pk, form in filed for question in form["questions"]]
    yield from strays(ANSWER_KINDS, ((row, question["kind"]) for row, question in rows))
    yield from strays(FIGURE_KINDS, ((row, question["term"]) for row, question in rows if question.get("term")))


def check_chains() -> Iterator[str]:
    """A stay is what its agreement says as the executed changes have changed it;
    only an open change keeps places beside it."""
    bases = Agreement.objects.agreements().filter(state=AgreementState.EXECUTED).order_by("pk")
    for base in bases.select_related("stay", "programme").prefetch_related("stay__travellers", "changes"):
        stay = base.stay
        for document in [base, *base.changes.all()]:
            for fault in faults_of_kept(document.frozen):
                yield f"agreement {document.pk}: {fault}"
            if digest(document.frozen) != document.frozen_sha256:
                yield f"agreement {document.pk}: what it says is not what its fingerprint says"
        executed = [one for one in base.changes.all() if one.state == AgreementState.EXECUTED]
        try:
            facts = _said(base, max(executed, key=lambda one: one.place, default=None))
        except (KeyError, ValueError):
            facts = None
        if facts is None:
            yield f"agreement {base.pk}: what it says of its stay can't be read"
            continue
        said, names_first = facts.facts, facts.names_first
        has_people = _settles_people(base, said)
        if base.frozen.get("reports", stay.promised) != stay.promised:
            yield f"stay {stay.pk}: its reports are due on other days than its agreement prints"
        yield from _differences(stay, said, has_people=has_people, names_first=names_first)
    waiting = Agreement.objects.filter(base__isnull=False, state__in=OPEN_AGREEMENT)
    for stay in Stay.objects.filter(asked_starts__isnull=False).exclude(agreements__in=waiting).order_by("pk"):
        yield f"stay {stay.pk}: keeps places for a change that nobody waits for"
    for change in waiting.select_related("stay").order_by("pk"):
        asked = change.change_said
        if is_more(asked.before.facts, asked.after.facts) and change.stay.asked_starts is None:
            yield f"agreement {change.pk}: the places that it asks for are not kept"


def _said(base: Agreement, last: Agreement | None) -> FactsSaid | None:
    """What the chain says of the stay, as it is frozen: its last executed change says all of it."""
    return last.change_said.after if last is not None else base.stay_said


def _settles_people(base: Agreement, said: Facts) -> bool:
    """Whether the documents say who travels: by name, or as a person's agreement does, which says that nobody else
    goes. Where a team's leaves it open, its people are named until the first day.
    """
    return bool(said.people) or (base.programme.guest_is_person and "people" in base.frozen["stay"])


def _differences(stay: Stay, said: Facts, *, has_people: bool, names_first: bool) -> Iterator[str]:
    """`names_first`: the document is from before it named all nationalities of a person, and holds the first one."""
    state = StayState.CANCELLED if said.is_cancelled else StayState.CONFIRMED
    if stay.state != state:
        yield f"stay {stay.pk}: {stay.state}, but by its agreement {state}"
    if said.is_cancelled:
        return
    now = stands(stay)
    for name in ("starts", "ends", "desks"):
        if getattr(now, name) != getattr(said, name):
            yield f"stay {stay.pk}: {name} {getattr(now, name)}, but by its agreement {getattr(said, name)}"
    erased = all(not one.name for one in now.people)  # what is said of people may be erased once a stay is over
    people = in_order(replace(one, name="") for one in said.people) if erased and now.people else said.people
    travel = [replace(one, nationalities=one.nationalities[:1]) for one in now.people] if names_first else now.people
    if has_people and in_order(travel) != people:
        yield f"stay {stay.pk}: other people travel than by its agreement"
