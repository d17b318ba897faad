"""What no program should send: every JSON body and every address of ours answers in words, never with a 500."""

import json
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from contest.models import Entry
from judging.models import Mark
from judging.rounds.forms.rounds import ZonedMoment
from tests import build
from tests.contest import cast
from toolkit.readable import DEEPEST, Unreadable, read_json

TRIES = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
# Written as they travel: Python's own writer would not make all of them.
NASTY = [
    '"\\ud800"', '"a\\udc00b"', '"\\u0000"', "1e999999", "-1e999999", "Infinity", "-Infinity", "NaN", "9" * 30,
    "9" * 5000,
    "1e308", "-0.0", "true", "null", '""', '"n/a"', '"1e999999"', '"NaN"', '"Infinity"', '"sNaN"', '"4\\u0000"',
    "[" * 200 + "]" * 200, '{"a":' * 40 + "1" + "}" * 40, '"xx"', '"' + "x" * 70_000 + '"', '"\\u202e"', "[]", "{}",
    "[1]",
]  # fmt: skip
values = st.one_of(
    st.sampled_from(NASTY),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=5,
    ).map(json.dumps),
)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"{", "This is not JSON"),
        (b"\xff\xfe{}", "This is not JSON"),
        (b'{"a": NaN}', "NaN is not a number"),
        (b'{"a": 1e999999}', "too large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "too large"),
        (b'{"a": "\\ud800"}', "half of a pair"),
        (b'{"\\u0000": 1}', "NUL"),
        (b'{"a": 1, "a": 2}', "stands twice"),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), "brackets within brackets"),
        (b"[" * 200_000, "brackets within brackets"),
    ],
)
def test_what_is_not_read(body, says):
    with pytest.raises(Unreadable, match=says):
        read_json(body)


def test_what_is_read():
    deep = "[" * DEEPEST + "]" * DEEPEST
    assert read_json(deep.encode()) == json.loads(deep)
    text = '{"a": "\\ud83d\\ude00 [[[{{{ \\"\\\\", "b": -12.5, "c": 999999999999999999}'
    assert read_json(text.encode()) == {"a": '😀 [[[{{{ "\\', "b": -12.5, "c": 999999999999999999}


@pytest.fixture
def people(organiser, founder, enter):
    """A juror's and a founder's client, the addresses that take JSON of each, and the parts of their bodies."""
    edition = build.edition()
    juror = build.juror(edition, 1)
    card = build.assign(build.round(edition, state="open"), juror, build.competing(edition, 1)[0])
    entry = cast.draft(founder, build.edition("2028"))  # a round judges once the call is closed; this one is open
    stay = build.stay(build.award(entry), build.incubator("H", build.city("braga")), "confirmed")
    judge, team = enter(juror.user), enter(founder)
    criterion = card.assignment.round.criteria.first()
    return {
        "entry": (team.patch, f"/api/v1/entries/{entry.pk}/",
            ["version", "title", "summary", "language", "category", "video_url", "answers"]),
        "entry_submit": (team.post, f"/api/v1/entries/{entry.pk}/submit/", ["rules_version"]),
        "card": (judge.patch, f"/api/v1/scorecards/{card.pk}/", ["version", "marks", "comment", "private_note"]),
        "card_submit": (judge.post, f"/api/v1/scorecards/{card.pk}/submit/", ["version"]),
        "autosave": (judge.post, f"/judging/scorecards/{card.pk}/save/", ["user", "version", "values"]),
        "stay": (team.post, f"/api/v1/stays/{stay.pk}/decline/", ["side", "reason"]),
        "report": (team.post, f"/api/v1/stays/{stay.pk}/reports/baseline/team/", ["answers", "revision"]),
        "report_autosave": (team.post, f"/stays/{stay.pk}/reports/baseline/team/save/", ["user", "version", "values"]),
        "inner": [criterion.code, f"m{criterion.pk}", "comment", "language", "\\ud800", "\\u0000", "x"],
        "people": (juror.user.pk, founder.pk, entry.pk, card.pk),
    }  # fmt: skip


@pytest.mark.parametrize(
    "name", ["entry", "entry_submit", "card", "card_submit", "autosave", "stay", "report", "report_autosave"]
)
def test_every_body_is_answered_in_words(people, name):
    send, address, fields = people[name]
    nested = st.dictionaries(st.sampled_from(people["inner"]), values, max_size=2).map(
        lambda parts: "{" + ",".join(f'"{key}":{value}' for key, value in parts.items()) + "}"
    )
    usual = {
        "version": "0",
        "user": f'"{people["people"][0 if name == "autosave" else 1]}"',
        "side": '"team"',
        "revision": "0",
    }

    @TRIES
    @given(st.dictionaries(st.sampled_from(fields), values | nested, max_size=4))
    def answered(parts):
        whole = {key: value for key, value in usual.items() if key in fields} | parts
        body = "{" + ",".join(f'"{key}":{value}' for key, value in whole.items()) + "}"
        answer = send(address, body.encode("utf-8", "surrogatepass"), content_type="application/json")
        assert answer.status_code < 500, body[:300]
        assert answer.status_code != 404, address
        if answer.status_code in (400, 409, 422):
            assert answer.json(), body[:300]

    answered()


@pytest.mark.parametrize("body", [b"", b"[]", b"1", b'"text"', b"null", b"[" * 5000, b"\x00", b"\xff"])
def test_a_body_that_is_no_object_is_answered_in_words(people, body):
    for name in ("entry", "card", "autosave", "report_autosave", "stay"):
        send, address, _fields = people[name]
        assert 400 <= send(address, body, content_type="application/json").status_code < 500, name


def test_a_form_where_json_is_awaited_is_answered_in_words(people):
    for name in ("autosave", "report_autosave"):
        send, address, _fields = people[name]
        for answer in (send(address), send(address, {"version": "0"})):
            assert (answer.status_code, answer.json()["code"]) == (400, "bad"), name


def test_a_mark_larger_than_any_number_is_refused_at_its_place(people):
    send, address, _fields = people["card"]
    code = people["inner"][0]
    for value in ("1e999999", '"1e999999"', '"1e999990"', '"NaN"', "1e17"):
        answer = send(address, f'{{"version":0,"marks":{{"{code}":{value}}}}}', content_type="application/json")
        assert answer.status_code in (400, 422), value
        assert answer.json()
    assert not Mark.objects.exists()


def test_a_language_that_is_not_offered_is_refused(people):
    send, address, _fields = people["entry"]
    send.__self__.cookies["language"] = "fr"
    answer = send(address, '{"version":0,"language":"xx"}', content_type="application/json")
    assert answer.status_code == 400
    assert answer.json() == {"language": ["«\xa0xx\xa0» n'est pas un choix valide."]}
    assert Entry.objects.get(pk=people["people"][2]).language == "en"


ADDRESSES = [
    "/invitations/{}/", "/resets/{}/", "/verify/{}/ABCD/", "/verify/X-1/{}/", "/calendar/{}.ics",
    "/calendars/stays/{}.ics",
    "/editions/{}/", "/programmes/{}/", "/api/v1/entries/{}/", "/organise/editions/{}/entries/", "/entries/{}/",
    "/api/v1/scorecards/?round={}", "/api/v1/scorecards/?entry={}", "/api/v1/scorecards/?page={}",
    "/api/v1/entries/?edition={}",
    "/api/v1/entries/?state={}", "/api/v1/stays/?incubator={}", "/api/v1/agreements/?stay={}",
    "/organise/people/invite/coordinator/?city={}",
    "/mail/?state={}", "/organise/editions/2027/entries/?words={}&state={}&page={}", "/agreements/?page={}",
    "/accounts/login/?next={}",
    "/organise/stays/?city={}&state={}",
]  # fmt: skip


@pytest.mark.parametrize(
    "place", ["http://[", "//[::1", "http://[x]/", "https://elsewhere.example/", "/\\elsewhere.example", "\ud800"]
)
def test_a_way_back_that_is_no_address_of_ours_is_left_out(people, organiser, enter, client, place):
    for browser in (client, enter(organiser)):
        for name in ("account_login", "account_signup"):
            answer = browser.get(reverse(name), {"next": place.encode("utf-8", "surrogatepass")})
            assert answer.status_code in (200, 302), name
            assert "elsewhere" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_is_answered(people, organiser, enter, address):
    browser = enter(organiser)

    @settings(TRIES, max_examples=15)
    @given(
        st.sampled_from(
            ["%00", "a%00b", "%ED%A0%80", "%FF", "1e999999", "9" * 40, "-1", "NaN", "Infinity", "%E2%80%AE", "'", "%25"]
        )
        | st.text(st.characters(codec="utf-8", exclude_characters="/?#&%"), min_size=1, max_size=8)
    )
    @example("%00")
    @example("1e999999")
    def answered(part):
        answer = browser.get(address.replace("{}", part), follow=False)
        assert answer.status_code < 500, part

    answered()


def test_nul_is_refused_in_words_and_a_cookie_with_it_counts_as_none(people, organiser, enter, client):
    browser = enter(organiser)
    browser.cookies["language"] = "fr"
    answer = browser.get("/invitations/a%00b/")
    assert answer.status_code == 400
    assert "caractère qui ne peut pas être conservé" in answer.content.decode()
    api = browser.get("/api/v1/entries/?edition=%00")
    assert (api.status_code, api.json()["code"]) == (400, "unreadable")
    for form in ({"login": "a\x00@b.example"}, {"lo\x00gin": "x"}):
        assert client.post("/accounts/login/", form).status_code == 400
    client.cookies["sessionid"] = '"\\000abcdefghijklmnop"'
    client.cookies["language"] = '"\\000"'
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("place", ["http://[", "http://[::1", "%00", "\x7f"])
def test_where_a_fragment_was_asked_from_may_be_no_address(client, db, place):
    answer = client.get("/judging/", headers={"HX-Request": "true", "HX-Current-URL": place})
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=%2Fjudging%2F"


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "1899-12-31T23:59", "2200-01-01T00:00", "9999-12-31T23:59"])
def test_a_year_that_nobody_means_is_refused_at_its_place(moment):
    """Pacific/Kiritimati is fourteen hours ahead: moments at the ends of the calendar have no time elsewhere."""
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"):
        with pytest.raises(ValidationError, match="is not meant"):
            ZonedMoment(zone=zone).clean(moment)
    with pytest.raises(ValidationError, match="is not meant"):
        forms.DateField().clean(moment[:10])
    assert forms.DateField().clean("2027-02-28") == date(2027, 2, 28)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_an_edition_with_such_a_year_is_told_so(organiser, enter, moment):
    page = enter(organiser).post(
        reverse("edition_new"), {"call_opens": moment, "time_zone": "Pacific/Kiritimati", "reference_date": moment[:10]}
    )
    assert page.content.decode().count("is not meant") >= 2
