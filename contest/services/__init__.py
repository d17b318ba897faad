from contest.services.attachments import attach_deck, remove_attachment
from contest.services.cities import claim_entry, settle_city
from contest.services.drafts import StaleEntry, save_draft
from contest.services.editions import announce_rules_change, publish_edition, save_edition
from contest.services.entries import start_entry, submit_entry, withdraw_entry
from contest.services.facts import facts_of_entry, missing_of
from contest.services.help import ask_for_help
from contest.services.nominations import (
    choose_competing,
    foresee_places,
    nominate_entry,
    places_of,
    release_nomination,
    reorder_nominations,
)
from contest.services.preparing import prepare_attachment, prepare_owed_attachments
from contest.services.questions import remove_category, remove_question, save_category, save_question
from contest.services.screening import screen_entry
from contest.services.startups import create_startup, update_startup

__all__ = [
    "StaleEntry",
    "announce_rules_change",
    "ask_for_help",
    "attach_deck",
    "choose_competing",
    "claim_entry",
    "create_startup",
    "facts_of_entry",
    "missing_of",
    "nominate_entry",
    "foresee_places",
    "places_of",
    "prepare_attachment",
    "prepare_owed_attachments",
    "publish_edition",
    "release_nomination",
    "remove_attachment",
    "remove_category",
    "remove_question",
    "reorder_nominations",
    "save_category",
    "save_draft",
    "save_edition",
    "save_question",
    "screen_entry",
    "settle_city",
    "start_entry",
    "submit_entry",
    "update_startup",
    "withdraw_entry",
]
