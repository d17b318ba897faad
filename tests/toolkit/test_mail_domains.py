"""Mail domains up to the registrable one. Expected: the examples of publicsuffix.org's own test data,
and mail as people have it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.mail_domains import host_of, ladder_of, registrable, roots_of

FREE = frozenset({"gmail.com", "yahoo.co.uk"})


@pytest.mark.parametrize(
    ("host", "root"),
    [  # https://github.com/publicsuffix/list/blob/main/tests/test_psl.txt
        ("example.com", "example.com"),
        ("b.example.com", "example.com"),
        ("a.b.example.com", "example.com"),
        ("b.example.uk.com", "example.uk.com"),
        ("test.ac.jp", "test.ac.jp"),
        ("www.test.ac.jp", "test.ac.jp"),
        ("a.b.c.kobe.jp", "b.c.kobe.jp"),
        ("www.city.kobe.jp", "city.kobe.jp"),
        ("www.test.k12.ak.us", "test.k12.ak.us"),
        ("mail.corp.example", "corp.example"),
        ("co.uk", ""),
        ("localhost", ""),
    ],
)
def test_what_somebody_registers(host, root):
    assert registrable(host) == root


@pytest.mark.parametrize(
    ("juror", "team", "tied"),
    [
        ("a@mail.corp.example", "b@corp.example", True),
        ("a@corp.example", "b@mail.corp.example", True),
        ("a@x.corp.example", "b@y.corp.example", True),
        ("a@CORP.example.", "b@corp.example", True),
        ("a@müller.de", "b@post.xn--mller-kva.de", True),
        ("a@one.co.uk", "b@two.co.uk", False),
        ("a@co.uk", "b@two.co.uk", False),
        ("a@corp.example", "b@notcorp.example", False),
        ("a@gmail.com", "b@gmail.com", False),
        ("a@mx.gmail.com", "b@gmail.com", False),
        ("a@x.yahoo.co.uk", "b@yahoo.co.uk", False),
        ("", "", False),
    ],
)
def test_one_firm(juror, team, tied):
    assert bool(roots_of([juror], FREE) & ladder_of([team], FREE)) is tied


label = st.text("abcxyz-0", min_size=1, max_size=6).filter(lambda text: text.strip("-") == text)


@given(st.lists(label, min_size=1, max_size=5), st.sampled_from(["co.uk", "example", "com", "kobe.jp", "uk.com"]))
@settings(deadline=None, suppress_health_check=[])
def test_a_host_lies_under_its_own_root(labels, suffix):
    host = ".".join([*labels, suffix])
    root = registrable(host)
    assert root in ladder_of([f"me@{host}"], frozenset()) if root else len(labels) == 1, "1.kobe.jp is a public suffix"
    assert host_of(host) == host
