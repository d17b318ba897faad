"""How the state of a document is coloured."""

from __future__ import annotations

from corridor.states import AgreementState

TONES: dict[str, str] = {
    AgreementState.DRAFTED: "info",
    AgreementState.ISSUED: "warn",
    AgreementState.SIGNED: "info",
    AgreementState.EXECUTED: "ok",
    AgreementState.VOID: "bad",
}
