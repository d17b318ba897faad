"""One's own account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.forms import ProfileForm
from network.models import User
from network.requests import AuthedRequest
from network.services import learn_time_zone, update_profile
from toolkit.protocols import collect
from toolkit.refusals_told import told_in


@login_required
def show_profile(request: AuthedRequest) -> HttpResponse:
    # A copy: the name at the top of the page stays the saved one while the form is wrong.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            update_profile(by=request.user, **form.cleaned_data)
            messages.success(request, _("Your profile is saved."))
            return redirect("profile")
    return render(request, "network/profile.html", {"form": form, "roles": collect("roles", request.user)})


@login_required
@require_POST
def learn_zone(request: AuthedRequest) -> HttpResponse:
    """The browser tells its time zone (static/js/zone.js); the page that asked shows itself again."""
    learn_time_zone(by=request.user, time_zone=request.POST.get("time_zone", ""))
    return HttpResponse(status=204)
