"""What the API of every app shares: refusals as answers, and reading what is visible."""

from collections.abc import Callable
from typing import Any, TypeVar

import django_filters
from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import Model, QuerySet
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

from toolkit.refusals import Refusal


class WholeNumberFilter(django_filters.NumberFilter):
    """A row's number; another kind of number is a fault of the field."""

    field_class = forms.IntegerField  # type: ignore[assignment]  # the stubs know decimals alone

    def get_max_validator(self) -> MaxValueValidator:
        return MaxValueValidator(2**63 - 1)


def refusals_as_answers(error: Exception, context: dict[str, object]) -> Response | None:
    """DRF's exception handler, which also knows Refusal: {"detail", "code", "field",
    "problems"} with the refusal's status.

    A view that has `current_of(refusal)` adds what is kept now as "current": what a stale save must be compared with.
    """
    if isinstance(error, Refusal):
        answer: dict[str, Any] = {"detail": str(error.message), "code": error.code}
        if error.field:
            answer["field"] = error.field
        if problems := getattr(error, "problems", None):
            answer["problems"] = problems
        current_of = getattr(context.get("view"), "current_of", None)
        current = current_of(error) if current_of else None
        if current is not None:
            answer["current"] = current
        return Response(answer, status=error.status)
    return exception_handler(error, context)


class RefusalSerializer(serializers.Serializer[Any]):
    """Why the answer is no: a sentence for people, a code for programs."""

    detail = serializers.CharField()
    code = serializers.CharField()
    field = serializers.CharField(required=False)
    problems = serializers.DictField(required=False, help_text="{what: why}, where several things are wrong at once")
    current = serializers.DictField(required=False, help_text="What is kept now, after a stale save")


Row = TypeVar("Row", bound=Model)


class VisibleViewSet(viewsets.ReadOnlyModelViewSet[Row]):
    """Reads the rows that the user may see; anything else is not found.

    `visible()` gives the rows of this request's user, with all that the serializer reads, in a fixed order.
    """

    visible: Callable[[], QuerySet[Row]]

    def get_queryset(self) -> QuerySet[Row]:
        if getattr(self, "swagger_fake_view", False):  # the schema is made without a user
            return super().get_queryset()  # none
        return self.visible()

    def answer(self, pk: int) -> Response:
        """One row as it stands now, after a service has written."""
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data)


def checked(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """What the request's body holds, in the serializer's shape; 400 with the fields that are wrong."""
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
