"""Addresses of drafting agreements."""

from django.urls import path

from corridor.agreements.drafting.views import batches, drafting, specimen

urlpatterns = [
    path("stays/<int:pk>/agreement/", drafting.draft, name="agreement_draft"),
    path("organise/programmes/<int:pk>/agreements/", batches.draft_all, name="programme_agreements"),
    path("organise/agreement-batches/<int:pk>/", batches.show_batch, name="agreement_batch"),
    path("organise/agreement-batches/<int:pk>/status/", batches.show_batch_status, name="agreement_batch_status"),
    path("organise/agreement-batches/<int:pk>/again/", batches.draft_again, name="agreement_batch_again"),
    path(
        "organise/templates/<slug:template_slug>/<int:number>/sample.pdf",
        specimen.show_specimen,
        name="template_specimen",
    ),
]
