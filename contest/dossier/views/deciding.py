"""What those who decide on a dossier may do with it: one page, a form for each act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404

from network.models import User
from network.requests import AuthedRequest
from toolkit.refusals_told import told_in

Row = TypeVar("Row")
Offered = Mapping[str, tuple[type[forms.Form], Mapping[str, Any]]]  # {act: (its form, what that is made with)}
Acts = Mapping[str, Callable[[User, Row, dict[str, Any]], str]]  # {act: does it and says what was done}


def forms_of(request: AuthedRequest, offered: Offered) -> dict[str, forms.Form]:
    """The form of each act; that of the act which the request asks for holds what was sent."""
    act = request.POST.get("act")
    return {
        name: form(request.POST if name == act else None, auto_id=f"{name}_%s", **options)
        for name, (form, options) in offered.items()
    }


def is_decided(request: AuthedRequest, row: Row, asked: Mapping[str, forms.Form], acts: Acts[Row]) -> bool:
    """Does the act that the request asks for, and tells it; what is wrong stands at its form, and nothing was done.

    Raises Http404 for an act that is not among those asked.
    """
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if not act:
        return False
    if act not in asked:
        raise Http404
    form = asked[act]
    if not form.is_valid():
        return False
    with told_in(form):
        messages.success(request, acts[act](request.user, row, form.cleaned_data))
        return True
    return False
