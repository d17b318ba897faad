from judging.services.assignment_rules import remove_pair_rule, save_assignment_rules, set_pair_rule
from judging.services.autosave import Kept, keep_typed
from judging.services.awards import AwardDraft, grant_awards
from judging.services.ballots import apply_import, discard_import, issue_ballot, propose_import
from judging.services.city import (
    NominatedFromRound,
    NominationAhead,
    foresee_nominations,
    nominate_from_round,
    why_not_nominating,
)
from judging.services.criteria import remove_criterion, remove_group, save_criterion, save_group
from judging.services.departures import follow_entry, note_departures, note_owed_departures, see_departure
from judging.services.documents import render_minutes, render_owed_minutes, request_minutes
from judging.services.facts import (
    decide_cut,
    record_fact,
    record_penalty,
    remove_fact,
    withdraw_cut_decision,
    withdraw_penalty,
)
from judging.services.feedback import review_comments, set_feedback_day, tell_of_feedback
from judging.services.jury import (
    accept_juror,
    declare_conflict,
    decline_juror,
    invite_juror,
    update_juror,
    withdraw_juror,
)
from judging.services.keys import erase_result_key
from judging.services.live import (
    SlotDraft,
    allow_recordings,
    cancel_session,
    publish_session,
    save_running_order,
    save_session,
)
from judging.services.live_hours import (
    mark_absent,
    open_deliberation,
    renew_feed,
    run_timer,
    save_notes,
    tell_newcomers,
)
from judging.services.other_ballots import (
    answer_duel,
    pair_for,
    pairs_asked,
    save_ranking,
    submit_duels,
    submit_ranking,
    take_back_ballot,
)
from judging.services.phases import EarlyRound, follow_edition, why_early
from judging.services.plans import (
    apply_plan,
    discard_plan,
    is_current,
    propose_plan,
    request_plan,
    solve_assignment,
    solve_owed_assignments,
)
from judging.services.practice import (
    make_practice_round,
    open_practice,
    pick_sample,
    remove_sample,
    set_reference,
    write_sample,
)
from judging.services.reminders import remind_jurors, remind_of_closing
from judging.services.reopening import confirm_reopening, decline_reopening, propose_reopening
from judging.services.results import MissingScorecards, OpenTies, close_round, decide_tie, publish_results
from judging.services.rounds import open_round, save_round, settle_ask
from judging.services.rubrics import create_rounds_from_rubric
from judging.services.rule_changes import change_open_rule
from judging.services.scorecards import (
    NOT_APPLICABLE,
    StaleScorecard,
    recuse,
    reopen_scorecard,
    save_scorecard,
    submit_scorecard,
)
from judging.services.set_aside import leave_aside, set_aside, take_over
from judging.services.statistics import ask_statistics, compute_owed_statistics, compute_statistics, statistics_kept
from judging.services.ties import take_back_conflict

__all__ = [
    "NominatedFromRound",
    "why_not_nominating",
    "foresee_nominations",
    "NominationAhead",
    "change_open_rule",
    "decide_cut",
    "nominate_from_round",
    "record_fact",
    "record_penalty",
    "remove_fact",
    "withdraw_cut_decision",
    "withdraw_penalty",
    "SlotDraft",
    "allow_recordings",
    "cancel_session",
    "publish_session",
    "save_running_order",
    "save_session",
    "mark_absent",
    "open_deliberation",
    "renew_feed",
    "run_timer",
    "save_notes",
    "tell_newcomers",
    "write_sample",
    "set_reference",
    "remove_sample",
    "pick_sample",
    "open_practice",
    "make_practice_round",
    "render_minutes",
    "render_owed_minutes",
    "request_minutes",
    "NOT_APPLICABLE",
    "AwardDraft",
    "EarlyRound",
    "Kept",
    "why_early",
    "MissingScorecards",
    "OpenTies",
    "StaleScorecard",
    "accept_juror",
    "answer_duel",
    "pair_for",
    "pairs_asked",
    "save_ranking",
    "submit_duels",
    "submit_ranking",
    "take_back_ballot",
    "apply_import",
    "apply_plan",
    "ask_statistics",
    "compute_owed_statistics",
    "compute_statistics",
    "review_comments",
    "set_feedback_day",
    "statistics_kept",
    "tell_of_feedback",
    "discard_import",
    "issue_ballot",
    "propose_import",
    "close_round",
    "confirm_reopening",
    "create_rounds_from_rubric",
    "decide_tie",
    "declare_conflict",
    "decline_juror",
    "follow_edition",
    "follow_entry",
    "note_departures",
    "note_owed_departures",
    "see_departure",
    "decline_reopening",
    "discard_plan",
    "erase_result_key",
    "grant_awards",
    "invite_juror",
    "is_current",
    "keep_typed",
    "leave_aside",
    "open_round",
    "propose_plan",
    "remove_pair_rule",
    "request_plan",
    "save_assignment_rules",
    "set_pair_rule",
    "solve_assignment",
    "solve_owed_assignments",
    "propose_reopening",
    "publish_results",
    "recuse",
    "remind_jurors",
    "remind_of_closing",
    "remove_criterion",
    "remove_group",
    "reopen_scorecard",
    "save_criterion",
    "save_group",
    "save_round",
    "save_scorecard",
    "set_aside",
    "settle_ask",
    "submit_scorecard",
    "take_back_conflict",
    "take_over",
    "update_juror",
    "withdraw_juror",
]
