"""What anybody may read about programmes that people apply to: the same to everybody."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from corridor.applications.reading import first_start_of, rule_in_words, rule_of
from corridor.models import ApplicationCall
from network.requests import PageRequest
from toolkit import clock
from toolkit.caching import kept_shortly


@kept_shortly
def list_programmes(request: PageRequest) -> HttpResponse:
    """Every call for applications that is or was open, or opens soon."""
    return render(request, "public/programmes.html", {"calls": ApplicationCall.objects.public(), "now": clock.now()})


@kept_shortly
def show_programme(request: PageRequest, programme: str) -> HttpResponse:
    """What it is, who may apply, by when, how the age is counted, which papers, what happens with the data."""
    call = get_object_or_404(ApplicationCall.objects.public(), programme__slug=programme)
    found = call.programme
    context = {
        "call": call,
        "programme": found,
        "rules": rule_in_words(rule_of(found), first_start_of(found)),
        "questions": found.questions.all(),
        "papers": found.documents_asked.all(),
    }
    return render(request, "public/programme.html", context)
