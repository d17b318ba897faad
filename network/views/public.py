"""The network, shown to the public: where its cities are, how each is known, and who hosts."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from network.countries import country_name
from network.directory_texts import in_words
from network.domain.maps import Dot, Frame, Place, draw, graticule
from network.models import City, Organisation
from network.requests import PageRequest
from network.states import Evidence, OrganisationKind
from toolkit.caching import kept_shortly

HOSTS = [OrganisationKind.INCUBATOR, OrganisationKind.ACCELERATOR, OrganisationKind.AGENCY]
EUROPE = Frame(west=-14, east=26, south=38, north=59.5, width=400, parallel=47, step=10)
NORTH_AMERICA = Frame(west=-106, east=-57, south=18, north=49, width=400, parallel=36, step=10)
WORLD = Frame(west=-130, east=152, south=-42, north=66, width=400, parallel=20, step=30)


@dataclass(frozen=True)
class Map:
    """A drawn frame. `inner` are the frames drawn larger elsewhere: (x, y, width, height)."""

    title: str
    frame: Frame
    dots: list[tuple[Dot, City]]
    inner: list[tuple[float, float, float, float]]

    @property
    def meridians(self) -> list[float]:
        return graticule(self.frame)[0]

    @property
    def parallels(self) -> list[float]:
        return graticule(self.frame)[1]


@kept_shortly
def show_network(request: PageRequest) -> HttpResponse:
    """Every city with its evidence and sources, first as a map, then as the complete table; then the bodies known."""
    cities = list(City.objects.order_by("name"))
    bodies = Organisation.objects.filter(kind__in=HOSTS).select_related("city").order_by("is_sample", "name")
    members = [city for city in cities if city.is_member]
    context = {
        "maps": maps_of(cities),
        "cities": [described(city) for city in cities],
        "members": len(members),
        "countries": len({city.country for city in members}),
        "organisations": [
            {"body": body, "note": in_words(body.note), "sources": sources_of(body.source)} for body in bodies
        ],
        "marks": Evidence.choices,
    }
    return render(request, "public/network.html", context)


def maps_of(cities: list[City]) -> list[Map]:
    """Two parts drawn large and the world, which names only what the parts don't hold."""
    places = [Place(city.slug, city.name, float(city.latitude), float(city.longitude)) for city in cities]
    by_slug = {city.slug: city for city in cities}
    large = [(_("Europe"), EUROPE), (_("North America"), NORTH_AMERICA)]
    shown = {place.key for place in places for _title, frame in large if frame.holds(place)}

    def drawn(title: str, frame: Frame, named: list[str] | None, inner: Any) -> Map:
        return Map(title, frame, [(dot, by_slug[dot.key]) for dot in draw(frame, places, named)], inner)

    rest = [place.key for place in places if place.key not in shown]
    inner = [_rectangle(WORLD, frame) for _title, frame in large]
    return [*(drawn(title, frame, None, []) for title, frame in large), drawn(_("The world"), WORLD, rest, inner)]


def _rectangle(outer: Frame, inner: Frame) -> tuple[float, float, float, float]:
    left, top = outer.project(inner.north, inner.west)
    right, bottom = outer.project(inner.south, inner.east)
    return left, top, round(right - left, 1), round(bottom - top, 1)


def described(city: City) -> dict[str, object]:
    """What a row of the table says about a city."""
    labels = dict(Evidence.choices)
    return {
        "city": city,
        "country": country_name(city.country),
        "region": in_words(city.region),
        "note": in_words(city.note),
        "evidence": [(mark, labels[mark]) for mark in city.evidence.split() if mark in labels],
        "sources": sources_of(city.source),
    }


def sources_of(text: str) -> list[tuple[str, str]]:
    """(address, site) of each web address in a space-separated list."""
    found = [urlsplit(address) for address in text.split()]
    return [(part.geturl(), part.netloc.removeprefix("www.")) for part in found if part.scheme in ("http", "https")]
