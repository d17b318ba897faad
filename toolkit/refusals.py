"""The one kind of error that a rule raises when it says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Refusal(Exception):
    """A rule said no. `message` is a translated sentence fit for people; `code` names the rule for programs.

    `field` names the form field it is about, if one; `status` is the HTTP answer (409 conflict, 403 forbidden,
    422 bad value).
    """

    def __init__(
        self, message: str | StrPromise, *, code: str = "refused", field: str | None = None, status: int = 409
    ) -> None:
        super().__init__(code)
        self.message = message
        self.code = code
        self.field = field
        self.status = status

    def __str__(self) -> str:
        return str(self.message)


class Forbidden(Refusal):
    """You may see this, but not do that: 403 with the reason."""

    def __init__(self, message: str | StrPromise, *, code: str = "forbidden") -> None:
        super().__init__(message, code=code, status=403)
