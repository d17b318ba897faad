"""Addresses of corridor."""

from django.urls import URLPattern, URLResolver, path

from corridor.views import agreements

agreement_urls = [
    path("agreements/", agreements.list_agreements, name="agreements"),
    path("agreements/<int:pk>/", agreements.show_agreement, name="agreement"),
    path("agreements/<int:pk>/status/", agreements.show_status, name="agreement_status"),
    path("agreements/<int:pk>/sign/", agreements.sign, name="agreement_sign"),
    path("agreements/<int:pk>/void/", agreements.void, name="agreement_void"),
    path("agreements/<int:pk>/prepare/", agreements.prepare, name="agreement_prepare"),
    path("agreements/<int:pk>/issued.pdf", agreements.download, {"kind": "issued"}, name="agreement_issued"),
    path("agreements/<int:pk>/executed.pdf", agreements.download, {"kind": "executed"}, name="agreement_executed"),
    path("stays/<int:pk>/agreement/", agreements.draft, name="agreement_draft"),
]
urlpatterns: list[URLPattern | URLResolver] = [*agreement_urls]
