"""Pages that are composed from what every app tells."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render

from toolkit.protocols import collect


def show_welcome(request):
    """The public front page; whoever is logged in has work to do."""
    return render(request, "welcome.html")


@login_required
def show_home(request):
    """What you have to do, until when, and where on the road you are."""
    tasks = sorted(collect("to_do", request.user), key=lambda task: (task.until is None, task.until or 0))
    return render(request, "home.html", {"tasks": tasks})


def no_password(request):
    """There are no passwords here: allauth's pages about them do not exist."""
    raise Http404


def session_expired(request, reason=""):
    """The form's token is too old: says so, and the browser's Back keeps what was typed."""
    return render(request, "session_expired.html", status=403)
