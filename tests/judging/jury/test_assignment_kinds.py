"""A new rule of the assignment is one new file: offered, saved, honoured by the solver, explained, and refused in words
once it is gone."""

import json

import pytest

from judging.domain.assignment.assign import assign
from judging.domain.assignment.format import BadAssignment, problem_from, schema
from judging.integrity import check_judging
from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES
from judging.jury.reading.plan_file import plan_file_in
from judging.jury.services.assignment import propose_plan
from judging.jury.services.assignment_rules import save_assignment_rules, set_pair_rule
from judging.jury.words.assignment import broken_words, explanation_words
from judging.models import Juror, PairRule, Round
from tests import build
from tests.kinds import one_more
from toolkit.kinds import UnknownKind

pytestmark = pytest.mark.django_db

FROM_AFAR = '''
"""On every entry sits at least one juror of no city of the network."""

from django.utils.translation import gettext_lazy as _

from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES, EntryRule


@ASSIGNMENT_RULES.register
class FromAfar(EntryRule):
    code, order, name = "from_afar", 75, _("a juror from afar")
    unit = "an entry: no juror without a city"
    offered = _("At least one juror comes from afar")

    def missing(self, rule, seats, entry, jurors):
        return int(all(juror.city for juror in jurors))

    def enter(self, table, n, rule):
        table.count(n, rule, table.who(not juror.city for juror in table.problem.jurors), 1)

    def shortages(self, rule, supply):
        return supply.of_counts(rule)
'''
UNKNOWN = "Rule of the assignment: “from_afar” is not known here."


@pytest.fixture
def from_afar(tmp_path):
    with one_more(ASSIGNMENT_RULES, tmp_path, "from_afar", FROM_AFAR):
        yield


@pytest.fixture
def drawn(organiser, enter):
    """Four entries, two jurors for each: of Tournai but for J04."""
    edition = build.edition("2027")
    build.competing(edition, 4)
    for number in range(1, 5):
        build.juror(edition, number, build.city("tournai") if number < 4 else None)
    round = build.round(edition, min_scorecards=2, jurors_per_entry=2)
    return round, enter(organiser), f"/organise/rounds/{round.pk}/assignment/rules/"


def on_all(plan, juror: str) -> int:
    return sum(pair["juror"] == juror for pair in json.loads(plan.file)["pairs"])


def test_it_is_offered_saved_and_honoured(from_afar, drawn, organiser):
    round, client, address = drawn
    assert "At least one juror comes from afar" in client.get(address).content.decode()
    assert client.post(address, {"what": "rules", "from_afar": "must"}).status_code == 302
    round.refresh_from_db()
    assert round.assignment_rules == [{"rule": "from_afar"}]
    plan = propose_plan(by=organiser, round=round)
    assert (plan.is_optimal, on_all(plan, "J04")) == (True, 4)
    assert list(check_judging()) == []


def test_what_it_costs_and_why_it_cannot_hold_is_told(from_afar, drawn, organiser):
    round, client, address = drawn
    Juror.objects.filter(code="J04").update(load_max=3)
    client.post(address, {"what": "rules", "from_afar": "100"})
    file = plan_file_in(propose_plan(by=organiser, round=Round.objects.get(pk=round.pk)).file)
    (told,) = broken_words(file.broken, {})
    assert told.startswith("Not met in 1 place: a juror from afar. (E0")
    client.post(address, {"what": "rules", "from_afar": "must"})
    plan = propose_plan(by=organiser, round=Round.objects.get(pk=round.pk))
    why = explanation_words(plan_file_in(plan.file).explanation, {})
    assert "Over all entries, a juror from afar needs 4, and 3 can be had." in why["numbers"]
    assert "These rules can't all hold together: the most entries per juror; a juror from afar." in why["numbers"]
    page = client.get(f"/organise/rounds/{round.pk}/assignment/").content.decode()
    assert "a juror from afar" in page


def test_a_file_may_ask_for_it(from_afar):
    file = {
        "format": "passerelle.assignment", "version": 1, "demand": 1, "load": {"most": 9},
        "entries": [{"code": "E1"}], "jurors": [{"code": "J1", "city": "Braga"}, {"code": "J2"}],
        "rules": [{"rule": "from_afar", "hard": True}],
    }  # fmt: skip
    assert assign(problem_from(file)).pairs == (("E1", "J2"),)
    assert (
        "from_afar: at an entry: no juror without a city."
        in schema("assignment")["$defs"]["assignment_rule"]["description"]
    )
    file["rules"] = [{"rule": "from_afar", "hard": True, "least": 2}]
    with pytest.raises(BadAssignment, match="says nothing about the rule “from_afar”"):
        problem_from(file)
    ASSIGNMENT_RULES.forget("from_afar")
    with pytest.raises(BadAssignment, match="“from_afar” is none of demand, load_max"):
        problem_from(file)


def test_once_it_is_gone_it_is_refused_everywhere_in_words(from_afar, drawn, organiser):
    round, client, address = drawn
    client.post(address, {"what": "rules", "from_afar": "100", "joins_jurors": "on"})
    Juror.objects.filter(code="J04").update(load_max=3)
    round.refresh_from_db()
    file = plan_file_in(propose_plan(by=organiser, round=round).file)
    ASSIGNMENT_RULES.forget("from_afar")

    page = client.get(address).content.decode()
    assert UNKNOWN in page
    assert "At least one juror comes from afar" not in page
    with pytest.raises(UnknownKind, match="from_afar"):
        save_assignment_rules(
            by=organiser, round=round, rules=[{"rule": "from_afar"}], category_demand={}, joins_jurors=True
        )
    with pytest.raises(UnknownKind) as refused:
        propose_plan(by=organiser, round=round)
    assert (str(refused.value), refused.value.status) == (UNKNOWN, 422)
    assert broken_words(file.broken, {})[0].startswith(UNKNOWN)
    assert f"round {round.pk}: {UNKNOWN}" in list(check_judging())
    assert UNKNOWN in client.get(f"/organise/rounds/{round.pk}/assignment/").content.decode()
    client.post(address, {"what": "rules", "language": "must"})  # saved once more, it is there no longer
    assert Round.objects.get(pk=round.pk).assignment_rules == [{"rule": "language"}]


def test_a_pair_set_by_a_kind_that_nobody_knows(drawn, organiser):
    round, client, address = drawn
    juror, entry = Juror.objects.get(code="J01"), round.edition.entries.get(code="E01")
    for kind, refusal in (("from_afar", UnknownKind), ("kept", Exception)):
        with pytest.raises(refusal):
            set_pair_rule(by=organiser, round=round, juror=juror, entry=entry, kind=kind, reason="Yes")
    rule = set_pair_rule(by=organiser, round=round, juror=juror, entry=entry, kind="forbidden", reason="Yes")
    assert "must not score it" in client.get(address).content.decode()
    PairRule.objects.filter(pk=rule.pk).update(kind="from_afar")
    assert UNKNOWN in client.get(address).content.decode()
    assert f"pair {rule.pk}: {UNKNOWN}" in list(check_judging())
