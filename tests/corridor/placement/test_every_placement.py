"""Whatever the forms about places make: the proposed file follows the published format, and `manage.py place` finds in
the file alone what the plan's page shows. Hypothesis draws the programme, places, closed days, wishes and answers."""

import io
import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import jsonschema
import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st

from corridor.domain.placement.document import PlacementFile
from corridor.domain.placement.file import schema
from corridor.hosts.forms import BlackoutForm, OpeningForm
from corridor.hosts.services.incubators import save_incubator
from corridor.hosts.services.openings import save_blackout, save_opening
from corridor.management.commands.place import with_numbers
from corridor.models import Blackout, Candidate, Opening, Programme
from corridor.placement.forms.placement import AnswersForm, BalanceForm, LeadTimeForm
from corridor.placement.forms.wishes import WishesForm
from corridor.placement.services.exchange import save_balance, save_lead_time
from corridor.placement.services.host_answers import Answer, answer_candidates, wishing
from corridor.placement.services.plans import propose_placements, solve_plan
from corridor.placement.services.wishes import save_wishes
from corridor.programmes.forms import ProgrammeForm
from corridor.programmes.services import save_programme
from toolkit import clock
from toolkit.canonical import canonical_bytes
from toolkit.refusals import Refusal

pytestmark = pytest.mark.django_db
SAVED: Counter[str] = Counter()
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAYS = st.dates(date(2026, 11, 1), date(2027, 12, 31))
EDGES = st.sampled_from([date(2027, 1, 1), date(2027, 6, 30), date(2027, 8, 31), date(2028, 2, 29)]) | DAYS
FEW = st.none() | st.integers(1, 4)


def sent(**typed) -> dict[str, str]:
    """As a browser sends it."""
    return {name: "" if value is None else str(value) for name, value in typed.items() if value is not False}


def taken(form, save) -> None:
    """What the form lets through is saved, unless the service says no."""
    if not form.is_valid():
        return
    try:
        with transaction.atomic():
            save(form.cleaned_data)
    except Refusal as refusal:
        event(refusal.code)
    else:
        SAVED[type(form).__name__] += 1


def set_up(data, programme: Programme, by) -> None:
    form = ProgrammeForm(instance=programme)
    first = data.draw(st.dates(date(2027, 1, 1), date(2027, 4, 30)))
    typed = {name: form[name].value() for name in form.fields}
    typed |= {
        "months": data.draw(st.integers(1, 12)),
        "start_day": data.draw(st.sampled_from([1, 15, 28])),
        "first_start": first,
        "wishes_close": "2026-12-31T23:59",
        "last_start": first + timedelta(days=data.draw(st.integers(31, 120))),
        "home_city_allowed": data.draw(st.booleans()),
        "placement_rule": data.draw(st.sampled_from([code for code, _name in form.fields["placement_rule"].choices])),
    }
    form = ProgrammeForm(sent(**typed), instance=programme)
    taken(form, lambda _said: save_programme(by=by, programme=Programme.objects.get(pk=programme.pk), **form.values()))


def offer(data, incubator, by) -> None:
    save_incubator(by=by, incubator=incubator, arrivals_per_month=data.draw(FEW))
    for _number in range(data.draw(st.integers(1, 3))):
        starts, ends = sorted([data.draw(EDGES), data.draw(EDGES)])
        form = OpeningForm(sent(starts=starts, ends=ends, desks=data.draw(st.integers(1, 4))), instance=Opening())
        taken(form, lambda said: save_opening(by=by, incubator=incubator, opening=None, **said))
    starts = data.draw(DAYS)
    typed = {"starts": starts, "ends": starts + timedelta(days=data.draw(st.integers(0, 60)))}
    form = BlackoutForm(sent(**typed, arrivals_only=data.draw(st.booleans())), instance=Blackout())
    taken(form, lambda said: save_blackout(by=by, incubator=incubator, blackout=None, **said))


def wish(data, candidate: Candidate, incubators, by) -> None:
    """The first one wishes something, and any day; of the others a service may say no."""
    free = candidate.rank > 1
    given = {"incubators": incubators, "ranks": {}, "instance": candidate}
    ranks = {f"wish_{one.pk}": data.draw(FEW if free else st.integers(1, 4)) for one in incubators}
    window = [data.draw(st.none() | EDGES) if free else None for _end in range(2)]
    codes = {f"nationality_1_{place}": data.draw(st.sampled_from(["", "FR", "IN", "CA"])) for place in (1, 2)}
    typed = sent(
        version=candidate.version,
        people=data.draw(st.integers(1, 3)),
        earliest_start=window[0],
        latest_start=window[1],
        **ranks,
        **codes,
    )
    form = WishesForm(typed, **given)

    def save(said) -> None:
        plain = {name: said[name] for name in ("version", "people", "earliest_start", "latest_start", "needs")}
        told = {"incubators": form.wishes(), "nationalities": form.nationalities()}
        save_wishes(by=by, candidate=Candidate.objects.get(pk=candidate.pk), **plain, **told)

    taken(form, save)


def answer(data, incubator, programme: Programme, by) -> None:
    candidates = list(wishing(incubator).filter(programme=programme))
    typed = {}
    for one in candidates:
        says_no = data.draw(st.integers(0, 3)) == 0
        typed[f"reason_{one.pk}"] = data.draw(st.text(min_size=1, max_size=9)) if says_no else ""
        typed[f"place_{one.pk}"] = None if says_no else data.draw(FEW)
    form = AnswersForm(sent(**typed), candidates=candidates, answers={})
    taken(
        form,
        lambda _said: answer_candidates(
            by=by, incubator=incubator, programme=programme, answers=[Answer(*row) for row in form.values()]
        ),
    )


def said_about_the_world(data, cities, by) -> None:
    typed = {
        "nationality": data.draw(st.sampled_from(["", "IN", "EU"])),
        "host_country": data.draw(st.sampled_from(["CA", "PT"])),
    }
    form = LeadTimeForm(sent(**typed, days=data.draw(st.integers(0, 200)), source="A page", as_of=date(2026, 1, 1)))
    taken(form, lambda said: save_lead_time(by=by, lead_time=None, **said))
    numbers = {"sent": data.draw(st.integers(0, 9)), "hosted": data.draw(st.integers(0, 9))}
    form = BalanceForm(sent(city=data.draw(st.sampled_from(cities)).pk, **numbers))
    taken(form, lambda said: save_balance(by=by, **said))


def told(answer) -> dict:
    """An answer without what a clock says."""
    steady = [{**level, "seconds": None, "time_limit": None} for level in answer["levels"]]
    return {**answer, "seconds": None, "time_limit": None, "levels": steady}


def test_what_the_forms_make_is_placed_alike_from_its_file_and_on_its_page(corridor, organiser, enter, tmp_path):
    client = enter(organiser)
    hosts = [(corridor.braga, corridor.host), (corridor.magog, corridor.other_host)]

    def proposed(data):
        set_up(data, corridor.programme, organiser)
        programme = Programme.objects.get(pk=corridor.programme.pk)
        for incubator, by in hosts:
            offer(data, incubator, by)
        for candidate in corridor.teams:
            wish(data, Candidate.objects.get(pk=candidate.pk), [one for one, _by in hosts], organiser)
        for incubator, by in hosts:
            answer(data, incubator, programme, by)
        said_about_the_world(data, [one.city for one, _by in hosts], organiser)
        plan = propose_placements(by=organiser, programme=programme, seed=data.draw(st.integers(0, 3)))
        solve_plan.call(plan.pk)
        plan.refresh_from_db()
        return plan

    @settings(max_examples=6, phases=[Phase.generate])
    @given(st.data())
    def draw(data):
        before = transaction.savepoint()  # no block of ours: what a worker keeps stands in none
        try:
            with clock.at(AT):
                plan = proposed(data)
                page = client.get(reverse("plan", args=[plan.pk])).content.decode()
            file, kept = json.loads(plan.inputs), json.loads(plan.file)
            jsonschema.Draft202012Validator(schema("placement")).validate(file)
            jsonschema.Draft202012Validator(schema("placement-answer")).validate(kept)
            assert canonical_bytes(PlacementFile.from_data(file).as_data()) == plan.inputs.encode()
            path, out = tmp_path / "file.json", io.StringIO()
            path.write_text(plan.inputs)
            call_command("place", str(path), "--json", stdout=out)
            assert kept["is_optimal"]
            assert told(json.loads(out.getvalue())) == told(with_numbers(kept))
            names = {str(one.pk): one.name for one in corridor.teams}
            assert [names[row["candidate"]] in page for row in kept["placements"] + kept["unplaced"]] == [True] * 3
        finally:
            transaction.savepoint_rollback(before)

    draw()
    forms = [ProgrammeForm, OpeningForm, BlackoutForm, WishesForm, AnswersForm, LeadTimeForm, BalanceForm]
    assert [form.__name__ for form in forms if not SAVED[form.__name__]] == []
