"""The reads of agreements and of the places where their parties sign."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import BooleanField, Case, Exists, OuterRef, Prefetch, Q, When

from corridor.models import Agreement, Signature
from corridor.reads.people import organisation_ids
from corridor.states import SIGNING_ROLES, AgreementState
from network.models import Membership
from network.permissions import is_organiser
from toolkit.columns import with_columns
from toolkit.reads import reads_of

if TYPE_CHECKING:
    from network.requests import Anyone

REFERENCE = re.compile(r"([a-z0-9_-]{1,80})-([0-9]{4})-([0-9]{3,8})")


@reads_of(Signature)
class SignatureQuerySet(models.QuerySet["Signature"]):
    def of_party(self, user: Anyone) -> Self:
        """Those of parties for which the user stands: as the party itself,
        or in the role that signs for its organisation."""
        own = Q(user=user.pk or 0)
        for party, role in SIGNING_ROLES.items():
            if organisations := organisation_ids(user, role):
                own |= Q(party=party, organisation__in=organisations)
        return self.filter(own)

    def at_turn(self) -> Self:
        """Of each document to be signed: the first place that is not filled."""
        earlier = self.model._default_manager.filter(
            agreement=OuterRef("agreement"), signed_at__isnull=True, order__lt=OuterRef("order")
        )
        return self.filter(~Exists(earlier), agreement__state=AgreementState.ISSUED, signed_at__isnull=True)

    def with_signer_left(self) -> Self:
        """Adds signer_left: the person who is expected to sign may no longer sign for the party."""
        left = Q(signatory__is_active=False)
        for party, role in SIGNING_ROLES.items():
            held = Membership.objects.filter(
                user=OuterRef("signatory"), organisation=OuterRef("organisation"), role=role
            )
            left |= Q(party=party, organisation__isnull=False) & ~Q(Exists(held))
        return with_columns(
            self,
            signer_left=Case(
                When(Q(signatory__isnull=False) & left, then=True), default=False, output_field=BooleanField()
            ),
        )


@reads_of(Agreement)
class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: Anyone) -> Self:
        """Organisers: all; the parties' people: those that their organisation signs, in the role that signs for it."""
        if is_organiser(user):
            return self
        signing = Signature
        own = signing.objects.of_party(user)
        signs = Exists(own.filter(agreement=OuterRef("pk")))
        # A notice that one party gives alone is there for the others once it is given.
        is_given = Q(base__isnull=False, state=AgreementState.EXECUTED)
        is_told = Exists(own.filter(agreement=OuterRef("base")))
        return self.filter(signs | is_given & is_told)

    def agreements(self) -> Self:
        """Without the documents that change them."""
        return self.filter(base__isnull=True)

    def with_parties(self) -> Self:
        """Fetches all that a list or a page of agreements shows, but the frozen content."""
        signing = Signature
        signatures = signing.objects.select_related("organisation", "user", "signatory", "signed_by").order_by("order")
        return (
            self.select_related(
                "programme",
                "base__programme",
                "stay__candidate__home_city",
                "stay__incubator__organisation__city",
                "drafted_by",
            )
            .prefetch_related(Prefetch("signatures", signatures))
            .order_by("-year", "-number", "-pk")
        )

    def with_reference(self, reference: str) -> Self:
        """The agreement that has this number as printed (programme-year-number); none for anything else."""
        parts = REFERENCE.fullmatch(reference.strip().lower())
        if parts is None:
            return self.none()
        return self.filter(programme__slug__iexact=parts[1], year=int(parts[2]), number=int(parts[3]))

    def with_file(self, sha256: str) -> Self:
        """The agreement of which this is the issued or the executed file, or one received from a party,
        byte for byte."""
        known = Q(issued_sha256=sha256) | Q(executed_sha256=sha256) | Q(signatures__file_sha256=sha256)
        return self.filter(known).distinct()
