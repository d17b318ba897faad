"""Places by day, asked of the database: refuses what would leave a stay without its place."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.domain.calendar.capacity import Breach, breaches
from corridor.domain.placement.problem import Incubator as Host
from corridor.models import Incubator, Stay
from corridor.placement.reading.inputs import bookings_of, host_of
from toolkit.dates import date_format
from toolkit.refusals import Refusal


def held_stays(incubator: Incubator) -> list[Stay]:
    """The stays that hold desks here, by start."""
    return list(incubator.stays.holding().select_related("candidate").order_by("starts", "id"))


def faults_of(incubator: Incubator) -> list[Breach]:
    """Where the stays of an incubator do not fit what it offers now."""
    return breaches(host_of(incubator), bookings_of(held_stays(incubator)))


def refuse_unless_fit(incubator: Incubator, stays: list[Stay], *, code: str = "placement.full") -> None:
    """Refuses when one of these stays of the incubator, already saved, does not fit beside all others."""
    asked = {stay.pk: stay for stay in stays}
    for breach in faults_of(incubator):
        if breach.booking in asked:
            raise Refusal(breach_words(breach, incubator), code=code)


def refuse_if_worse(incubator: Incubator, after: Host, *, code: str = "opening.held", field: str = "desks") -> None:
    """Refuses a change of what an incubator offers, from now to `after`,
    under which a stay that holds a place lacks it."""
    stays = held_stays(incubator)
    names = {stay.pk: stay for stay in stays}
    bookings = bookings_of(stays)
    before = {(one.kind, one.booking): one.number for one in breaches(host_of(incubator), bookings)}
    for breach in breaches(after, bookings):
        known = before.get((breach.kind, breach.booking))
        if known is None or breach.number > known:
            raise Refusal(_loss_words(breach, names[breach.booking]), code=code, field=field)


def _loss_words(breach: Breach, stay: Stay) -> str:
    values = {
        "name": stay.candidate.name,
        "starts": date_format(stay.starts),
        "ends": date_format(stay.ends - timedelta(days=1)),
        "missing": breach.number,
        "month": date_format(breach.day, "F Y"),
        "number": breach.number,
    }
    sentences = {
        "desks": _("%(name)s holds desks from %(starts)s to %(ends)s: %(missing)s would be missing."),
        "closed": _("%(name)s stays from %(starts)s to %(ends)s: the house can’t be closed then."),
        "no_arrival": _("%(name)s arrives on %(starts)s: that day can’t be excluded."),
        "arrivals": ngettext(
            "%(number)s guest arrives in %(month)s already: %(name)s.",
            "%(number)s guests arrive in %(month)s already, %(name)s among them.",
            breach.number,
        ),
    }
    return sentences[breach.kind] % values


def breach_words(breach: Breach, incubator: Incubator) -> str:
    """Why a stay has no place, in a sentence."""
    values = {"name": incubator.name, "day": date_format(breach.day), "month": date_format(breach.day, "F Y")}
    if breach.kind == "arrivals":
        limit = incubator.arrivals_per_month or 0
        return ngettext(
            "%(name)s receives %(limit)s guest at most in %(month)s.",
            "%(name)s receives %(limit)s guests at most in %(month)s.",
            limit,
        ) % {**values, "limit": limit}
    sentences = {
        "desks": _("%(name)s has no desks left for these dates."),
        "closed": _("%(name)s is closed on %(day)s."),
        "no_arrival": _("Nobody may arrive at %(name)s on %(day)s."),
    }
    return sentences[breach.kind] % values
