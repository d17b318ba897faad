"""Anybody who holds a document of a chain is told where it stands today: by number and code, or by the file."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from corridor.agreements.files.verification import verdict_on_file, verdict_on_number
from corridor.models import Agreement
from tests.corridor.agreements.changes.conftest import ANA, DURING, JUNE, OCTOBER, SEPTEMBER, execute
from toolkit import clock


def stands(document):
    """(standing, by which reference, amended by which)."""
    verdict = verdict_on_number(document.reference, document.code)
    by = verdict.standing.by
    return verdict.standing.code, by.reference if by else "", [one.reference for one in verdict.standing.amended_by]


def test_amended_superseded_void_and_withdrawn(base, draft, people, organiser):
    assert stands(base) == ("in_force", "", [])
    longer = draft("extension", ends=OCTOBER)
    assert verdict_on_number(longer.reference, longer.code).code == "unknown"  # nothing is issued yet
    execute(longer)
    assert stands(base) == ("amended", "", [longer.reference])
    assert stands(longer) == ("in_force", "", [])
    people_anew = draft("amendment", people=(ANA,))
    execute(people_anew)
    back = draft("amendment", ends=SEPTEMBER)
    execute(back)
    assert stands(longer) == ("superseded", back.reference, [])
    assert stands(people_anew) == ("in_force", "", [])
    assert stands(base) == ("amended", "", [longer.reference, people_anew.reference, back.reference])
    with clock.at(DURING):
        notice = draft(
            "withdrawal",
            at=DURING,
            ends=SEPTEMBER.replace(month=7),
            party="startup",
            is_joint=False,
            clause="17",
            reason="x",
        )
        execute(notice)
    assert stands(base)[:2] == ("withdrawn", notice.reference)
    assert stands(back) == ("withdrawn", notice.reference, [])
    assert stands(notice) == ("in_force", "", [])
    assert verdict_on_number(notice.reference, notice.code).is_notice


def test_signed_by_all_is_not_said_to_wait_for_signatures(base, client):
    Agreement.objects.update(state="signed")
    assert stands(base) == ("signed", "", [])
    page = client.get(reverse("verify_document", args=[base.reference, base.code])).content.decode()
    assert "signed by every party" in page
    assert "binds nobody" not in page


def test_a_termination_is_said_to_be_one(base, draft):
    with clock.at(DURING):
        ended = draft("termination", at=DURING, ends=JUNE, reason="x")
        execute(ended)
    assert stands(base)[:2] == ("terminated", ended.reference)


def test_the_page_says_it_in_words_and_names_nobody(base, draft, client):
    change = draft("amendment", desks=3)
    execute(change)
    page = re.sub(
        r"\s+", " ", client.get(reverse("verify_document", args=[base.reference, base.code])).content.decode()
    )
    assert "The agreement stands as these documents have changed it." in page
    assert f"{change.reference}, in force since" in page
    address = reverse("verify_document", args=[change.reference, change.code])
    page = re.sub(r"\s+", " ", client.get(address).content.decode())
    assert f"Amendment, to agreement {base.reference}" in page
    for name in ("Helena", "Fatou", "Cora", "Sensors", "Incubadora", "Clermont", "Braga", "Ana", "example"):
        assert name not in page


def test_a_file_of_a_change_is_known_by_its_bytes_and_by_nothing_less(draft):
    change = draft("amendment", desks=3)
    execute(change)
    with change.executed_file.open() as file:
        ours = file.read()

    def told(content):
        verdict = verdict_on_file(SimpleUploadedFile("x.pdf", content), change.reference, change.code)
        return verdict.code, verdict.kind, verdict.how

    assert told(ours) == ("genuine", "executed", "")
    assert told(ours + b" ") == ("altered", "", "appended")
    assert told(b"%PDF-1.7 b document") == ("altered", "", "unsealed")
