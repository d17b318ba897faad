"""Who scores what: propose, show, apply."""

from django.contrib.auth.decorators import login_required

from judging.views.frame import round_run_by, show


@login_required
def show_assignment(request, pk):
    round = round_run_by(request.user, pk)
    return show(request, "judging/assignment.html", {"round": round})
