"""What programmes add to composed pages, for organisers: the next step of each, and what others owe it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.models import Programme
from judging.models import Award
from network.models import User
from network.permissions import is_organiser
from network.states import Role
from toolkit import clock
from toolkit.protocols import ToDo


def programme_tasks(planned: set[int]) -> list[ToDo]:
    """Placements to propose, agreements to draft, laureates to admit, a corridor to set up; of the programmes
    `planned`, by id, there is a plan to look at. Two queries."""
    tasks, now = [], clock.now()
    for programme in Programme.objects.with_counts().with_left_to_do().order_by("pk"):
        over = programme.wishes_close is not None and programme.wishes_close <= now
        if programme.waiting_count and over and programme.pk not in planned:
            tasks.append(about(programme, _("Propose placements"), "programme", programme.pk))
        if programme.has_awards and not programme.candidates_count:
            tasks.append(about(programme, _("Admit the laureates"), "programme", programme.pk))
        if count := programme.stays_without_agreement:
            title = ngettext("Draft the agreement of %(count)s stay", "Draft the agreements of %(count)s stays", count)
            tasks.append(about(programme, title % {"count": count}, "stay_list", programme.pk))
    awards = Award.objects.filter(edition__is_archive=False, edition__programmes__isnull=True)
    for edition in {award.edition for award in awards.select_related("edition")}:
        url = reverse("programme_new", args=[edition.slug])
        tasks.append(
            ToDo(
                _("Set up the corridor for the laureates"),
                url,
                _("Open"),
                detail=str(edition),
                role=Role.ORGANISER,
                edition=edition.slug,
            )
        )
    return tasks


def programmes_to_watch(user: User) -> list[ToDo]:
    """For the organiser: wishes, answers and signatures that others owe. One query."""
    if not is_organiser(user):
        return []
    seen, now = [], clock.now()
    for programme in Programme.objects.with_counts().with_left_to_do().order_by("pk"):
        if programme.waiting_count and (programme.wishes_close is None or programme.wishes_close > now):
            counts = {"given": programme.wishes_count, "all": programme.candidates_count}
            title = ngettext(
                "%(given)s of %(all)s candidate has put incubators in order",
                "%(given)s of %(all)s candidates have put incubators in order",
                programme.candidates_count,
            )
            seen.append(about(programme, title % counts, "programme", programme.pk, programme.wishes_close, _("Look")))
        if count := programme.stays_unanswered:
            title = ngettext("%(count)s stay waits for an answer", "%(count)s stays wait for an answer", count)
            seen.append(about(programme, title % {"count": count}, "stay_list", programme.pk, action=_("Look")))
        if count := programme.agreements_unsigned:
            title = ngettext(
                "%(count)s agreement waits for signatures", "%(count)s agreements wait for signatures", count
            )
            seen.append(about(programme, title % {"count": count}, "stay_list", programme.pk, action=_("Look")))
    return seen


def about(
    programme: Programme, title: str, page: str, pk: int, until: datetime | None = None, action: str = ""
) -> ToDo:
    return ToDo(
        title=title,
        detail=str(programme),
        url=reverse(page, args=[pk]),
        action=action or _("Open"),
        until=until,
        role=Role.ORGANISER,
        edition=programme.edition.slug if programme.edition else "",
    )
