"""A new kind of mail is one new file, and its words in templates: it is owed, written once, sent and listed; once it is
gone, it is refused in words."""

import ast
from collections import Counter
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from network.integrity import check_network
from network.kinds.mail_kinds import MAIL_KINDS
from network.kinds.mails.accounts import AccountMail, code_of
from network.models import Message
from network.services import send_message
from tests import build
from tests.kinds import one_more
from toolkit.kinds import UnknownKind

ROOT = Path(__file__).resolve().parent.parent.parent
WELCOME = '''
"""Each juror, once: thank you for joining."""

from judging.models import Juror
from judging.rounds.notices import JUROR_PATH, RoundMail
from network.kinds.mail_kinds import MAIL_KINDS
from network.models import Message
from toolkit.protocols import Owed


@MAIL_KINDS.register
class Welcome(RoundMail):
    code = "judging.welcome"

    @classmethod
    def due(cls, now):
        return [Owed("welcomes", cls.welcome)]

    @classmethod
    def welcome(cls, limit):
        told = Message.objects.filter(kind=cls.code).values("to_user")
        owed = Juror.objects.filter(user__isnull=False).exclude(user__in=told)[:limit]
        for juror in owed:
            context = {"juror": juror, "path": JUROR_PATH}
            cls.write(key=f"{cls.code}:{juror.pk}", to=juror.user, context=context)
        return len(owed)
'''
WORDS = {
    "subject.txt": "{% if language == 'fr' %}Bienvenue au jury{% else %}Welcome to the jury{% endif %}",
    "txt": "{{ juror.user.full_name }}: {{ site }}{{ path }}",
    "html": "<p>{{ juror.user.full_name }}</p>",
}
UNKNOWN = "Kind of mail: “judging.welcome” is not known here."


@pytest.fixture
def welcome(tmp_path, settings):
    (tmp_path / "mail").mkdir()
    for part, words in WORDS.items():
        (tmp_path / "mail" / f"judging.welcome.{part}").write_text(words)
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}]
    folder = tmp_path / "kinds"
    folder.mkdir()
    with one_more(MAIL_KINDS, folder, "welcome", WELCOME, package="judging.jury.notices", code="judging.welcome"):
        yield


@pytest.fixture
def juror(db):
    return build.juror(build.edition("2027"), 1)


def test_it_is_owed_written_once_in_the_reader_s_language_sent_and_listed(welcome, juror, organiser, enter, settings):
    juror.user.language = "fr"
    juror.user.save()
    for _again in range(2):
        call_command("tick")
    told = Message.objects.get(kind="judging.welcome")
    assert (told.to_user, told.subject, told.state) == (juror.user, "Bienvenue au jury", "sent")
    assert told.text == f"{juror.user.full_name}: {settings.SITE_URL}/judging/\n"
    assert [one.subject for one in mail.outbox] == ["Bienvenue au jury"]
    assert "Bienvenue au jury" in enter(organiser).get("/mail/").content.decode()
    assert list(check_network()) == []


def test_once_it_is_gone_it_is_refused_in_words(welcome, juror, organiser, enter):
    values = {"kind": "judging.welcome", "to": juror.user, "context": {"juror": juror, "path": "/"}}
    owed = send_message(key="1", **values)
    MAIL_KINDS.forget("judging.welcome")
    with pytest.raises(UnknownKind) as no:
        send_message(key="2", **values)
    assert (str(no.value), no.value.status) == (UNKNOWN, 422)
    Message.objects.update(state="failed")
    with pytest.raises(CommandError) as strays:
        call_command("check_integrity")
    assert str(strays.value) == f"mail {owed.pk}: {UNKNOWN}"
    assert "Welcome to the jury" in enter(organiser).get("/mail/").content.decode()  # what was written stays written
    Message.objects.update(state="sent")
    assert list(check_network()) == []


def ours():
    return [kind for kind in MAIL_KINDS.values() if not isinstance(kind, AccountMail)]


def test_every_kind_has_its_words_and_all_words_have_their_kind():
    parts = ("subject.txt", "txt", "html")
    kept = {path.name for path in (ROOT / "templates" / "mail").iterdir()} - {"base.html", "base.txt", "account.html"}
    assert kept == {f"{kind.code}.{part}" for kind in ours() for part in parts}
    assert {kind.template("html") for kind in ours()} == {f"mail/{kind.code}.html" for kind in ours()}


def test_what_the_library_writes_of_an_account_is_a_secret():
    code = code_of("account/email/login_code")
    assert code == "account.email.login_code"
    assert MAIL_KINDS[code].is_secret


def test_a_code_is_spelt_in_its_own_module_alone():
    codes = {kind.code for kind in ours()} - {"invitation"}  # which is the name of a page too
    spelt = Counter(
        node.value
        for app in ("network", "contest", "judging", "corridor", "config")
        for path in (ROOT / app).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value in codes
    )
    assert spelt == Counter(dict.fromkeys(codes, 1))
