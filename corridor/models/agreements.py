"""Agreements: frozen when drafted, read and signed as issued, sealed together as executed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.domain.chain.chain import FactsSaid
from corridor.domain.terms.content import ChangeSaid, Content
from corridor.kinds.document_kinds import DOCUMENT_KINDS, USUAL, kind_in_words
from corridor.states import (
    OWES_FILE,
    RENDERING_ATTEMPTS,
    AgreementState,
    CopyState,
    Party,
    SigningMethod,
)
from toolkit.names import NameField
from toolkit.owing import Owing
from toolkit.typed_data import from_data

if TYPE_CHECKING:
    from corridor.agreements.signers import Expected
    from corridor.reads.agreements import AgreementQuerySet, SignatureQuerySet


class Agreement(Owing):
    """`frozen` holds every name, date and clause that the document prints: nothing that changes later alters it.

    Numbered without gaps per programme and year: `number` is taken under a lock and unique.
    """

    stay = models.ForeignKey("corridor.Stay", models.PROTECT, related_name="agreements")
    programme = models.ForeignKey("corridor.Programme", models.PROTECT, related_name="agreements")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    language = models.CharField(_("language"), max_length=8)
    state = models.CharField(max_length=16, choices=AgreementState, default=AgreementState.DRAFTED)
    frozen = models.JSONField()
    frozen_sha256 = models.CharField(max_length=64)
    # With the number, opens the public page on which the document is checked. Empty in agreements from before that
    # page.
    code = models.CharField(max_length=16, blank=True)
    kind = models.CharField(max_length=40, default=USUAL)
    # Of a change: the agreement that it changes, and its place among the changes of that agreement, from 1.
    base = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="changes")
    place = models.PositiveSmallIntegerField(default=0)
    # The agreement of the same chain whose place this one takes once it is executed.
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors")
    issued_file = models.FileField(upload_to="agreements/%Y/", max_length=200, blank=True)
    issued_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    executed_file = models.FileField(upload_to="agreements/%Y/", max_length=200, blank=True)
    executed_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    executed_at = models.DateTimeField(null=True, blank=True)
    seal = models.JSONField(
        default=dict, blank=True
    )  # {subject, fingerprint, level, is_self_made} of the executed file
    void_reason = models.CharField(max_length=500, blank=True)
    drafted_by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()

    # What the list of agreements adds.
    tone: str
    signed_count: int

    if TYPE_CHECKING:
        objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year", "number"], name="agreement_number_once"),
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(base__isnull=True) & ~Q(state="void"),
                name="agreement_one_in_force_per_stay",
            ),
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(base__isnull=False, state__in=["drafted", "issued", "signed"]),
                name="agreement_one_open_change_per_stay",
            ),
            models.UniqueConstraint(fields=["base", "place"], name="agreement_place_once"),
            models.CheckConstraint(
                condition=Q(base__isnull=True, place=0) | Q(base__isnull=False, place__gte=1),
                name="agreement_place",
            ),
            models.CheckConstraint(condition=Q(state__in=AgreementState.values), name="agreement_state"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def owes_file(self) -> bool:
        """Its issued or executed PDF is being prepared, or should be."""
        return self.state in OWES_FILE

    @property
    def has_failed(self) -> bool:
        """Its PDF could not be made, as often as the clock tries."""
        return self.owes_file and self.attempts >= RENDERING_ATTEMPTS and self.leased_until is None

    @property
    def reference(self) -> str:
        """The number as printed: programme, year, running number."""
        return f"{self.programme.slug.upper()}-{self.year}-{self.number:03d}"

    @property
    def content(self) -> Content:
        """What it says. Raises Misshapen where what is kept is no document."""
        return Content.from_data(self.frozen)

    @property
    def stay_said(self) -> FactsSaid | None:
        """What it says of its stay: of an agreement that does."""
        said = self.frozen.get("stay")
        return None if said is None else from_data(FactsSaid, said)

    @property
    def change_said(self) -> ChangeSaid:
        """What it changes: of a document that follows an agreement."""
        return from_data(ChangeSaid, self.frozen["change"])

    @property
    def is_change(self) -> bool:
        """Changes or ends an agreement; the agreement itself does not."""
        return self.base_id is not None

    @property
    def is_one_sided(self) -> bool:
        """A notice that one party gives alone."""
        return self.is_change and not self.change_said.is_joint

    @property
    def name(self) -> str:
        """What people call it: “Amendment 1 to CORRIDOR-2027-001”. Reads the agreement that it changes."""
        known = DOCUMENT_KINDS.get(self.kind)
        if known is None:
            return self.kind_in_words
        return str(known.called) % {"place": self.place, "reference": (self.base or self).reference}

    @property
    def kind_in_words(self) -> str:
        """What its kind is called; of one that nobody knows, that it is not known."""
        return kind_in_words(self.kind)


class Signature(models.Model):
    """A party's place on the agreement, in order; filled when that party signs.

    The party is an organisation, or a person (`user`). `signatory` is the account of whoever is expected to sign: the
    person whom the document names, or who stands in for them. Nobody in documents that name somebody without an
    account.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatures")
    party = models.CharField(_("party"), max_length=16, choices=Party)
    order = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey("network.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="+")
    signatory = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="+")
    # Who signs instead of the person named in the document: {name, capacity, authority, instead_of, reason, named_by,
    # named_at}.
    stand_in = models.JSONField(default=dict, blank=True)
    signer_name = NameField(_("name"), max_length=150, blank=True)
    signer_role = models.CharField(_("capacity"), max_length=150, blank=True)
    signed_by = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="signatures")
    signed_at = models.DateTimeField(null=True, blank=True)
    account = models.CharField(max_length=450, blank=True)  # of who signed, as it was called then: “Name <address>”
    time_zone = models.CharField(max_length=64, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    consent = models.TextField(blank=True)
    method = models.CharField(max_length=8, choices=SigningMethod, default=SigningMethod.TYPED)
    file = models.FileField(upload_to="agreements/%Y/", max_length=200, blank=True)  # signed elsewhere, or a scan
    file_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    # Of a digital signature: {subject, issuer, fingerprint, at}. Of paper: {compared_by, compared_at, pages: [{page,
    # note}]}.
    outside = models.JSONField(default=dict, blank=True)
    second_step = models.CharField(max_length=40, blank=True)  # see corridor.kinds.second_steps
    second_step_at = models.DateTimeField(null=True, blank=True)
    # How the account is entered changed shortly before: [{what: an AccountChange, at}]. Unknown of signatures from
    # before that was kept.
    account_changes = models.JSONField(null=True, blank=True)
    ip_address = models.GenericIPAddressField(null=True, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)

    # What with_signer_left and the page of an agreement add.
    signer_left: bool
    expected: Expected
    may_be_named: bool

    if TYPE_CHECKING:
        objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["agreement", "order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, user__isnull=True)
                | Q(organisation__isnull=True, user__isnull=False),
                name="signature_body_or_person",
            ),
            models.UniqueConstraint(fields=["agreement", "party"], name="signature_once_per_party"),
            models.UniqueConstraint(fields=["agreement", "order"], name="signature_order_once"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="signature_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} · {self.get_party_display()}"

    @property
    def party_name(self) -> str:
        """What the party is called today."""
        return self.organisation.name if self.organisation else str(self.user)

    @property
    def party_label(self) -> str:
        """Which party it is; a guest by the programme's own word."""
        return self.agreement.programme.guest_word if self.party == Party.GUEST else str(self.get_party_display())


class SigningCode(models.Model):
    """A code sent to a person who is about to sign, kept as a keyed hash:
    one at a time, for a few minutes and a few tries."""

    signature = models.ForeignKey(Signature, models.CASCADE, related_name="codes")
    user = models.ForeignKey("network.User", models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["signature", "user"], name="signing_code_once")]

    def __str__(self) -> str:
        return f"{self.signature} · {self.user}"


class PaperCopy(models.Model):
    """The scan of a copy signed by hand, until a named person has compared each page with the issued document."""

    signature = models.ForeignKey(Signature, models.CASCADE, related_name="copies")
    file = models.FileField(upload_to="agreements/%Y/", max_length=200)
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=CopyState, default=CopyState.WAITING)
    uploaded_by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    compared_by = models.ForeignKey("network.User", models.PROTECT, null=True, blank=True, related_name="+")
    compared_at = models.DateTimeField(null=True, blank=True)
    findings = models.JSONField(default=list, blank=True)  # [{page, same, note}]

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["signature"], condition=Q(state="waiting"), name="paper_copy_one_to_compare"
            ),
            models.CheckConstraint(condition=Q(state__in=CopyState.values), name="paper_copy_state"),
        ]

    def __str__(self) -> str:
        return f"{self.signature} · {self.get_state_display()}"
