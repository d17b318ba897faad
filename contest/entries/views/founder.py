"""A team's pages: its start-ups and its entries."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contest.entries.forms import StartupForm, WithdrawForm
from contest.entries.services.entries import start_entry, withdraw_entry
from contest.entries.services.help import ask_for_help
from contest.entries.services.startups import create_startup, update_startup
from contest.entries.words import history_of, kept_facts
from contest.models import Edition, Entry, Startup
from contest.states import EntryState, Phase
from network.requests import AuthedRequest
from toolkit import clock
from toolkit.protocols import collect
from toolkit.refusals_told import attempt, told_in


@login_required
def list_entries(request: AuthedRequest) -> HttpResponse:
    """The team's entries, and the editions that it can enter."""
    startups = list(Startup.objects.of_team(request.user).select_related("organisation__city").order_by("pk"))
    entries = list(Entry.objects.of_team(request.user).with_progress().order_by("-edition_id", "pk"))
    entered = {(entry.edition_id, entry.startup_id) for entry in entries if entry.state != EntryState.WITHDRAWN}
    open_editions = [
        edition
        for edition in Edition.objects.with_open_call(clock.now()).order_by("call_closes", "pk")
        if not startups or any((edition.pk, startup.pk) not in entered for startup in startups)
    ]
    context = {"startups": startups, "entries": entries, "open_editions": open_editions}
    return render(request, "contest/entries/entries.html", context)


@login_required
def make_startup(request: AuthedRequest) -> HttpResponse:
    """A new start-up; with ?edition= it goes on to that edition's entry."""
    slug = request.GET.get("edition", "")
    form = StartupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            startup = create_startup(by=request.user, **form.values())
            messages.success(request, _("%(name)s is ready.") % {"name": startup.name})
            return redirect("entry_start", slug) if slug else redirect("entries")
    return render(request, "contest/entries/startup.html", {"form": form, "startup": None})


@login_required
def edit_startup(request: AuthedRequest, pk: int) -> HttpResponse:
    startup = get_object_or_404(Startup.objects.of_team(request.user).select_related("organisation__city"), pk=pk)
    form = StartupForm(request.POST or None, startup=startup)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            update_startup(by=request.user, startup=startup, **form.values())
            messages.success(request, _("Saved."))
            return redirect("entries")
    return render(request, "contest/entries/startup.html", {"form": form, "startup": startup})


@login_required
def begin_entry(request: AuthedRequest, slug: str) -> HttpResponse:
    """Which start-up enters; the only one enters at once."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user).filter(is_archive=False), slug=slug)
    startups = Startup.objects.of_team(request.user).select_related("organisation__city").order_by("pk")
    if not startups:
        return redirect(f"{reverse('startup_new')}?edition={edition.slug}")
    if request.method == "POST":
        startup = get_object_or_404(startups, pk=_number(request.POST.get("startup")))
        entry = start_entry(by=request.user, edition=edition, startup=startup)
        return redirect("entry_step", entry.pk, "startup")
    return render(request, "contest/entries/entry_start.html", {"edition": edition, "startups": startups})


@login_required
def show_entry(request: AuthedRequest, pk: int) -> HttpResponse:
    """Where the entry stands, what was decided and why, and what was sent."""
    entry = get_object_or_404(Entry.objects.of_team(request.user).with_all(), pk=pk)
    can_edit = entry.edition.phase == Phase.CALL and entry.state not in (EntryState.NOMINATED, EntryState.WITHDRAWN)
    screening = entry.screenings.all()[len(entry.screenings.all()) - 1] if entry.screenings.all() else None
    road = sorted(collect("road", entry), key=lambda step: step.order)
    context = {
        "entry": entry,
        "edition": entry.edition,
        "road": road,
        "ways": list({step.url: step for step in road if step.url}.values()),
        "history": history_of(entry),
        "screening": screening,
        "facts": kept_facts(screening.facts) if screening else [],
        "can_edit": can_edit,
        "can_start_again": entry.state == EntryState.WITHDRAWN and entry.edition.phase == Phase.CALL,
        "can_withdraw": entry.state != EntryState.WITHDRAWN and entry.edition.phase not in (Phase.OVER, Phase.ARCHIVE),
    }
    return render(request, "contest/entries/entry.html", context)


@login_required
@require_POST
def ask_help(request: AuthedRequest, pk: int) -> HttpResponse:
    """Lets the organiser read the draft, or no longer."""
    entry = get_object_or_404(Entry.objects.of_team(request.user), pk=pk)
    asks = request.POST.get("asks") == "yes"
    given = _("The organiser is told, and can read your draft until you take this back or submit it.")
    done = given if asks else _("Nobody but your team reads your draft again.")
    attempt(request, lambda: ask_for_help(by=request.user, entry=entry, asks=asks), done)
    return redirect("entry", pk)


@login_required
def withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    """Asks once more, then takes the entry out."""
    entry = get_object_or_404(Entry.objects.of_team(request.user).with_people(), pk=pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            withdraw_entry(by=request.user, entry=entry, reason=form.cleaned_data["reason"])
            messages.success(request, _("The entry is withdrawn."))
            return redirect("entry", entry.pk)
    return render(request, "contest/entries/entry_withdraw.html", {"form": form, "entry": entry})


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0
