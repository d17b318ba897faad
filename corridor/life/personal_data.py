"""What the stays hold about people: for who asks for a copy of it, and for who erases it.

What is not here stays when a stay is erased, with its reason in `KEPT`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from corridor.domain.calendar.lead_times import people_of
from corridor.domain.life.reports import question_of
from corridor.life.kinds.report_answers import ANSWER_KINDS
from corridor.models import Application, Candidate, ChangeRequest, Incident, Letter, MentorHour, Report, Stay, Traveller
from corridor.models.applications import PERSONAL
from corridor.reads.people import team_of
from corridor.states import HOLDS_PLACES, CandidateState
from network.models import User

if TYPE_CHECKING:
    from corridor.reads.applications import ApplicationQuerySet
    from corridor.reads.changes import ChangeRequestQuerySet


KEPT = [
    (_("The agreement, its files and signatures"), _("A contract and its proof; a public archive decides about them.")),
    (_("The figures of the reports"), _("They count jobs and money, and say nothing of a person.")),
    (
        _("Who accepted, filed or settled what, and when"),
        _("It shows that the stay was run as agreed; no words are in it."),
    ),
    (_("Copies in mailboxes"), _("Messages were mailed to the other side; those copies are out of reach.")),
]


def held_by(stay: Stay) -> dict[str, list[dict[str, object]]]:
    """What the stay's rows say in words or of people, by kind. At most eight queries."""
    return {
        "travellers": [_traveller(row) for row in stay.travellers.exclude(name="")],
        "answers": [row for report in stay.reports.all() for row in words_of(report)],
        "letters": [_letter(row) for row in stay.letters.exclude(text="").select_related("author")],
        "mentor_hours": [_hours(row) for row in stay.mentor_hours.exclude(mentor="")],
        "incidents": [_incident(row) for row in stay.incidents.exclude(what="")],
        "requests": [_request(row) for row in requests_of(stay).exclude(reason="")],
        "applications": [model_to_dict(row, fields=PERSONAL) for row in applications_of(stay)],
        "nationalities": _nationalities(stay.candidate) if _is_done(stay) else [],
    }


def personal_data(user: User) -> dict[str, object]:
    """What the corridor holds that this person wrote, or that names the people of their team."""
    by = {"filed_by": user}
    return {
        "stays": [
            {"stay": str(stay), "travellers": [_traveller(row) for row in stay.travellers.all()]}
            for stay in Stay.objects.filter(team_of(user, "candidate__")).with_parties().prefetch_related("travellers")
        ],
        "nationalities": [
            {"programme": str(row.programme), **person}
            for row in Candidate.objects.of_team(user).select_related("programme")
            for person in _nationalities(row)
        ],
        "reports": [row for report in Report.objects.filter(**by) for row in words_of(report)],
        "letters": [_letter(row) for row in Letter.objects.filter(author=user).select_related("author")],
        "mentor_hours": [_hours(row) for row in MentorHour.objects.filter(noted_by=user)],
        "incidents": [_incident(row) for row in Incident.objects.filter(recorded_by=user)],
        "requests": [_request(row) for row in ChangeRequest.objects.filter(asked_by=user)],
    }


def words_of(report: Report) -> list[dict[str, object]]:
    """The answers of a report that are free words."""
    texts = [
        question.code for question in map(question_of, report.asked["questions"]) if ANSWER_KINDS[question.kind].is_long
    ]
    place = {"report": report.code, "side": report.side, "version": report.version}
    return [{**place, "question": code, "text": report.answers[code]} for code in texts if report.answers.get(code)]


def requests_of(stay: Stay) -> ChangeRequestQuerySet:
    """What parties asked to change in the stay's agreement."""
    return ChangeRequest.objects.filter(agreement__stay=stay)


def applications_of(stay: Stay) -> ApplicationQuerySet:
    """What a person said to be admitted, once no other stay may need it."""
    rows = Application.objects.filter(candidate=stay.candidate_id, erased_at=None)
    return rows if _is_done(stay) else rows.none()


def _is_done(stay: Stay) -> bool:
    """No other stay of its guest may need what was said for this one."""
    return stay.state in HOLDS_PLACES or stay.candidate.state == CandidateState.WITHDRAWN


def _nationalities(candidate: Candidate) -> list[dict[str, object]]:
    """Those of each person who travels; nobody is named."""
    told = people_of(candidate.nationalities)
    return [{"person": place, "nationalities": list(codes)} for place, codes in enumerate(told, start=1)]


def _request(row: ChangeRequest) -> dict[str, object]:
    people = [person["name"] for person in row.proposal.get("people", [])]
    return {"at": row.asked_at.isoformat(), "reason": row.reason, "answer": row.answer, "people": people}


def _traveller(row: Traveller) -> dict[str, object]:
    days = {"from": row.starts.isoformat(), "until": row.ends.isoformat()}
    return {"name": row.name, "nationalities": row.nationalities, **days}


def _letter(row: Letter) -> dict[str, object]:
    return {"by": row.author.full_name, "at": row.at.isoformat(), "text": row.text}


def _hours(row: MentorHour) -> dict[str, object]:
    return {"mentor": row.mentor, "day": row.day.isoformat(), "minutes": row.minutes, "about": row.about}


def _incident(row: Incident) -> dict[str, object]:
    return {"day": row.day.isoformat(), "what": row.what, "done": row.done}
