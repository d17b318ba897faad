"""What an application lacks, what the programme's rule says of it, and the words for both."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.dossier.reading import Missing, missing_answers, missing_values
from corridor.domain.calendar.spans import start_days
from corridor.domain.eligibility import NOT_YET, Fact, Rule, facts_of, last_start, read_rule
from corridor.models import Application, Candidate, Programme
from corridor.states import PersonStatus
from toolkit.dates import date_format


def rule_of(programme: Programme) -> Rule:
    """Who may apply, as the programme states it."""
    return read_rule(programme.eligibility or {})


def first_start_of(programme: Programme) -> date:
    """The first day on which a stay can begin."""
    days = start_days(programme.first_start, programme.last_start, programme.start_day)
    return days[0] if days else programme.first_start


def missing_of(application: Application) -> list[Missing]:
    """What has to be filled in before it can be submitted, in the order of the steps. Three queries."""
    rule = rule_of(application.programme)
    asked = [
        ("full_name", _("Your name, in your profile"), "you", application.user.full_name.strip()),
        ("home_city", _("Home city"), "you", application.home_city_id),
        ("born_on", _("Date of birth"), "you", application.born_on or not rule.asks_age),
        ("address", _("Postal address"), "you", application.address),
        ("nationalities", _("Nationality"), "you", application.nationalities),
        ("languages", _("Languages"), "you", application.languages),
        ("status", _("Student or graduate"), "studies", application.status),
        ("diploma_title", _("Diploma"), "studies", application.diploma_title or not rule.diploma),
        ("diploma_school", _("School"), "studies", application.diploma_school or not rule.diploma),
        ("diploma_on", _("Day of the diploma"), "studies", application.diploma_on or not rule.diploma),
        ("motivation", _("Motivation"), "motivation", application.motivation),
    ]
    found = missing_values(asked) + missing_answers(application, application.programme.questions.all(), "motivation")
    given = application.documents.values("asked_id")
    papers = application.programme.documents_asked.filter(is_required=True).exclude(pk__in=given)
    return found + [Missing(f"document_{one.pk}", str(one), "documents") for one in papers]


def check(application: Application, starts: date | None = None) -> list[Fact]:
    """What the rule asks of the person for a stay that begins on `starts`;
    the first start of the programme unless given."""
    return facts_of(
        rule_of(application.programme),
        starts=starts or first_start_of(application.programme),
        born=application.born_on,
        awarded=application.diploma_on,
        status=application.status,
    )


def last_start_of(candidate: Candidate) -> date | None:
    """The last day on which the age rule lets a candidate's stay begin; None when it sets none."""
    application = getattr(candidate, "application", None)
    if application is None or application.born_on is None:
        return None
    return last_start(application.born_on, rule_of(candidate.programme))


def rule_in_words(rule: Rule, starts: date) -> list[str]:
    """Who may apply, a sentence each."""
    said = []
    if rule.under is not None:
        years, day = rule.under, date_format(starts)
        if rule.counted == NOT_YET:
            sentence = _(
                "Not yet %(years)s years old on the first day of the stay. The first possible day is %(day)s: "
                "whoever turns %(years)s on that day or before is too old."
            )
        else:
            sentence = _(
                "At most %(years)s years old on the first day of the stay, %(years)s included. The first "
                "possible day is %(day)s: whoever is %(next)s by then is too old."
            )
        said.append(sentence % {"years": years, "day": day, "next": years + 1})
        said.append(_("Whoever passes the age limit between two possible days can only be given the earlier one."))
        said.append(_("A birthday on 29 February falls on 1 March in years without that day."))
    if rule.diploma:
        said.append(_("A diploma, awarded on or before the first day of the stay."))
    if rule.statuses:
        names = [str(PersonStatus(status).label) for status in rule.statuses]
        said.append(_("Status: %(statuses)s.") % {"statuses": _(" or ").join(names)})
    return said or [_("Anybody with a home in a city of the network.")]


def facts_in_words(facts: list[Fact]) -> list[dict[str, object]]:
    """[{label, holds, detail, is_required}] in the order of the check."""
    return [{"holds": fact.holds, "is_required": True, **_SENTENCES[fact.code](fact)} for fact in facts]


def _day(value: str | int) -> str:
    return date_format(date.fromisoformat(str(value)))


def _age(fact: Fact) -> dict[str, object]:
    values = fact.values
    limit = values["limit"]
    if values["counted"] == NOT_YET:
        label = _("Not yet %(limit)s on the first day of the stay") % {"limit": limit}
    else:
        label = _("At most %(limit)s on the first day of the stay") % {"limit": limit}
    if fact.holds is None:
        return {"label": label, "detail": _("Can’t be told: the date of birth is missing.")}
    sentence = ngettext(
        "%(years)s year old on %(starts)s. A stay may begin until %(last)s.",
        "%(years)s years old on %(starts)s. A stay may begin until %(last)s.",
        int(values["years"]),
    )
    days = {"starts": _day(values["starts"]), "last": _day(values["last_start"])}
    return {"label": label, "detail": sentence % {"years": values["years"], **days}}


def _diploma(fact: Fact) -> dict[str, object]:
    label = _("Diploma awarded by the first day of the stay")
    if "awarded" not in fact.values:
        return {"label": label, "detail": _("Can’t be told: the day of the diploma is missing.")}
    days = {"awarded": _day(fact.values["awarded"]), "starts": _day(fact.values["starts"])}
    return {"label": label, "detail": _("Awarded on %(awarded)s; the first possible day is %(starts)s.") % days}


def _status(fact: Fact) -> dict[str, object]:
    said = str(PersonStatus(str(fact.values["status"])).label) if fact.values["status"] else _("not said")
    return {"label": _("Status that the programme takes"), "detail": said}


def refused_in_words(facts: list[Fact]) -> list[str]:
    """Why the rule says no: a whole sentence for each of the facts,
    all of which do not hold (see eligibility.failed)."""
    return [_NO[fact.code](fact) for fact in facts]


def _no_age(fact: Fact) -> str:
    values = {**fact.values, "starts": _day(fact.values["starts"])}
    if fact.values["counted"] == NOT_YET:
        return (
            _(
                "On %(starts)s, the first possible day of the stay, the age is %(years)s, and it must be under "
                "%(limit)s."
            )
            % values
        )
    return (
        _("On %(starts)s, the first possible day of the stay, the age is %(years)s, and it must be at most %(limit)s.")
        % values
    )


def _no_diploma(fact: Fact) -> str:
    days = {"awarded": _day(fact.values["awarded"]), "starts": _day(fact.values["starts"])}
    sentence = _(
        "The diploma is awarded on %(awarded)s, and it must be awarded by %(starts)s, the first possible day of "
        "the stay."
    )
    return sentence % days


def _no_status(fact: Fact) -> str:
    said = PersonStatus(str(fact.values["status"])).label
    return _("The status is “%(status)s”, and the programme does not take it.") % {"status": said}


_NO = {"age": _no_age, "diploma": _no_diploma, "status": _no_status}
_SENTENCES = {"age": _age, "diploma": _diploma, "status": _status}
