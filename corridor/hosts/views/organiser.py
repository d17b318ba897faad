"""The organiser's list of incubators."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from corridor.hosts.forms import NewIncubatorForm
from corridor.hosts.services.incubators import save_incubator
from corridor.models import Incubator
from network.gates import organisers_only
from network.requests import AuthedRequest
from network.services import invite
from network.states import Role


@organisers_only
def list_incubators(request: AuthedRequest) -> HttpResponse:
    form = NewIncubatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisation, email = form.cleaned_data["organisation"], form.cleaned_data["email"]
        incubator = save_incubator(by=request.user, incubator=None, organisation=organisation)
        if email:
            invite(by=request.user, email=email, role=Role.HOST, organisation=organisation, what=organisation.name)
        messages.success(request, _("The incubator is added."))
        return redirect("incubator", pk=incubator.pk)
    incubators = Incubator.objects.visible_to(request.user).with_places()
    return render(request, "corridor/hosts/incubators.html", {"incubators": incubators, "form": form})
