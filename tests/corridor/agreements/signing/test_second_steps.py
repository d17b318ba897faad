"""A new second step is one new file, and its word on documents: it counts, is shown, signs and is printed; once it is
gone, it is refused in words."""

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.urls import reverse

from corridor.agreements.signing.services.signing import Proof
from corridor.agreements.templates import wording
from corridor.integrity import check_kinds
from corridor.kinds.second_steps import SECOND_STEPS
from corridor.models import Signature
from tests.corridor.agreements.signing.test_signing import poppler
from tests.kinds import one_more
from toolkit import clock
from toolkit.kinds import UnknownKind

PASSWORD = '''
"""The password of the account, typed once more."""

from django.utils.translation import gettext_lazy as _

from corridor.kinds.second_steps import SECOND_STEPS, SecondStep


@SECOND_STEPS.register
class PasswordStep(SecondStep):
    code, order, name = "password", 40, _("the password of the account")
    records = ("password",)
'''
UNKNOWN = "Second step: “password” is not known here."
PRINTED = "its password"


@pytest.fixture
def password(tmp_path, monkeypatch):
    """The kind as if its module stood in its folder, and its word among those of documents."""
    texts, folder = tmp_path / "terms", tmp_path / "kinds"
    texts.mkdir()
    folder.mkdir()
    for path in (settings.BASE_DIR / wording.FOLDER).iterdir():
        words = path.read_text().replace("second_step_app =", f'second_step_password = "{PRINTED}"\nsecond_step_app =')
        (texts / path.name).write_text(words)
    monkeypatch.setattr(wording, "FOLDER", texts)
    wording.shared_words.cache_clear()
    with one_more(SECOND_STEPS, folder, "password", PASSWORD):
        yield
    wording.shared_words.cache_clear()


@pytest.fixture
def confirmed(enter, host):
    """The host's browser, which has just asked for the password once more."""
    browser = enter(host)
    session = browser.session
    at = clock.now().timestamp()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": at, "reauthenticated": True}]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(host.pk)
    session.save()
    return browser


@pytest.mark.sensitive
def test_it_counts_is_shown_signs_and_is_printed(password, agreement, confirmed, sign, private_files):
    page = confirmed.get(reverse("agreement", args=[agreement.pk]))
    assert "Confirmed by the password of the account" in page.content.decode()
    form = page.context["sign_form"]
    assert "code" not in form.fields
    typed = {**form.initial, "typed_name": "Helena Hóspede", "consents": "on"}
    assert confirmed.post(reverse("agreement_sign", args=[agreement.pk]), typed).status_code == 302
    assert Signature.objects.get(party="host").second_step == "password"
    sign("startup")
    sign("city")
    agreement.refresh_from_db()
    text = " ".join(poppler("pdftotext", private_files / agreement.executed_file.name).split())
    assert f"Confirmed by {PRINTED}, " in text
    assert list(check_kinds()) == []


def test_once_it_is_gone_it_is_refused_in_words(password, agreement, confirmed, sign):
    SECOND_STEPS.forget("password")
    page = confirmed.get(reverse("agreement", args=[agreement.pk]))
    assert "code" in page.context["sign_form"].fields
    with pytest.raises(UnknownKind) as no:
        sign("host", code="", proof=Proof("password", clock.now()))
    assert (str(no.value), no.value.status) == (UNKNOWN, 422)
    Signature.objects.filter(party="host").update(second_step="password")
    assert list(check_kinds()) == [f"signature {Signature.objects.get(party='host').pk}: {UNKNOWN}"]
