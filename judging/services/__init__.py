from judging.services.jury import accept_juror, declare_conflict, invite_juror, update_juror, withdraw_juror
from judging.services.rounds import open_round, remove_criterion, save_criterion, save_round, settle_ask
from judging.services.scorecards import (
    NOT_APPLICABLE,
    StaleScorecard,
    recuse,
    reopen_scorecard,
    save_scorecard,
    submit_scorecard,
)

__all__ = [
    "NOT_APPLICABLE",
    "StaleScorecard",
    "accept_juror",
    "declare_conflict",
    "invite_juror",
    "open_round",
    "recuse",
    "remove_criterion",
    "reopen_scorecard",
    "save_criterion",
    "save_round",
    "save_scorecard",
    "settle_ask",
    "submit_scorecard",
    "update_juror",
    "withdraw_juror",
]
