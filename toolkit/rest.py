"""Refusals as API answers."""

from rest_framework.response import Response
from rest_framework.views import exception_handler

from toolkit.refusals import Refusal


def refusals_as_answers(error, context):
    """DRF's exception handler, which also knows Refusal: {"detail", "code", "field"} with the refusal's status."""
    if isinstance(error, Refusal):
        answer = {"detail": str(error.message), "code": error.code}
        if error.field:
            answer["field"] = error.field
        return Response(answer, status=error.status)
    return exception_handler(error, context)
