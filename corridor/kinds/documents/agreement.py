"""The agreement of a stay: it begins the chain."""

from django.utils.translation import gettext_lazy as _

from corridor.kinds.document_kinds import DOCUMENT_KINDS, DocumentKind


@DOCUMENT_KINDS.register
class AgreementKind(DocumentKind):
    code, order, name = "agreement", 10, _("hosting agreement")
    called = _("Agreement %(reference)s")
