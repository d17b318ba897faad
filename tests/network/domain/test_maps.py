"""Maps: where a city is drawn, and names that never cover each other."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.domain.maps import DOT, LETTER, TEXT_SIZE, Box, Frame, Place, draw, graticule

WORLD = Frame(west=-180, east=180, south=-90, north=90, width=360, parallel=0, step=30)
EUROPE = Frame(west=-12, east=26, south=35, north=60, width=360, parallel=47, step=10)


@pytest.mark.parametrize(
    ("latitude", "longitude", "spot"),
    [(0, 0, (180, 90)), (90, -180, (0, 0)), (-90, 180, (360, 180)), (45, 90, (270, 45))],
)
def test_an_equirectangular_world_has_one_unit_per_degree(latitude, longitude, spot):
    assert WORLD.project(latitude, longitude) == spot
    assert WORLD.height == 180


def test_at_the_true_parallel_a_degree_of_latitude_is_longer_than_one_of_longitude():
    """At 60° north a degree of longitude is half as long on the ground: cos 60° = ½."""
    frame = Frame(west=0, east=10, south=55, north=65, width=100, parallel=60, step=5)
    assert frame.height == 200
    assert frame.project(60, 5) == (50, 100)


def test_the_graticule_leaves_out_the_edges():
    assert graticule(WORLD) == (
        [30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330],
        [150, 120, 90, 60, 30],
    )


def test_a_lone_city_has_its_name_to_the_right_without_a_line():
    [dot] = draw(WORLD, [Place("a", "Aqui", 0, 0)])
    assert (dot.x, dot.y, dot.anchor, dot.text_x, dot.line) == (180, 90, "start", 187, None)


def test_at_the_right_edge_the_name_goes_to_the_left():
    [dot] = draw(WORLD, [Place("a", "Aqui", 0, 178)])
    assert dot.anchor == "end"


def test_places_outside_are_not_drawn_and_names_not_wanted_are_left_out():
    places = [Place("a", "Braga", 41.5, -8.4), Place("b", "Magog", 45.3, -72.1), Place("c", "Cuneo", 44.4, 7.5)]
    dots = draw(EUROPE, places, named=["c"])
    assert [(dot.key, dot.has_name) for dot in dots] == [("a", False), ("c", True)]


points = st.builds(
    Place,
    key=st.uuids().map(str),
    name=st.text("abcdefghij", min_size=3, max_size=15),
    latitude=st.floats(36, 59),
    longitude=st.floats(-11, 25),
)


@given(st.lists(points, max_size=25, unique_by=lambda place: place.key))
def test_names_never_cover_each_other_or_a_dot_or_the_edge(places):
    dots = draw(EUROPE, places)
    names = [box_of(dot) for dot in dots if dot.has_name]
    assert not [pair for pair in combinations(names, 2) if pair[0].overlaps(pair[1])]
    circles = [Box(dot.x - DOT, dot.y - DOT, dot.x + DOT, dot.y + DOT) for dot in dots]
    assert not [(name, circle) for name in names for circle in circles if name.overlaps(circle)]
    assert all(name.left >= 0 and name.right <= EUROPE.width for name in names)


def box_of(dot) -> Box:
    width = len(dot.name) * TEXT_SIZE * LETTER - 4  # a name on a line is moved by two units
    left = dot.text_x if dot.anchor == "start" else dot.text_x - width
    middle = dot.text_y - TEXT_SIZE * 0.35
    return Box(left + 2.2, middle - TEXT_SIZE / 2, left + width - 2.2, middle + TEXT_SIZE / 2)
