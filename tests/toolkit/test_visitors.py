"""Whose address counts: behind any number of proxies, a Unix socket, a hop that is none."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests import build
from toolkit.visitors import visitor_address

PROXY = "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "address"),
    [
        (0, "", "192.0.2.7", "192.0.2.7"),
        (0, "198.51.100.1", "192.0.2.7", "192.0.2.7"),  # anybody writes the header
        (1, "192.0.2.7", PROXY, "192.0.2.7"),
        (1, "198.51.100.1, 192.0.2.7", PROXY, "192.0.2.7"),  # what stands further left is made up
        (2, "198.51.100.1, 192.0.2.7, 10.0.0.2", PROXY, "192.0.2.7"),
        (2, "192.0.2.7", PROXY, "192.0.2.7"),  # too few hops: one proxy was gone around
        (1, "", "192.0.2.7", "192.0.2.7"),  # no header: the proxy itself was gone around
        (1, "192.0.2.7", "", "192.0.2.7"),  # a Unix socket
        (0, "", "", ""),
        (1, "unknown", PROXY, PROXY),
        (2, "unknown, 10.0.0.2", PROXY, "10.0.0.2"),
        (1, "unknown", "", ""),
        (1, "192.0.2.7:4711", PROXY, "192.0.2.7"),
        (1, '"[2001:db8::7]:4711"', PROXY, "2001:db8::7"),
        (1, "2001:DB8:0::7", PROXY, "2001:db8::7"),
        (0, "", "::ffff:192.0.2.7", "192.0.2.7"),
        (0, "", "fe80::1%eth0", "fe80::1"),
        (1, " , ,", "192.0.2.7", "192.0.2.7"),
    ],
)
def test_the_address_that_counts(proxies, forwarded, remote, address):
    meta = {"REMOTE_ADDR": remote} | ({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})
    assert visitor_address(meta, proxies) == address


@pytest.fixture
def one_proxy(settings):
    cache.clear()
    settings.TRUSTED_PROXIES = 1
    yield
    cache.clear()


def log_in(browser: Client, number: int, **meta) -> int:
    return browser.post("/accounts/login/", {"login": f"nobody{number}@x.example"}, **meta).status_code


def test_one_visitor_closes_the_log_in_for_nobody_else(db, one_proxy):
    """Twenty-five tries of one visitor within a minute; the next visitor comes through the same proxy."""
    through = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": "198.51.100.66"}
    assert 429 in [log_in(Client(), number, **through) for number in range(35)]
    assert log_in(Client(), 99, REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR="192.0.2.7") == 302
    # Whatever the header says in front of the proxy's own word, the limit stays.
    lies = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": "203.0.113.5, 198.51.100.66"}
    assert log_in(Client(), 100, **lies) == 429


@pytest.mark.parametrize(
    "meta",
    [
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "unknown"},
        {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": "unknown, garbage"},
        {"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
    ],
)
def test_whoever_has_no_address_is_served_all_the_same(db, one_proxy, meta):
    browser = Client(**meta)
    assert log_in(browser, 1) == 302
    assert browser.get("/api/v1/entries/").status_code == 403  # not logged in: the API's own answer
    assert browser.post("/verify/", {"number": "X-1", "code": "ABCD"}).status_code == 200
    person = build.person("ana@braga.example")
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert browser.get("/accounts/sessions/").status_code == 200
    assert browser.get("/api/v1/entries/").status_code == 200


def test_the_check_page_and_the_api_limit_by_the_same_address(db, one_proxy, one_minute):
    def checks(forwarded: str) -> int:
        through = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": forwarded}
        return Client().post("/verify/", {"number": "X-1", "code": "ABCD"}, **through).status_code

    answers = [checks(f"203.0.113.{number}, 198.51.100.66") for number in range(32)]
    assert answers == [200] * 30 + [429] * 2
    assert checks("192.0.2.7") == 200


def test_a_household_with_a_network_of_addresses_is_one_visitor(db, one_minute):
    def checks(address: str) -> int:
        return Client().post("/verify/", {"number": "X-1", "code": "ABCD"}, REMOTE_ADDR=address).status_code

    answers = [checks(f"2001:db8:0:7::{number:x}") for number in range(1, 33)]
    assert answers == [200] * 30 + [429] * 2
    assert checks("2001:db8:0:8::1") == 200
