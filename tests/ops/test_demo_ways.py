"""The ways into the demonstration exist in the demonstration only, for whoever sits at its machine."""

import pytest
from django.core import signing
from django.core.management import CommandError, call_command

from config.demo_views import ROLES, SALT, way_in
from network.services.mail import write_message
from tests import build

PLACES = ["/demo/", "/demo/mail/", "/demo/mail/{mail}/", "/demo/mail/{mail}/html/", "{way}"]


@pytest.fixture
def juror(db):
    return build.person("juror@sample.invalid", "Sample Juror", is_sample=True)


@pytest.fixture
def mail(db):
    return write_message(
        key="1", kind="invitation", to=None, email="a@b.example", language="en", subject="Code", text="ABC-DEF",
        html="<b>x</b>",
        is_secret=True,
    )  # fmt: skip


@pytest.fixture
def addresses(juror, mail):
    return [place.format(mail=mail.pk, way=way_in("juror")) for place in PLACES]


def statuses(client, addresses, **extra) -> set[int]:
    return {client.get(address, **extra).status_code for address in addresses}


def test_open_in_the_demonstration(client, settings, addresses):
    settings.DEMO = True
    assert statuses(client, addresses, HTTP_HOST="localhost:8000") == {200, 302}


def test_absent_without_demo(client, settings, addresses):
    settings.DEMO = False
    assert statuses(client, addresses, HTTP_HOST="localhost:8000") == {404}


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "203.0.113.7", "HTTP_HOST": "localhost"},
        {"REMOTE_ADDR": "203.0.113.7", "HTTP_HOST": "localhost", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"REMOTE_ADDR": "203.0.113.7", "HTTP_HOST": "localhost", "HTTP_X_REAL_IP": "127.0.0.1"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost", "HTTP_X_FORWARDED_FOR": "203.0.113.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost", "HTTP_FORWARDED": "for=127.0.0.1"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "rebound.example"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost.example:8000"},
        {"REMOTE_ADDR": "", "HTTP_HOST": "localhost"},
        {"REMOTE_ADDR": "::ffff:203.0.113.7", "HTTP_HOST": "localhost"},
    ],
)
def test_absent_from_elsewhere_whatever_the_headers_say(client, settings, addresses, elsewhere):
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["*"]
    assert statuses(client, addresses, **elsewhere) == {404}


def test_way_in_logs_in_in_the_browsers_language(client, settings, juror):
    settings.DEMO = True
    response = client.get(way_in("juror"), HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="fr-FR,fr;q=0.9")
    assert (response.status_code, response.url) == (302, "/home/")
    assert response.cookies["language"].value == "fr"
    assert client.session["_auth_user_id"] == str(juror.pk)


@pytest.mark.parametrize(
    ("role", "signed", "salt"),
    [
        ("juror", "founder", SALT),
        ("juror", "juror", "another purpose"),
        ("admin", "admin", SALT),
        ("host", "host", SALT),  # signed, but nobody is loaded for it
    ],
)
def test_forged_way_in_is_unknown(client, settings, juror, role, signed, salt):
    settings.DEMO = True
    for token in (signing.dumps(signed, salt=salt), "forged"):
        assert client.get(f"/demo/enter/{role}/{token}/", HTTP_HOST="localhost").status_code == 404
    assert "_auth_user_id" not in client.session


def test_someone_real_is_never_entered(client, settings, db):
    """Only the sample people have ways in, and nobody else by any role."""
    settings.DEMO = True
    for role in ROLES:
        build.person(f"{role}@network.example", role)
    codes = {client.get(way_in(role), HTTP_HOST="localhost").status_code for role in ROLES}
    assert codes == {404}


def test_mail_is_shown_as_it_is_but_can_do_nothing(client, settings, mail):
    settings.DEMO = True
    response = client.get(f"/demo/mail/{mail.pk}/html/", HTTP_HOST="localhost")
    assert response.content == b"<b>x</b>"
    policy = response["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy


def test_command_prints_ways_that_open(client, settings, juror, capsys):
    settings.DEMO = True
    call_command("demo_ways")
    role, address = capsys.readouterr().out.split()
    assert role == "juror"
    assert address.startswith(settings.SITE_URL + "/demo/enter/juror/")
    assert client.get(address.removeprefix(settings.SITE_URL), HTTP_HOST="localhost").status_code == 302
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo_ways")


def test_every_page_leads_to_the_mails_and_the_log_in_says_where_its_code_is(client, settings, db):
    build.person("ana@braga.example")
    link = 'href="/demo/mail/"'
    for demo, in_footer, in_text in ((True, 1, 2), (False, 0, 0)):
        settings.DEMO = demo
        assert client.get("/").content.decode().count(link) == in_footer
        assert client.get("/accounts/login/").content.decode().count(link) == in_text
        client.post("/accounts/login/", {"login": "ana@braga.example"})
        assert client.get("/accounts/login/code/confirm/").content.decode().count(link) == in_text
