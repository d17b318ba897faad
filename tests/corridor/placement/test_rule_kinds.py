"""A new rule of the placement is one new file: the form offers it, the service takes it, the solver goes by it, pages
tell it, its file is published, solved and read back; once it is gone, it is refused everywhere in words."""

import json
from io import StringIO

import jsonschema
import pytest
from django.core.management import call_command
from django.urls import reverse

from corridor.domain.placement.file import BadDocument, read_problem, schema
from corridor.integrity import check_kinds
from corridor.kinds.placement_rules import PLACEMENT_RULES
from corridor.models import Programme
from corridor.placement.services.plans import propose_placements
from corridor.placement.services.what_if import answer_question, ask_what_would_change
from corridor.programmes.forms import ProgrammeForm
from corridor.programmes.services import save_programme
from tests import build
from tests.corridor.placement.test_rules import solved
from tests.corridor.programmes.test_kinds import typed
from tests.kinds import one_more
from toolkit.kinds import UnknownKind

EQUAL_CHANCES = '''
"""As many as possible, and no rank at all: of as many, the wishes of both sides decide."""

from django.utils.translation import gettext_lazy as _

from corridor.domain.placement.aims import lots_of_options, over_all
from corridor.kinds.placement_rules import PLACEMENT_RULES, PlacementRule


@PLACEMENT_RULES.register
class EqualChances(PlacementRule):
    code, order, name = "equal_chances", 15, _("equal chances: as many as possible, and no rank")
    story = story_of_persons = _("Equal chances: as many guests as possible have a place; ranks do not count.")
    served = served_of_persons = _("Everybody has the same chance, whatever their award.")
    format = "the levels of most_placed without ranks."
    goes_by_rank = False

    def placed(self, problem, options):
        return over_all(options, "placed", True, lambda option: 1)

    def summed(self, problem, options, name, maximise, weigh):
        return over_all(options, name, maximise, weigh)

    def lots(self, problem, options):
        return lots_of_options(problem, options)
'''
UNKNOWN = "Rule of the placement: “equal_chances” is not known here."


@pytest.fixture
def equal_chances(tmp_path):
    with one_more(PLACEMENT_RULES, tmp_path, "equal_chances", EQUAL_CHANCES):
        yield


@pytest.fixture
def programme(equal_chances, corridor, organiser, city):
    """One desk in Braga. Rank 1 wishes it second, rank 2 first."""
    programme = build.programme(None, "equal")
    houses = [corridor.magog, corridor.braga]
    corridor.magog.openings.all().delete()
    corridor.braga.openings.update(desks=1)
    build.candidate(programme, "First", city, 1, houses)
    build.candidate(programme, "Second", city, 2, houses[::-1])
    save_programme(by=organiser, programme=programme, placement_rule="equal_chances")
    return programme


def who_goes(answer) -> list[str]:
    return [row["candidate"] for row in answer["placements"]]


def test_it_decides_otherwise_than_the_others(programme, organiser):
    first, second = (str(pk) for pk in programme.candidates.order_by("rank").values_list("pk", flat=True))
    for rule, goes in (("equal_chances", second), ("most_placed", first), ("rank_first", first)):
        save_programme(by=organiser, programme=programme, placement_rule=rule)
        _plan, answer = solved(organiser, programme)
        assert (answer["rule"], who_goes(answer)) == (rule, [goes])


def test_the_form_offers_it_and_pages_tell_it(programme, organiser, enter):
    assert "equal_chances" in dict(ProgrammeForm(instance=programme).fields["placement_rule"].choices)
    page = enter(organiser)
    page.post("/organise/programmes/new/", typed(placement_rule="equal_chances"))
    assert Programme.objects.get(slug="artists").placement_rule == "equal_chances"
    shown = page.get(reverse("programme", args=[programme.pk])).content.decode()
    assert "The rule: equal chances: as many as possible, and no rank." in shown
    candidate = programme.candidates.get(rank=1)
    wishes = page.get(reverse("candidate_wishes", args=[candidate.pk])).content.decode()
    assert "Everybody has the same chance, whatever their award. Then the wishes" in wishes
    plan, _answer = solved(organiser, programme)
    told = page.get(reverse("plan", args=[plan.pk])).content.decode()
    assert "ranks do not count." in told
    question = ask_what_would_change(by=organiser, plan=plan, candidate=candidate)
    assert answer_question.call(question.pk) == "answered"
    question.refresh_from_db()
    assert [change["kind"] for change in question.changes][:1] == ["more_desks"]
    assert list(check_kinds()) == []


def test_its_file_is_published_solved_and_read_back(programme, organiser, tmp_path):
    plan, answer = solved(organiser, programme)
    jsonschema.Draft202012Validator(schema("placement")).validate(json.loads(plan.inputs))
    jsonschema.Draft202012Validator(schema("placement-answer")).validate(answer)
    assert "equal_chances: the levels of most_placed" in schema("placement")["properties"]["rule"]["description"]
    file, out = tmp_path / "file.json", StringIO()
    file.write_text(plan.inputs)
    call_command("place", str(file), "--json", stdout=out)
    again = json.loads(out.getvalue())
    assert (again["rule"], who_goes(again)) == ("equal_chances", who_goes(answer))


def test_once_it_is_gone_it_is_refused_in_words(programme, organiser, enter):
    plan, _answer = solved(organiser, programme)
    PLACEMENT_RULES.forget("equal_chances")
    with pytest.raises(UnknownKind) as no:
        save_programme(by=organiser, programme=programme, is_public=True)
    assert (str(no.value), no.value.field, no.value.status) == (UNKNOWN, "placement_rule", 422)
    with pytest.raises(UnknownKind):
        propose_placements(by=organiser, programme=programme)
    with pytest.raises(BadDocument) as faults:
        read_problem(json.loads(plan.inputs))
    assert [fault.place for fault in faults.value.faults] == ["rule"]
    assert list(check_kinds()) == [f"programme {programme.pk}: {UNKNOWN}"]
    page = enter(organiser)
    for address, status in (("programme", 200), ("plan", 200), ("candidate_wishes", 200)):
        pk = {"programme": programme.pk, "plan": plan.pk, "candidate_wishes": programme.candidates.first().pk}[address]
        shown = page.get(reverse(address, args=[pk]))
        assert (shown.status_code, UNKNOWN in shown.content.decode()) == (status, True), address
