"""What judging tells pages that are composed. A fixed number of queries each."""

from datetime import datetime

from django.utils.translation import gettext as _

from contest.models import Edition
from judging.jury.services.assignment import PLANS
from judging.live import overview
from judging.live.services.hours import tell_newcomers
from judging.permissions import is_juror, runs_jury
from judging.results.minutes.overview import minutes_tasks
from judging.results.overview import edition_tasks, nominations_to_make
from judging.results.services.feedback import tell_of_feedback
from judging.results.services.minutes import render_owed_minutes
from judging.rounds.notices import JUROR_PATH
from judging.rounds.overview import round_tasks
from judging.scoring.overview import departures_to_see, scorecard_tasks
from judging.scoring.services.departures import note_owed_departures
from judging.scoring.services.reminders import remind_of_closing
from judging.statistics.services import compute_owed_statistics
from network.models import City, User
from network.permissions import is_organiser
from toolkit.protocols import NavLink, Owed, ToDo


def to_do(user: User) -> list[ToDo]:
    """A juror: entries left to score, by round. Who runs rounds: rounds to open, to watch, to close, to publish."""
    found = [*overview.to_do(user), *scorecard_tasks(user), *departures_to_see(user), *round_tasks(user)]
    return [*found, *nominations_to_make(user), *edition_tasks(user), *minutes_tasks(user)]


def navigation(user: User) -> list[NavLink]:
    return [NavLink(_("My entries to score"), JUROR_PATH, order=20)] if is_juror(user) else []


def edition_navigation(user: User, edition: Edition) -> list[NavLink]:
    """Tabs of an edition's pages: its rounds, its jury, its awards."""
    if not is_organiser(user) or edition.is_archive:
        return []
    base = f"/organise/editions/{edition.slug}"
    return [
        NavLink(_("Rounds"), f"{base}/rounds/", order=40, also=("/organise/rounds/",)),
        NavLink(_("Jury"), f"{base}/jury/", order=50, also=("/organise/jurors/",)),
        NavLink(_("Awards"), f"{base}/awards/", order=60),
    ]


def city_navigation(user: User, city: City, edition: Edition) -> list[NavLink]:
    """Tabs of a city's pages in an edition: its own selection and that selection's jury."""
    if not runs_jury(user, city):
        return []
    base = f"/city/{city.slug}/{edition.slug}/selection/"
    return [
        NavLink(_("Own selection"), base, order=40, also=("/organise/rounds/",)),
        NavLink(_("Jury of the selection"), f"{base}jury/", order=50, also=("/organise/jurors/",)),
    ]


def due(now: datetime) -> list[Owed]:
    """Reminders to jurors before a round closes; people who came late to a live session; what lost tasks owe;
    word of feedback."""
    return [
        Owed(PLANS.name, PLANS.settle_owed),
        Owed("judging:departures", note_owed_departures),
        Owed("judging:reminders", remind_of_closing),
        Owed("judging:sessions", tell_newcomers),
        Owed("judging:minutes", render_owed_minutes),
        Owed("judging:statistics", compute_owed_statistics),
        Owed("judging:feedback", tell_of_feedback),
    ]
