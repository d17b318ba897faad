from corridor.services.admissions import rank_by_order, rule_for_city, rule_for_network
from corridor.services.agreements import prepare_again, void_agreement
from corridor.services.answers import answer_candidates
from corridor.services.application_data import copy_of, erase_application, erase_due_applications
from corridor.services.application_files import attach_document, remove_document
from corridor.services.applications import (
    StaleApplication,
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from corridor.services.applying import apply_placements
from corridor.services.calls import (
    remove_document_asked,
    remove_programme_question,
    save_call,
    save_document_asked,
    save_programme_question,
)
from corridor.services.change_requests import answer_request, ask_for_change, confirm_receipt
from corridor.services.changes import draft_change, preview_change
from corridor.services.drafting import draft_agreement, preview_agreement
from corridor.services.exchange import (
    load_lead_times,
    remove_lead_time,
    renew_stay_feed,
    save_balance,
    save_lead_time,
    set_priority,
)
from corridor.services.incubators import (
    cancel_opening,
    remove_blackout,
    remove_opening,
    save_blackout,
    save_incubator,
    save_opening,
)
from corridor.services.outside import record_comparison, sign_by_file, upload_copy
from corridor.services.placements import discard_plan, propose_placements, solve_owed_plans, solve_plan
from corridor.services.programmes import admit_laureates, create_programme, save_programme
from corridor.services.questions import answer_owed_questions, answer_question, ask_what_would_change
from corridor.services.rendering import render_agreement, render_owed
from corridor.services.signing import send_signing_code, sign_agreement
from corridor.services.stand_ins import name_stand_in
from corridor.services.stays import (
    accept_stay,
    cancel_stay,
    decline_stay,
    move_stay,
    pin_stay,
    withdraw_candidate,
)
from corridor.services.waiting_list import answer_calls, answer_owed_calls, call_waiting_list, freed_by
from corridor.services.wishes import save_wishes

__all__ = [
    "StaleApplication",
    "accept_stay",
    "admit_laureates",
    "answer_calls",
    "answer_candidates",
    "answer_owed_calls",
    "answer_owed_questions",
    "answer_question",
    "answer_request",
    "apply_placements",
    "ask_for_change",
    "ask_what_would_change",
    "attach_document",
    "call_waiting_list",
    "cancel_opening",
    "cancel_stay",
    "confirm_receipt",
    "copy_of",
    "create_programme",
    "decline_stay",
    "discard_plan",
    "draft_agreement",
    "draft_change",
    "erase_application",
    "erase_due_applications",
    "freed_by",
    "load_lead_times",
    "move_stay",
    "name_stand_in",
    "pin_stay",
    "prepare_again",
    "preview_agreement",
    "preview_change",
    "propose_placements",
    "rank_by_order",
    "record_comparison",
    "remove_blackout",
    "remove_document",
    "remove_document_asked",
    "remove_lead_time",
    "remove_opening",
    "remove_programme_question",
    "render_agreement",
    "render_owed",
    "renew_stay_feed",
    "rule_for_city",
    "rule_for_network",
    "save_application",
    "save_balance",
    "save_blackout",
    "save_call",
    "save_document_asked",
    "save_incubator",
    "save_lead_time",
    "save_opening",
    "save_programme",
    "save_programme_question",
    "save_wishes",
    "send_signing_code",
    "set_priority",
    "sign_agreement",
    "sign_by_file",
    "solve_owed_plans",
    "solve_plan",
    "start_application",
    "submit_application",
    "upload_copy",
    "void_agreement",
    "withdraw_application",
    "withdraw_candidate",
]
