"""Why a template can't be used for a stay: its rules, in words."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from corridor.agreements.templates.wording import broken_rule, choices_for, status_of
from corridor.domain.terms.clauses import Value, Wording
from corridor.domain.terms.host_law import LENGTH, START, STATUS, hours_by_week, read_hours
from corridor.states import PersonStatus
from toolkit.dates import date_format
from toolkit.refusals import Refusal

if TYPE_CHECKING:
    from corridor.models import Stay


def refuse_broken_rule(stay: Stay, wording: Wording, language: str) -> None:
    """Raises Refusal with the reason, and what to use instead, when a rule of the template says no to this stay."""
    code = broken_rule(stay, wording)
    if code:
        raise Refusal(in_words(stay, wording, code), code=f"agreement.template_{code}", field="template", status=422)


def refuse_hours(wording: Wording, language: str, values: Mapping[str, Value], field: str) -> None:
    """Raises Refusal, on `field`, when the hours that the document would print are no
    number or more than the rule allows."""
    rules = wording.rules(get_language() or "")
    said = str(values.get(rules.hours_blank) or "").strip()
    if rules.max_hours is None or not said:
        return
    hours = read_hours(said)
    label = wording.terms(language).parts.get("blanks", {}).get(rules.hours_blank, rules.hours_blank)
    facts = {"label": label, "most": rules.max_hours, "said": said, "template": name_of(wording)}
    if hours is None:
        sentence = _("“%(label)s”: write a number of hours, for instance %(most)s.") % facts
        raise Refusal(sentence, code="agreement.hours", field=field, status=422)
    if hours > rules.max_hours:
        no = (
            ngettext(
                "“%(template)s” allows at most %(most)s hour of presence, and %(said)s are written.",
                "“%(template)s” allows at most %(most)s hours of presence, and %(said)s are written.",
                rules.max_hours,
            )
            % facts
        )
        sentences = " ".join(filter(None, (no, rules.why)))
        raise Refusal(sentences, code="agreement.hours_too_many", field=field, status=422)


def refuse_weekly_hours(stay: Stay, wording: Wording, language: str, values: Mapping[str, Value], field: str) -> None:
    """Raises Refusal, on `field`, when the hours a week that the document would print are no number, or come to more
    than the rule allows over the weeks of the stay: the hours in all that are written beside them would not be true.
    """
    rules = wording.rules(get_language() or "")
    said = str(values.get(rules.week_blank) or "").strip()
    if rules.max_hours is None or not said:
        return
    weekly = read_hours(said)
    label = wording.terms(language).parts.get("blanks", {}).get(rules.week_blank, rules.week_blank)
    if weekly is None:
        sentence = _("“%(label)s”: write a number of hours, for instance %(most)s.") % {"label": label, "most": 35}
        raise Refusal(sentence, code="agreement.hours", field=field, status=422)
    real = hours_by_week(weekly, stay.starts, stay.ends)
    if real > rules.max_hours:
        facts = {"said": said, "real": real, "days": (stay.ends - stay.starts).days, "most": rules.max_hours}
        no = (
            ngettext(
                "%(said)s hour a week over the %(days)s days of this stay comes to %(real)s hours: more than %(most)s.",
                "%(said)s hours a week over the %(days)s days of this stay come to %(real)s hours: more than %(most)s.",
                ceil(weekly),
            )
            % facts
        )
        sentences = " ".join(filter(None, (no, _("Write fewer hours a week, or shorten the stay."), rules.why)))
        raise Refusal(sentences, code="agreement.hours_too_many", field=field, status=422)


def in_words(stay: Stay, wording: Wording, code: str) -> str:
    """The reason as sentences: which rule, why there is one, which template fits."""
    rules = wording.rules(get_language() or "")
    instead = next((one for one in choices_for(stay) if one.slug == rules.instead), None)
    sentences = [_reason(stay, wording, code), rules.why]
    if instead is not None:
        sentences.append(_("Use “%(template)s” instead.") % {"template": name_of(instead)})
    return " ".join(sentence for sentence in sentences if sentence)


def name_of(wording: Wording) -> str:
    return str(LazyI18nString(dict(wording.name)))


def _reason(stay: Stay, wording: Wording, code: str) -> str:
    rules, status = wording.rules(), status_of(stay)
    values = {
        "template": name_of(wording),
        "name": stay.candidate.name,
        "day": date_format(stay.starts, "DATE_FORMAT"),
        "months": rules.max_months,
        "status": PersonStatus(status).label if status in PersonStatus.values else "",
        "statuses": ", ".join(str(PersonStatus(one).label) for one in rules.statuses if one in PersonStatus.values),
    }
    if code == STATUS and not status:
        return _("“%(template)s” is only for: %(statuses)s. It is not known what %(name)s is on %(day)s.") % values
    return {
        STATUS: _("“%(template)s” is only for: %(statuses)s. On %(day)s %(name)s is: %(status)s."),
        LENGTH: ngettext(
            "“%(template)s” is for stays of at most %(months)s month. This one is longer.",
            "“%(template)s” is for stays of at most %(months)s months. This one is longer.",
            rules.max_months or 0,
        ),
        START: _("“%(template)s” has to be signed by all before the stay begins. This one began on %(day)s."),
    }[code] % values
