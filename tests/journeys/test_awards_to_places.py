"""The organiser grants awards, sets up the corridor, admits the laureates, and applies a plan that was shown:
by keyboard."""

from tests.journeys.browser import check_page

# The jury of the sample edition finishes its work, as it would by the closing dates.
STAGE = """
from config.demo import contest, judging
from contest.models import Edition
from judging.models import Scorecard
from judging.scoring.services.scorecards import reopen_scorecard
edition = Edition.objects.get(slug="sample-jury")
cast = contest.gather_cast()
first, second = edition.rounds.order_by("order")
for card in Scorecard.objects.filter(assignment__round=first, state="submitted"):
    reopen_scorecard(by=card.assignment.juror.user, scorecard=card)
for round in (first, second):
    if round.state == "draft":
        judging.assign_and_open(cast, round, 2)
    judging.score(round, 2)
    judging.close_and_publish(cast, round)
answer = [row.entry.code for row in second.standings.order_by("place")]
"""
WISHES = """
from corridor.models import Candidate, Incubator
from corridor.placement.services.wishes import save_wishes
from network.models import User
for candidate in Candidate.objects.filter(programme__slug=SLUG):
    hosts = Incubator.objects.filter(is_open=True).exclude(organisation__city=candidate.home_city).order_by("pk")
    founders = User.objects.filter(memberships__organisation=candidate.organisation, memberships__role="founder")
    founder = founders.order_by("pk").first()
    save_wishes(by=founder, candidate=candidate, version=candidate.version, people=1, earliest_start=None,
                latest_start=None, needs="", incubators=[(host, place) for place, host in enumerate(hosts, 1)])
answer = Candidate.objects.filter(programme__slug=SLUG).count()
"""

PLACED = """
import json
from corridor.models import PlacementPlan, Stay
plan = json.loads(PlacementPlan.objects.get(programme__slug=SLUG, state="applied").file)
stays = Stay.objects.filter(programme__slug=SLUG).values_list("starts", "incubator_id", "candidate_id")
shown = sorted([row["starts"], str(row["incubator"]), str(row["candidate"])] for row in plan["placements"])
answer = [shown, sorted([starts.isoformat(), str(host), str(team)] for starts, host, team in stays)]
"""

OWN_SITE = True


def press(page, role, name):
    page.get_by_role(role, name=name).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    check_page(page)


def test_from_the_final_standings_to_places_abroad(site, enter):
    site.run(STAGE)
    page = enter("organiser")
    press(page, "link", "Grant the awards")
    press(page, "button", "Grant")
    granted = "from judging.models import Award\nanswer = Award.objects.filter(edition__slug='sample-jury').count()"
    assert site.run(granted) == 6

    page.goto(site.url + "/organise/editions/sample-jury/programmes/new/")
    check_page(page)
    for name, value in {
        "name_en": "Corridor of the journey",
        "name_fr": "Corridor du parcours",
        "name_0": "Corridor of the journey",
        "name_1": "Corridor du parcours",
        "slug": "journey",
        "first_start": "2027-03-01",
        "last_start": "2027-05-01",
    }.items():
        field = page.locator(f"main [name={name}]")
        if field.count() and field.first.is_visible():
            field.first.fill(value)
    page.locator("main form button.btn").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    check_page(page)
    slug = site.run(
        "from corridor.models import Programme\nanswer = Programme.objects.get(edition__slug='sample-jury').slug"
    )
    press(page, "button", "Admit 6 laureates")
    assert site.run(WISHES.replace("SLUG", repr(slug))) == 6
    page.reload()
    press(page, "button", "Propose placements")
    site.manage("tick")
    page.reload()
    check_page(page)
    press(page, "button", "Apply")
    # What stands in the rows is what stood in the plan that was shown.
    shown, applied = site.run(PLACED.replace("SLUG", repr(slug)))
    assert shown == applied
    assert applied != []
