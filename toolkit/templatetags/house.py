"""Tags and filters that every template may use."""

import zoneinfo
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.conf.locale import LANG_INFO
from django.template import Context
from django.utils import timezone
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.translation import get_language_info, ngettext, pgettext
from django.utils.translation import gettext as _

from toolkit.dates import date_format
from toolkit.form_faults import faults_on
from toolkit.protocols import collect
from toolkit.zones import name_of_zone, present_name

register = template.Library()


def zone_name(moment: datetime) -> str:
    """What people call the zone of `moment`: its city, as in “Paris time”."""
    key = getattr(moment.tzinfo, "key", None) or str(moment.tzinfo)
    return name_of_zone(key)


@register.filter
def present_zone(key: str) -> str:
    """The IANA name in use today of a zone that may be stored under an old one."""
    return present_name(key)


@register.filter
def moment(value: datetime | None, zone: str = "") -> str:
    """A time with its zone named: the reader's, or the zone given."""
    if not value:
        return ""
    local = _local(value, zone)
    return format_html(
        '<time datetime="{}">{} <span class="zone">{}</span></time>',
        value.isoformat(),
        date_format(local, "DATETIME_FORMAT"),
        zone_name(local),
    )


@register.filter
def moment_text(value: datetime | None, zone: str = "") -> str:
    """The same as plain words, for mails and sentences: “3 March 2027, 18:00 (Paris time)”."""
    if not value:
        return ""
    local = _local(value, zone)
    return f"{date_format(local, 'DATETIME_FORMAT')} ({zone_name(local)})"


def _local(value: datetime, zone: str) -> datetime:
    return value.astimezone(zoneinfo.ZoneInfo(zone)) if zone else timezone.localtime(value)


@register.filter
def clock(value: datetime | None, zone: str = "") -> str:
    """The hour of a moment, in the reader's zone or the zone given: “14:05”.
    For lists whose head names day and zone."""
    return date_format(_local(value, zone), "TIME_FORMAT") if value else ""


@register.filter
def day(value: Any) -> str:
    """A date in the reader's language."""
    return date_format(value, "DATE_FORMAT") if value else ""


@register.filter
def last_day(ends: date) -> str:
    """The last day of a period whose end is kept as the first day after it, in the reader's language."""
    return date_format(ends - timedelta(days=1), "DATE_FORMAT") if ends else ""


@register.filter
def tongues(codes: str | list[str]) -> str:
    """Languages by name: “French, English”; a code that nobody knows stays as it is."""
    names = [codes] if isinstance(codes, str) else codes
    return ", ".join(_(get_language_info(code)["name"]) if code in LANG_INFO else code for code in names)


@register.filter
def true_minus(number: int | Decimal | None) -> str:
    """A number as the reader's language writes it, with a minus, not a hyphen, where it is below zero."""
    return "" if number is None else str(localize(number)).replace("-", "−")


@register.simple_tag
def colon() -> str:
    """A colon between two things that no sentence joins; French puts a space that does not break before it."""
    return pgettext("sign", ":")


@register.simple_tag
def semicolon() -> str:
    """The same for a semicolon."""
    return pgettext("sign", ";")


@register.filter
def in_a_row(parts: Iterable[Any]) -> str:
    """Parts one after the other, with semicolons between them."""
    return f"{semicolon()} ".join(str(part) for part in parts)


@register.filter
def takes(minutes: int | None) -> str:
    """How long something takes, as people say it: “about 5 minutes”, from two hours on “about 4 hours”."""
    if not minutes:
        return ""
    if minutes < 120:
        return ngettext("about a minute", "about %(count)s minutes", minutes) % {"count": minutes}
    hours = (minutes + 30) // 60
    return ngettext("about an hour", "about %(count)s hours", hours) % {"count": hours}


@register.simple_tag(takes_context=True)
def current(context: Mapping[str, Any], url: str) -> str:
    """aria-current for a navigation link."""
    request = context.get("request")
    path = request.path if request else ""
    here = path == url or (url != "/" and path.startswith(url))
    return format_html(' aria-current="{}"', "page") if here else ""


@register.simple_tag(takes_context=True)
def nearest(context: Mapping[str, Any], links: Iterable[Any]) -> str:
    """The link that the page belongs to, by its address: it stands at or under it, or under one of `also`;
    the longest wins."""
    path = context["request"].path if context.get("request") else ""
    above = [
        (len(start), link.url)
        for link in links
        for start in (link.url, *link.also)
        if path == start or (start != "/" and path.startswith(start))
    ]
    return max(above, default=(0, ""))[1]


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """mapping[key], or nothing."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.inclusion_tag("components/tabs.html", takes_context=True)
def edition_tabs(context: Mapping[str, Any], edition: Any) -> dict[str, object]:
    """The pages about one edition that this reader may open, as every app names them (protocol edition_navigation)."""
    request = context["request"]
    links = sorted(collect("edition_navigation", request.user, edition), key=lambda link: link.order)
    return {"links": links, "edition": edition, "request": request}


@register.inclusion_tag("components/tabs.html", takes_context=True)
def city_tabs(context: Mapping[str, Any], city: Any, edition: Any) -> dict[str, object]:
    """The pages of a city in an edition that this reader may open (protocol city_navigation)."""
    request = context["request"]
    links = sorted(collect("city_navigation", request.user, city, edition), key=lambda link: link.order)
    label = _("Pages of %(city)s") % {"city": city}
    return {"links": links, "edition": edition, "request": request, "label": label}


@register.inclusion_tag("components/form_faults.html", takes_context=True)
def form_faults(context: Context) -> dict[str, object]:
    """What is wrong with the page's forms, with links to the fields; it has the focus when the page opens."""
    request = context.get("request")
    return {
        "faults": faults_on({str(name): value for name, value in context.flatten().items()})
        if request and request.method == "POST"
        else []
    }
