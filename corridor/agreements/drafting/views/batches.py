"""Agreements for a whole programme: one form, then a page that tells how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from corridor.agreements.drafting.forms import AUTHORITY, CAPACITY, HEADINGS, LanguagesForm, TermsForm
from corridor.agreements.drafting.missing import blank_in_words
from corridor.agreements.drafting.parties import parties_of
from corridor.agreements.drafting.services.batches import draft_batch, open_batch, stays_to_draft
from corridor.agreements.drafting.views.drafting import languages_asked, where_to_fill_elsewhere
from corridor.agreements.templates.wording import wording_for
from corridor.agreements.tones import TONES
from corridor.models import AgreementBatch, Programme
from corridor.states import AgreementState, Party
from network.gates import organisers_only
from network.requests import AuthedRequest
from toolkit.refusals_told import told_in

if TYPE_CHECKING:
    from corridor.domain.terms.clauses import Wording
    from corridor.models import Agreement, BatchLine, Stay
    from network.models import User


READY = (AgreementState.ISSUED, AgreementState.SIGNED, AgreementState.EXECUTED)


class BatchForm(TermsForm):
    """The terms that all agreements of a batch share; what is left empty is each stay's usual wording."""

    def __init__(self, *args: Any, stay: Stay, wording: Wording, languages: Sequence[str], **kwargs: Any) -> None:
        parties = parties_of(stay, also=wording.rules().parties)
        super().__init__(*args, wording=wording, languages=languages, order=parties.order, **kwargs)
        alike = _(
            "Printed in each agreement of this batch. Where it differs from one to the next, draft those one by one."
        )
        for party in parties.order:
            if party != Party.HOST and party not in parties.persons:
                names = self.add_words(f"{party}_capacity", CAPACITY, max_length=150)
                names += self.add_words(f"{party}_authority", AUTHORITY, help_text=alike)
                self.groups_of.append((HEADINGS[party], names))
        fee = self.add_if_used("fee", _("Price of the place and the services"), max_length=200)
        self.groups_of.append((_("The stay"), [*self.present("mentor_hours"), *fee, *self.present("immigration")]))
        law = self.add_if_used("law", _("Law that governs the agreement"))
        law += self.add_if_used("court", _("Court that decides"))
        self.groups_of.append((_("Law and language"), law + self.present("prevailing_language")))
        self.groups_of.append((_("Signatures"), ["signing_order"]))
        self.finish()


@organisers_only
def draft_all(request: AuthedRequest, pk: int) -> HttpResponse:
    """The form for all accepted stays of a programme that have no agreement."""
    programme = get_object_or_404(Programme, pk=pk)
    batches = AgreementBatch.objects.filter(programme=programme).select_related("made_by")
    stays = list(stays_to_draft(programme))
    context = {"programme": programme, "stays": stays, "batches": batches}
    if not stays:
        return render(request, "corridor/agreements/batch_new.html", context)
    wording = wording_for(stays[0])
    languages = languages_asked(request, wording)
    words: dict[str, Any] = {"stay": stays[0], "wording": wording, "languages": languages}
    posted = request.method == "POST" and request.POST.get("do") != "languages"
    form = BatchForm(request.POST if posted else None, initial={"mentor_hours": 4}, **words)
    if posted and form.is_valid():
        beside = languages[1] if len(languages) > 1 else ""
        with told_in(form):
            batch = open_batch(
                by=request.user, programme=programme, language=languages[0], beside=beside, terms=form.terms()
            )
            draft_batch(by=request.user, batch=batch)
            return redirect("agreement_batch", batch.pk)
    if request.method == "POST" and not posted:
        form.initial.update({key: value for key, value in request.POST.items() if key in form.fields})
    chosen = {"language": languages[0], "beside": languages[1] if len(languages) > 1 else ""}
    context |= {"form": form, "languages_form": LanguagesForm(initial=chosen, languages=wording.languages())}
    return render(request, "corridor/agreements/batch_new.html", context, status=422 if posted else 200)


@dataclass(frozen=True)
class LineRow:
    """A line of a batch: its agreement, or what is missing and where it is filled in."""

    line: BatchLine
    agreement: Agreement | None
    tone: str
    missing: list[tuple[str, str]]
    failed: bool


def _context(user: User, pk: int) -> dict[str, object]:
    """How far a batch is, line by line."""
    batch = get_object_or_404(AgreementBatch.objects.visible_to(user).with_lines(), pk=pk)
    lines = [_line(line, line.agreement) for line in batch.lines.all()]
    made = [(row.agreement, row.failed) for row in lines if row.agreement is not None]
    ready = sum(agreement.state in READY for agreement, _failed in made)
    waits = any(agreement.owes_file and not failed for agreement, failed in made)
    return {
        "batch": batch,
        "lines": lines,
        "ready": ready,
        "total": len(lines),
        "waits": waits,
        "refused": len(lines) - len(made),
    }


def _line(line: BatchLine, agreement: Agreement | None) -> LineRow:
    missing = [
        (blank_in_words(code, language), where_to_fill_elsewhere(line.stay, code)) for code, language in line.lacks
    ]
    failed = agreement is not None and agreement.has_failed
    return LineRow(line, agreement, TONES[AgreementState(agreement.state)] if agreement else "bad", missing, failed)


@login_required
@require_GET
def show_batch(request: AuthedRequest, pk: int) -> HttpResponse:
    return render(request, "corridor/agreements/batch.html", _context(request.user, pk))


@login_required
@require_GET
def show_batch_status(request: AuthedRequest, pk: int) -> HttpResponse:
    """The part of the page that refreshes itself while documents are prepared."""
    return render(request, "corridor/agreements/_batch.html", _context(request.user, pk))


@login_required
@require_POST
def draft_again(request: AuthedRequest, pk: int) -> HttpResponse:
    """Tries the lines without an agreement once more."""
    batch = get_object_or_404(AgreementBatch.objects.visible_to(request.user), pk=pk)
    made = draft_batch(by=request.user, batch=batch)
    messages.success(request, _("Agreements drafted: %(count)s.") % {"count": made})
    return redirect("agreement_batch", pk)
