"""Queries compiled once: they find what the plain queryset finds, whoever asked before and in whichever thread."""

import threading

import pytest
from django.db import connection, connections
from django.db.models import Exists, OuterRef, Q
from django.test.utils import CaptureQueriesContext

from network.models import Membership, Organisation, User
from tests import build
from toolkit.prepared import Prepared, _bind, number, text

pytestmark = pytest.mark.django_db


def bodies_under(domains: int):
    """Organisations, city at hand, at or under one of so many domains; `has_me` where a user is a member."""
    mine = Membership.objects.filter(organisation=OuterRef("pk"), user=number(0))
    under = Q(pk__in=[])
    for n in range(domains):
        under |= Q(email_domain=text(n)) | Q(email_domain__endswith=f".{text(n)}")
    return Organisation.objects.filter(under).annotate(has_me=Exists(mine)).select_related("city").order_by("name")


def plainly(user, domains):
    def under(body):
        return any(body.email_domain == domain or body.email_domain.endswith(f".{domain}") for domain in domains)

    bodies = filter(under, Organisation.objects.order_by("name"))
    return [(body.name, body.memberships.filter(user=user).exists()) for body in bodies]


@pytest.fixture
def bodies():
    city = build.city("braga")
    domains = ("corp.example", "mail.corp.example", "a_b.example", "x.a_b.example", "x.acb.example", "100%.example", "")
    rows = [build.organisation(f"O{n}", "agency", city=city, email_domain=domain) for n, domain in enumerate(domains)]
    return rows, [build.person(f"p{n}@people.example", "", "host", rows[n]) for n in range(2)]


def asked(prepared, user, domains):
    values = {number(0): user.pk} | {text(n): domain for n, domain in enumerate(domains)}
    rows = prepared.rows(len(domains), values)
    assert not any("city" not in row._state.fields_cache for row in rows)
    return [(row.name, row.has_me) for row in rows]


def test_each_call_binds_its_own_values(bodies):
    prepared = Prepared(bodies_under)
    wanted = [["corp.example"], ["a_b.example"], ["b.example"], ["100%.example"], ["corp.example", "a_b.example"], []]
    for user in bodies[1]:
        for domains in wanted:
            assert asked(prepared, user, domains) == plainly(user, domains)
    # "_" is no pattern: not x.acb.example
    assert plainly(bodies[1][1], ["a_b.example"]) == [("O2", False), ("O3", False)]
    assert plainly(bodies[1][0], ["corp.example"]) == [("O0", True), ("O1", False)]


def test_it_is_built_once_for_each_shape(bodies):
    shapes = []

    def build_once(shape):
        shapes.append(shape)
        return bodies_under(shape)

    prepared = Prepared(build_once)
    for _ in range(2):
        for domains in (["corp.example"], ["corp.example", "a_b.example"]):
            with CaptureQueriesContext(connection) as queries:
                asked(prepared, bodies[1][0], domains)
            assert len(queries) == 1
    assert shapes == [1, 2]


def test_their_keys_are_a_condition_of_another_query(bodies):
    prepared = Prepared(bodies_under)
    for domain in ("corp.example", "a_b.example", "100%.example", "nobody.example"):
        values = {number(0): bodies[1][0].pk, text(0): domain}
        with CaptureQueriesContext(connection) as queries:
            members = list(User.objects.filter(memberships__organisation__in=prepared.keys(1, values)).order_by("pk"))
        assert len(queries) == 1
        under = {name for name, _mine in plainly(bodies[1][0], [domain])}
        assert members == [person for person, body in zip(bodies[1], bodies[0], strict=False) if body.name in under]
    assert Organisation.objects.filter(pk__in=prepared.keys(0, {})).count() == 0
    assert Organisation.objects.exclude(pk__in=prepared.keys(0, {})).count() == len(bodies[0])


def test_a_placeholder_without_a_value_is_an_error(bodies):
    for ask in (Prepared(bodies_under).rows, Prepared(bodies_under).keys):
        with pytest.raises(KeyError):
            ask(1, {number(0): 1})


class DriversNumber(int):
    """As drivers send them, of a class of their own; here it tells how often one was compared."""

    compared = 0

    def __eq__(self, other):
        type(self).compared += 1
        return int(self) == other

    __hash__ = int.__hash__


def test_a_number_of_the_drivers_own_class_is_not_sought_among_all_placeholders():
    assert _bind(DriversNumber(7), {}) == 7
    bound = _bind(DriversNumber(number(3)), {number(3): 11})
    assert (int(bound), type(bound)) == (11, DriversNumber)
    assert DriversNumber.compared <= 1  # by the first line


@pytest.mark.sensitive
@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_its_own_connection(bodies):
    prepared = Prepared(bodies_under)
    user, found = bodies[1][0], []
    asked(prepared, user, ["corp.example"])

    def elsewhere():
        with CaptureQueriesContext(connections["default"]) as queries:
            found.append(asked(prepared, user, ["corp.example"]))
        found.append(len(queries))
        connections.close_all()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert found == [[("O0", True), ("O1", False)], 1]
