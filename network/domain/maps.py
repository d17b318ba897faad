"""Maps of cities: an equirectangular projection, a graticule, and names that don't cover each other. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

TEXT_SIZE = 11.0  # height of a name, in units of the map
LETTER = 0.56  # mean width of a letter, in heights
DOT = 4.0  # radius


@dataclass(frozen=True)
class Place:
    """A point on Earth, in degrees north and east. `key` is whatever the caller finds it again by."""

    key: str
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Frame:
    """A part of the Earth between two parallels and two meridians, drawn `width` units wide.

    `parallel` is the latitude at which distances are true in both directions.
    """

    west: float
    east: float
    south: float
    north: float
    width: float
    parallel: float
    step: int  # degrees between lines of the graticule

    @property
    def scale(self) -> float:
        """Units per degree of longitude."""
        return self.width / (self.east - self.west)

    @property
    def height(self) -> float:
        """In units, to a tenth. Equirectangular: a degree of latitude is 1 ÷ cos(parallel) of one of longitude."""
        return round((self.north - self.south) * self.scale / cos(radians(self.parallel)), 1)

    def project(self, latitude: float, longitude: float) -> tuple[float, float]:
        """(x, y) in units, y downwards."""
        x = (longitude - self.west) * self.scale
        y = (self.north - latitude) * self.scale / cos(radians(self.parallel))
        return round(x, 1), round(y, 1)

    def holds(self, place: Place) -> bool:
        """Whether the place lies within the frame, its edges included (degrees)."""
        return self.west <= place.longitude <= self.east and self.south <= place.latitude <= self.north


@dataclass(frozen=True)
class Box:
    """A rectangle of the picture, in its units, y downward."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Whether they share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True)
class Dot:
    """A place on the map. Its name starts (or, `anchor` end, ends) at (text_x, text_y), the baseline;
    far away, a line leads to it.

    A name without room is not drawn: `has_name` is false.
    """

    key: str
    name: str
    x: float
    y: float
    has_name: bool = False
    anchor: str = "start"
    text_x: float = 0.0
    text_y: float = 0.0
    line: tuple[float, float] | None = None


def graticule(frame: Frame) -> tuple[list[float], list[float]]:
    """The x of the meridians and the y of the parallels that are multiples of the frame's step."""
    meridians = [d for d in range(-180, 181, frame.step) if frame.west < d < frame.east]
    parallels = [d for d in range(-90, 91, frame.step) if frame.south < d < frame.north]
    return [frame.project(0, d)[0] for d in meridians], [frame.project(d, 0)[1] for d in parallels]


def draw(frame: Frame, places: Sequence[Place], named: Sequence[str] | None = None) -> list[Dot]:
    """Dots for the places that lie in the frame, in their order; names for those of `named` keys (None: all).

    Each name takes the nearest free spot around its dot, where it covers no dot, no name drawn before and no edge.
    The most crowded places choose last: those with room keep the spot beside them.
    """
    inside = [place for place in places if frame.holds(place)]
    spots = {place.key: frame.project(place.latitude, place.longitude) for place in inside}
    taken = [Box(x - DOT - 1, y - DOT - 1, x + DOT + 1, y + DOT + 1) for x, y in spots.values()]
    dots = {place.key: Dot(place.key, place.name, *spots[place.key]) for place in inside}
    wanted = [place for place in inside if named is None or place.key in named]
    for place in sorted(wanted, key=lambda one: (_neighbours(spots, one.key), one.key)):
        for dot, box in _candidates(place, *spots[place.key]):
            fits = box.left >= 1 and box.top >= 1 and box.right <= frame.width - 1 and box.bottom <= frame.height - 1
            if fits and not any(box.overlaps(other) for other in taken):
                dots[place.key] = dot
                taken.append(box)
                break
    return [dots[place.key] for place in inside]


def _neighbours(spots: dict[str, tuple[float, float]], key: str) -> int:
    """How many dots lie within the length of a name."""
    x, y = spots[key]
    return sum(hypot(x - a, y - b) < 5 * TEXT_SIZE for a, b in spots.values())


def _candidates(place: Place, x: float, y: float) -> Iterator[tuple[Dot, Box]]:
    """Spots for a name, nearest first: beside the dot, then further out on a line."""
    width = len(place.name) * TEXT_SIZE * LETTER
    for distance in (DOT + 3, 16.0, 26.0, 38.0, 52.0):
        for dx, dy in ((1, 0), (-1, 0), (0.8, -0.7), (0.8, 0.7), (-0.8, -0.7), (-0.8, 0.7), (0.3, -1), (0.3, 1)):
            at_x, at_y = round(x + dx * distance, 1), round(y + dy * distance, 1)
            left = at_x if dx > 0 else at_x - width
            box = Box(left, at_y - TEXT_SIZE * 0.55, left + width, at_y + TEXT_SIZE * 0.55)
            line = None if distance < 10 else (at_x, at_y)
            pad = 0.0 if line is None else 2.0 if dx > 0 else -2.0
            anchor = "start" if dx > 0 else "end"
            text_y = round(at_y + TEXT_SIZE * 0.35, 1)
            yield Dot(place.key, place.name, x, y, True, anchor, round(at_x + pad, 1), text_y, line), box
