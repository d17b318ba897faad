from corridor.services.agreements import draft_agreement, prepare_again, void_agreement
from corridor.services.incubators import remove_opening, save_incubator, save_opening
from corridor.services.outside import record_comparison, sign_by_file, upload_copy
from corridor.services.placements import (
    apply_placements,
    discard_plan,
    propose_placements,
    solve_owed_plans,
    solve_plan,
)
from corridor.services.programmes import admit_laureates, create_programme, save_programme
from corridor.services.rendering import render_agreement, render_owed
from corridor.services.signing import send_signing_code, sign_agreement
from corridor.services.stays import accept_stay, cancel_stay, decline_stay
from corridor.services.wishes import save_wishes

__all__ = [
    "accept_stay",
    "admit_laureates",
    "apply_placements",
    "cancel_stay",
    "create_programme",
    "decline_stay",
    "discard_plan",
    "draft_agreement",
    "prepare_again",
    "propose_placements",
    "record_comparison",
    "remove_opening",
    "render_agreement",
    "render_owed",
    "save_incubator",
    "save_opening",
    "save_programme",
    "save_wishes",
    "send_signing_code",
    "sign_agreement",
    "sign_by_file",
    "solve_owed_plans",
    "solve_plan",
    "upload_copy",
    "void_agreement",
]
