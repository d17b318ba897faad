"""From an accepted stay to a frozen document: what goes in, what is missing, a preview, and the agreement itself."""

import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from corridor.agreements.drafting.blanks import aside, blanks, depends_on_language, missing_in
from corridor.agreements.drafting.content import freeze
from corridor.agreements.drafting.missing import MissingBlanks
from corridor.agreements.drafting.parties import Parties, missing_accounts, parties_of, signing_order
from corridor.agreements.drafting.services.signatures import open_signatures
from corridor.agreements.files.services.rendering import render_agreement
from corridor.agreements.templates.host_rules import refuse_broken_rule, refuse_hours, refuse_weekly_hours
from corridor.agreements.templates.wording import terms_in, wording_for
from corridor.domain.terms.clauses import Value, Wording
from corridor.domain.terms.content import Content
from corridor.models import Agreement, HostAnnex, Programme, Stay
from corridor.states import AgreementState, Party, StayState
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock
from toolkit.canonical import digest
from toolkit.codes import new_code
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal
from toolkit.typed_data import as_data

CODE_LENGTH = 12  # 28 letters and figures each: not to be guessed, and still typed from paper


@dataclass(frozen=True)
class Draft:
    """Everything that a document says, before it has a number."""

    stay: Stay
    wording: Wording
    languages: tuple[str, ...]  # one, or two that stand side by side
    prevailing: str
    values: Mapping[str, Mapping[str, Value]]  # by language
    parties: Parties
    order: tuple[Party, ...]
    annexes: tuple[HostAnnex, ...]

    def content(self, *, reference: str, code: str, drafted_at: datetime, preview: str = "") -> Content:
        return freeze(**vars(self), reference=reference, code=code, drafted_at=drafted_at, preview=preview)


def prepare_draft(*, by: User, stay: Stay, language: str, beside: str = "", terms: Mapping[str, Any]) -> Draft:
    """Gathers a document and writes nothing. `terms` as corridor.agreements.drafting.blanks.suggest_terms gives it.

    Raises Forbidden, MissingBlanks with all that is missing, or Refusal for a language,
    an order or a stay that won't do.
    """
    if not is_organiser(by):
        raise Forbidden(_("Only the organiser drafts agreements."))
    given = {key: value for key, value in terms.items() if value is not None}
    wording = wording_for(stay, slug=str(given.get("template") or ""))
    refuse_broken_rule(stay, wording, language)
    rules = wording.rules()
    parties = parties_of(stay, given, also=rules.parties)
    order = _order(given.get("signing_order"), parties)
    texts = [terms_in(wording, language)]
    if beside and beside != language:
        texts.append(terms_in(wording, beside, field="beside"))
    languages = tuple(text.language for text in texts)
    prevailing = _prevailing(given, languages)
    _check_stay(stay)
    annexes = tuple(stay.incubator.annexes.filter(removed_at=None))
    known = {**given, "prevailing_language": prevailing}
    values = {text.language: blanks(stay=stay, terms=text, parties=parties, given=known) for text in texts}
    for text in texts:
        of_text = (wording, text.language, values[text.language])
        for field, refuse in (
            (rules.hours_blank, refuse_hours),
            (rules.week_blank, partial(refuse_weekly_hours, stay)),
        ):
            if field:
                refuse(*of_text, field if text is texts[0] else aside(field, text.language))
    missing = [(code, "") for code in missing_accounts(parties)]
    for text in texts[::-1]:  # each goes before what is there: the first language is told first, accounts last
        others = [(f"annex_{annex.pk}", text.language) for annex in annexes if not _is_in(annex, text.language)]
        missing = (
            [(code, text.language) for code in missing_in(text, values[text.language], parties)] + others + missing
        )
    if missing:
        raise MissingBlanks(_once(missing, languages), texts[0].parts.get("blanks"))
    return Draft(stay, wording, languages, prevailing, values, parties, order, annexes)


def _is_in(annex: HostAnnex, language: str) -> bool:
    text = annex.texts.get(language, {})
    return bool(text.get("title", "").strip() and text.get("text", "").strip())


def _once(missing: list[tuple[str, str]], languages: tuple[str, ...]) -> list[tuple[str, str]]:
    """(code, language) without repeating what is the same in all languages; the language only where there are two."""
    several = len(languages) > 1
    return list(
        dict.fromkeys(
            (code, language if code.startswith("annex") or (several and depends_on_language(code)) else "")
            for code, language in missing
        )
    )


def _prevailing(given: Mapping[str, Any], languages: tuple[str, ...]) -> str:
    """The only language, or the one of two that was chosen; nothing when none was."""
    asked = str(given.get("prevailing_language") or "")
    if len(languages) == 1:
        return languages[0]
    if asked and asked not in languages:
        raise Refusal(
            _("The language that prevails is one of the two of the document."),
            code="agreement.prevailing",
            field="prevailing_language",
            status=422,
        )
    return asked


def _order(asked: str | None, parties: Parties) -> tuple[Party, ...]:
    """The order in which the parties sign."""
    order = signing_order(asked, parties.order)
    if order is None:
        raise Refusal(
            _("Name each party once, in the order in which they sign."),
            code="agreement.order",
            field="signing_order",
            status=422,
        )
    return order


def _check_stay(stay: Stay) -> None:
    if Agreement.objects.agreements().filter(stay=stay).exclude(state=AgreementState.VOID).exists():
        raise Refusal(_("This stay has an agreement already."), code="agreement.exists")
    if stay.state != StayState.ACCEPTED:
        raise Refusal(
            _("An agreement is drafted once the incubator and the guest have both accepted the stay."),
            code="agreement.stay",
        )


def preview_agreement(
    *, by: User, stay: Stay, language: str, beside: str = "", terms: Mapping[str, Any] | None = None
) -> Content:
    """The content of the document that would be drafted, without a number. Writes nothing;
    raises as draft_agreement does."""
    stay = Stay.objects.with_parties().get(pk=stay.pk)
    draft = prepare_draft(by=by, stay=stay, language=language, beside=beside, terms=terms or {})
    words = draft.wording.words[language]["words"]
    return draft.content(reference=words["no_number"], code="", drafted_at=clock.now(), preview=words["preview"])


@transaction.atomic
def draft_agreement(
    *, by: User, stay: Stay, language: str, beside: str = "", terms: Mapping[str, Any] | None = None
) -> Agreement:
    """Freezes an agreement on an accepted stay, takes its number, and leaves its PDF to be rendered.

    In `language`, and `beside` it in another one unless that is empty. `terms` holds what the organiser decides;
    corridor.agreements.drafting.blanks.suggest_terms gives its keys and what is known.
    Raises MissingBlanks with the list of what is
    missing; Refusal for a stay that is not accepted or has an agreement in force.
    """
    programme = locked(Programme.objects.filter(pk=stay.programme_id)).get()  # numbers are taken one at a time
    stay = locked(Stay.objects.with_parties().filter(pk=stay.pk)).get()
    draft = prepare_draft(by=by, stay=stay, language=language, beside=beside, terms=terms or {})
    now = clock.now()
    year, number = next_number(programme, now)
    agreement = Agreement(
        stay=stay,
        programme=programme,
        year=year,
        number=number,
        language=language,
        code=new_code(CODE_LENGTH),
        drafted_by=by,
        drafted_at=now,
    )
    content = draft.content(reference=agreement.reference, code=agreement.code, drafted_at=now)
    agreement.frozen = content.as_data()
    agreement.frozen_sha256 = digest(agreement.frozen)
    agreement.supersedes = _taken_back(stay)
    agreement.save()
    stay.promised = as_data(content.reports)
    stay.save(update_fields=["promised"])
    open_signatures(agreement, draft.parties, terms or {})
    record_event(
        by=by,
        verb="draft",
        thing=agreement,
        after={"state": agreement.state, "reference": agreement.reference, "frozen_sha256": agreement.frozen_sha256},
    )
    transaction.on_commit(lambda: render_agreement.enqueue(agreement.pk))
    return agreement


def _taken_back(stay: Stay) -> Agreement | None:
    """The agreement that was issued on this stay before and made void: the new one takes its place."""
    void = stay.agreements.agreements().filter(state=AgreementState.VOID, issued_at__isnull=False)
    return void.order_by("-issued_at", "-pk").first()


def next_number(programme: Programme, now: datetime) -> tuple[int, int]:
    """(year in the programme's zone, number after the last one taken). Ask under the programme's lock."""
    year = now.astimezone(zoneinfo.ZoneInfo(programme.time_zone)).year
    taken = Agreement.objects.filter(programme=programme, year=year).aggregate(last=Max("number"))["last"] or 0
    return year, taken + 1
