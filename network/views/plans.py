"""What the pages of plans share: how far a plan is while it is being solved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django_htmx.http import HttpResponseClientRefresh

if TYPE_CHECKING:
    from django.http import HttpResponse

    from network.requests import AuthedRequest
    from toolkit.plans import Plan

SOLVING = "plan-solving"  # the element of components/plan_solving.html, which asks every two seconds


def how_far(request: AuthedRequest, plan: Plan | None, said: str) -> HttpResponse | None:
    """The answer to the element that asks: how far the plan is, in words, or the whole page again once it is solved.

    None when somebody asks for the page.
    """
    if request.htmx.target != SOLVING:
        return None
    if plan is None or not plan.is_being_solved:
        return HttpResponseClientRefresh()
    return render(request, "components/plan_solving.html", {"plan": plan, "progress": said})
