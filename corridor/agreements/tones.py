"""How the state of a document is coloured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridor.states import AgreementState

if TYPE_CHECKING:
    pass


TONES: dict[str, str] = {
    AgreementState.DRAFTED: "info",
    AgreementState.ISSUED: "warn",
    AgreementState.SIGNED: "info",
    AgreementState.EXECUTED: "ok",
    AgreementState.VOID: "bad",
}
