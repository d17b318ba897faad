"""The chain of rules for ties as a form offers it: one choice for each rule that this round could use."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from judging.models import EntryFact, Round
from judging.states import CriterionKind

HIGHER, LOWER = "higher", "lower"


def tie_choices(round: Round | None) -> list[tuple[str, str]]:
    """Plain rules to choose from; the chain is the order in which they are put. Those that name a criterion, a group or
    a fact appear once the round, or its edition, has one."""
    criteria = list(round.criteria.exclude(kind=CriterionKind.PENALTY)) if round and round.pk else []
    groups = list(round.groups.all()) if round and round.pk else []
    return [
        ("", "—"),
        *((f"criterion:{c.code}", _("Higher mark for “%(criterion)s”") % {"criterion": c.name}) for c in criteria),
        *((f"group:{g.code}", _("Higher result in “%(group)s”") % {"group": g.name}) for g in groups),
        ("highest_mark", _("Higher best total of a juror")),
        ("lowest_mark", _("Higher worst total of a juror")),
        ("median", _("Higher median of the jurors")),
        ("younger_firm", _("Younger firm")),
        ("earlier_submission", _("Entered earlier")),
        ("fewer_laureates", _("City with fewer laureates in other editions")),
        ("topic_not_covered", _("Category that nobody ahead has")),
        ("city_not_covered", _("City that nobody ahead comes from")),
        *fact_choices(round),
        ("human", _("A person decides and says why")),
    ]


def fact_choices(round: Round | None) -> Iterable[tuple[str, str]]:
    """Both ways round for every fact that is recorded about entries of the edition,
    or that the chain already asks for."""
    if round is None or not round.edition_id:
        return
    codes = set(EntryFact.objects.filter(entry__edition=round.edition_id).values_list("code", flat=True))
    codes |= {link["code"] for link in round.tie_chain if link.get("kind") == "fact"}
    for code in sorted(codes):
        yield f"fact:{code}:{HIGHER}", _("Recorded fact “%(code)s”: the higher number first") % {"code": code}
        yield f"fact:{code}:{LOWER}", _("Recorded fact “%(code)s”: the lower number first") % {"code": code}


def tie_value(link: dict) -> str:
    """A rule of the chain as the form's choice."""
    kind, code = link.get("kind", ""), link.get("code", "")
    if kind == "fact":
        return f"fact:{code}:{link.get('first', HIGHER)}"
    return f"{kind}:{code}" if code else kind


def tie_link(value: str) -> dict[str, str]:
    """The form's choice as a rule of the chain."""
    kind, _colon, rest = value.partition(":")
    code, _colon, first = rest.partition(":")
    link = {"kind": kind}
    if code:
        link["code"] = code
    if kind == "fact":
        link["first"] = first or HIGHER
    return link
