"""Rounds that experiments with kinds of rules start from."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from judging.models import RankedBallot
from tests import build


@pytest.fixture
def tied(organiser, enter):
    """An open round: E01 and E02 with the same result, of which E02 has the shorter title; E03 below."""
    edition = build.edition("2027")
    entries = build.competing(edition, 3)
    round = build.round(edition, state="open")
    told = (("Warmth from waste water", 4), ("Sun", 4), ("Wind", 3))
    for number, (entry, (title, mark)) in enumerate(zip(entries, told, strict=True), start=1):
        entry.title = title
        entry.save()
        build.marks(build.assign(round, build.juror(edition, number), entry), mark, mark)
    return SimpleNamespace(edition=edition, entries=entries, round=round, client=enter(organiser))


def change_rule(tied, **changed):
    """Posts the page of the rule with some of it changed."""
    address = reverse("rule_change", args=[tied.round.pk])
    form = tied.client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    values |= {**changed, "reason": "The jury agreed on it."}
    answer = tied.client.post(address, {k: v for k, v in values.items() if v not in (None, "") and v is not False})
    assert answer.status_code == 302, answer.context["form"].errors


@pytest.fixture
def ranked(organiser, enter):
    """An open round with ranked lists of three jurors: twice E02, E01, E03 and once E01, E02, E03."""
    edition = build.edition("2027")
    entries = build.competing(edition, 3)
    round = build.round(edition, criteria=(), ballot="ranking")
    for number, order in enumerate((["E02", "E01", "E03"],) * 2 + (["E01", "E02", "E03"],), start=1):
        juror = build.juror(edition, number)
        for entry in entries:
            build.marks(build.assign(round, juror, entry))
        RankedBallot.objects.create(round=round, juror=juror, order=order, version=1)
    return SimpleNamespace(edition=edition, entries=entries, round=round, client=enter(organiser))
