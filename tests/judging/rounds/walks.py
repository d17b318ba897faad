"""A rule and everything around it, made by the forms and services from chances: for tests that walk from the forms to a
frozen result."""

import random
from datetime import timedelta

from django.utils import timezone, translation

from judging.domain.rule.values import NO_CORRECTION
from judging.jury.services.opening import open_round
from judging.models import Criterion, CriterionGroup, Duel, RankedBallot, Result, Round, RoundRule
from judging.results.services.closing import OpenTies, close_round, decide_tie, open_ties_of
from judging.results.services.decisions import decide_cut, record_fact, record_penalty
from judging.results.shown.outcomes import outcome_of
from judging.rounds.forms.criteria import CriterionForm, GroupForm
from judging.rounds.forms.rounds import RoundForm
from judging.rounds.kinds.correcting import CORRECTIONS
from judging.rounds.kinds.counting import COUNTINGS
from judging.rounds.services.criteria import save_criterion, save_group
from judging.rounds.services.rounds import save_round
from judging.rounds.services.rule_changes import change_open_rule
from tests import build
from toolkit.refusals import Refusal

LINKS = [
    "criterion:idea", "group:plan", "highest_mark", "lowest_mark", "median", "younger_firm", "earlier_submission",
    "fewer_laureates", "topic_not_covered", "city_not_covered", "fact:jobs:higher", "fact:jobs:lower", "human",
]  # fmt: skip


def posted(form, **changes) -> dict:
    """What a browser sends of a form: its fields as they stand, some of them changed. False: an empty box."""
    shown = {field.html_name: field.value() for field in form}
    return {name: value for name, value in {**shown, **changes}.items() if value is not None and value is not False}


def saved(form, save, *, taken=None, **fields):
    """A row from a form by its service, as the pages do it."""
    assert form.is_valid(), form.errors
    values = form.values() if taken is None else form.values(taken)
    return save(**fields, **values)


class Draw:
    """A rule and everything around it, from a number; `pick` draws what the number does not say."""

    reason_for_missing = ""

    def __init__(self, number: int, by, pick: random.Random | None = None):
        self.number, self.by, self.pick = number, by, pick or random.Random(number)
        self.ballot = ["marks", "marks", "marks", "ranking", "marks", "duels"][number % 6]
        self.correction = list(CORRECTIONS)[number // 6 % 4] if number % 6 == 2 else NO_CORRECTION
        self.edition = build.edition("2027")
        self.categories = [
            self.edition.categories.get(),
            self.edition.categories.create(code="water", name={"en": "W"}),
        ]
        self.entries = build.competing(self.edition, 4)
        build.settle(self.edition)
        for entry, category in zip(self.entries, [0, 1, 0, 0], strict=True):
            entry.category = self.categories[category]
            entry.save()
        for entry in self.entries[:3]:
            record_fact(by=by, entry=entry, code="jobs", value=1000 * self.pick.randint(0, 1), source="The register.")
        self.jurors = [build.juror(self.edition, n) for n in range(1, 5)]
        self.peer = build.juror(self.edition, 5, kind="peer", own_entry=self._beside()) if number % 4 == 0 else None
        build.settle(self.edition)

    def _beside(self):
        """A fellow applicant's own entry, which is not nominated."""
        return build.entry(self.edition, build.startup("Peers", build.city("dakar")), state="eligible", code="E99")

    def chance(self, of: float) -> bool:
        return self.pick.random() < of

    def links(self) -> list[str]:
        """A chain whose first rule goes round, so that each stands first somewhere."""
        first = LINKS[self.number % len(LINKS)]
        rest = self.pick.sample(LINKS[:-1], self.pick.randint(0, 4))
        chain = [first, *(link for link in rest if link != first)] if first != "human" else [*rest, "human"]
        plan = [] if self.ballot == "marks" else ["criterion:idea", "group:plan"]
        return [link for link in chain if link not in plan]

    def decimals(self) -> str:
        return self.pick.choice(["", "0", "1", "2", "9"])

    def fields(self) -> dict:
        pick, mean = self.pick, self.correction != NO_CORRECTION
        across = "mean" if mean else pick.choice(["mean", "median", "trimmed_mean"])
        return {
            "name_en": "Round", "name_fr": pick.choice(["", "Le tour : « écrit »"]),
            "weight": str(pick.choice([0, 40, 60, 100])),
            "combine": pick.choice(["percent", "weighted_mean", "weighted_sum"]), "across": across,
            "aggregate_at": "total" if mean else pick.choice(["total", "criterion"]),
            "trim": pick.choice(["0", "1"]) if across == "trimmed_mean" else "0",
            "decimals": self.pick.choice("0129") if self.ballot == "duels" else self.decimals(),
            "decimals_criterion": self.decimals(), "decimals_group": self.decimals(), "final_decimals": self.decimals(),
            "threshold": pick.choice(["", "", "1.5", "40"]), "threshold_effect": pick.choice(["exclude", "warn"]),
            "blanks": pick.choice(["left_out", "zero"]), "min_scorecards": "3", "jurors_per_entry": "5",
            "min_peer_scorecards": "1" if self.peer else "0", "correction": self.correction,
            "deviation": pick.choice(["population", "sample"]), "correction_decimals": "2", "correction_min_marks": "2",
            "advance_count": pick.choice(["", "1", "2", "3"]), "advance_per_city": pick.choice(["", "1", "2"]),
            "advance_per_category": pick.choice(["", "1", "2"]), "wild_cards": pick.choice(["0", "1"]),
            "all_tied_go_on": self.chance(0.3), "same_city_conflicts": False, "ballot": self.ballot,
            "counting": list(COUNTINGS)[self.number // 6 % 3], "place_points": "5, 3, 1", "duels_each": "3",
            "list_least": "1", "list_most": pick.choice(["", "3"]),
        }  # fmt: skip

    def round(self, **changes) -> Round:
        """Made by the forms: the round, its groups and criteria, then the chain, which may name them."""
        begun = Round(edition=self.edition, rule=RoundRule())
        form = RoundForm(edition=self.edition, instance=begun)
        now = timezone.now()
        window = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=9)}
        window = {name: form.fields[name].prepare_value(value) for name, value in window.items()}
        data = posted(form, **{**self.fields(), **window, **changes})
        form = RoundForm(data, edition=self.edition, instance=begun)
        round = saved(form, save_round, by=self.by, round=None, edition=self.edition)
        if self.ballot == "marks":
            self._groups(round)
            self._criteria(round)
        form = RoundForm(edition=self.edition, instance=round)
        known = {value for value, _label in form.fields["tie_1"].choices}
        chain = {f"tie_{n}": link for n, link in enumerate(filter(known.__contains__, self.links()), start=1)}
        data = posted(form, **chain)
        return saved(RoundForm(data, edition=self.edition, instance=round), save_round, by=self.by, round=round)

    def _groups(self, round: Round) -> None:
        """None; or the plan; or the plan with a part of it inside."""
        for name in [[], ["Plan"], ["Plan", "Part"]][self.number % 3]:
            outer = CriterionGroup.objects.filter(round=round).first()
            changes = {
                "name_en": name, "weight": self.pick.choice(["1", "2.5", "0.001"]), "parent": outer.pk if outer else "",
                "combine": self.pick.choice(["", "percent", "weighted_mean", "weighted_sum"]),
                "ranking_weight": self.pick.choice(["", "3"]), "threshold": self.pick.choice(["", "", "1.5"]),
            }  # fmt: skip
            data = posted(GroupForm(round=round), **changes)
            taken = {group.code for group in round.groups.all()}
            saved(GroupForm(data, round=round), save_group, taken=taken, by=self.by, round=round, group=None)

    def _criteria(self, round: Round) -> None:
        inside = {group.code: group.pk for group in round.groups.all()}
        low = self.pick.choice(["0", "1", "-2"])
        rows = [
            {"name_en": "Idea", "group": inside.get("plan", ""), "scale_min": low,
                "threshold": self.pick.choice(["", "2"])},
            {"name_en": "Team", "group": inside.get("part", ""), "scale_max": "10", "scale_step": "0.5",
                "weight": "33.333"},
            {"name_en": "Market", "is_required": False, "ranking_weight": self.pick.choice(["", "2"])},
            {"name_en": "Energy", "categories": [self.categories[0].pk], "weight": "2", "comment_below": "1"},
            {"name_en": "Seen before", "kind": "informative", "weight": "0", "is_required": False},
            {"name_en": "Award", "kind": "bonus", "weight": "0.5", "cap": self.pick.choice(["", "1.25"])},
            {"name_en": "Late", "kind": "penalty", "weight": "2", "cap": self.pick.choice(["", "3"])},
        ]  # fmt: skip
        for row in rows[: 4 + self.number % 4] if self.correction == NO_CORRECTION else rows[:3]:
            data = posted(CriterionForm(round=round), **row)
            taken = {criterion.code for criterion in round.criteria.all()}
            form = CriterionForm(data, round=round)
            saved(form, save_criterion, taken=taken, by=self.by, round=round, criterion=None)

    def scored(self, round: Round) -> Round:
        """Everybody hands in; few different marks, so that much is equal."""
        seats = self.jurors + ([self.peer] if self.peer else [])
        cards = [[build.assign(round, juror, entry) for entry in self.of(round)] for juror in seats]
        open_round(by=self.by, round=round)
        round.refresh_from_db()
        for juror, row in zip(seats, cards, strict=True):
            self._give(round, juror)
            for card in row:
                if round.rule.ballot == "marks":
                    self._mark(card)
                card.state = "submitted"
                card.save()
        return round

    def of(self, round: Round) -> list:
        return [entry for entry in self.entries if round.order == 1 or entry.code in self.ahead]

    def _mark(self, card) -> None:
        """Every required mark is given; the others may be blank or not apply."""
        for criterion in card.assignment.round.criteria_for(card.assignment.entry):
            if not criterion.is_required and self.chance(0.4):
                if self.chance(0.5):
                    card.marks.create(criterion=criterion, not_applicable=True)
                continue
            steps = (criterion.scale_max - criterion.scale_min) // criterion.scale_step
            near = steps if self.correction == NO_CORRECTION else self.pick.randint(0, steps)
            value = criterion.scale_min + criterion.scale_step * max(near - self.chance(0.2), 0)
            card.marks.create(criterion=criterion, value=value)

    def _give(self, round: Round, juror) -> None:
        """A list or duels, where jurors give such."""
        codes = [entry.code for entry in self.of(round)]
        if round.rule.ballot == "ranking":
            order = self.pick.sample(codes, self.pick.randint(1, min(3, len(codes))))
            RankedBallot.objects.create(round=round, juror=juror, order=order, version=1)
        elif round.rule.ballot == "duels":
            for first, second in zip(self.of(round), self.of(round)[1:], strict=False):
                winner = self.pick.choice([first, second, None])
                now = timezone.now()
                Duel.objects.create(round=round, juror=juror, first=first, second=second, winner=winner, at=now)

    def recorded(self, round: Round) -> None:
        """Breaches, a wild card, and a rule changed while jurors score, where the rule has a place for them."""
        penalty = Criterion.objects.filter(round=round, kind="penalty").first()
        if penalty:
            record_penalty(
                by=self.by, round=round, entry=self.of(round)[0], criterion=penalty, breaches=2, reason="Late."
            )
        if self.number % 5 == 0:
            change_open_rule(by=self.by, round=round, reason="One more.", fields={"advance_per_city": 3})
            round.refresh_from_db()
        if round.rule.wild_cards:
            with_result = [entry for entry in self.of(round) if outcome_of(round).results.get(entry.code) is not None]
            for entry in with_result[-1:]:
                decide_cut(by=self.by, round=round, entry=entry, kind="wild_card", reason="The jury asks for it.")

        for tie in open_ties_of(round) if self.number % 3 == 1 else []:
            order = [entry for entry in reversed(self.of(round)) if entry.code in tie]
            decide_tie(by=self.by, round=round, entries=order, reason="The chair decides before the round closes.")

    def closed(self, round: Round) -> Result:
        """Closed, in a language of its own or in none (as in a worker); what waits for a person is decided first."""
        language = [None, "en", "fr"][self.number % 3]
        for _try in range(30):
            try:
                with translation.override(language):
                    return close_round(by=self.by, round=round, reason_for_missing=self.reason_for_missing)
            except OpenTies as open:
                order = self.pick.sample(open.ties[0], len(open.ties[0]))
                decide_tie(by=self.by, round=round, entries=order, reason="The chair decides.")
            except Refusal as refused:
                if refused.code != "round.undecided":
                    raise
                for code in outcome_of(round).undecided:
                    entry = next(entry for entry in self.entries if entry.code == code)
                    kind = self.pick.choice(["keep", "drop"])
                    decide_cut(by=self.by, round=round, entry=entry, kind=kind, reason="The chair decides.")
        raise AssertionError("nothing left to decide, and still open")
