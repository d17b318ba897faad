"""Addresses of agreements and their signatures."""

from django.urls import path

from corridor.agreements.signing.views import agreements, outside, signing, stand_ins

urlpatterns = [
    path("agreements/", agreements.list_agreements, name="agreements"),
    path("agreements/<int:pk>/", agreements.show_agreement, name="agreement"),
    path("agreements/<int:pk>/status/", agreements.show_status, name="agreement_status"),
    path("agreements/<int:pk>/sign/", signing.sign, name="agreement_sign"),
    path("agreements/<int:pk>/code/", signing.send_code, name="agreement_code"),
    path("agreements/<int:pk>/signer/<slug:party>/", stand_ins.name_signer, name="agreement_signer"),
    path("agreements/<int:pk>/signed-file/", outside.receive, {"way": "file"}, name="agreement_signed_file"),
    path("agreements/<int:pk>/paper/", outside.receive, {"way": "paper"}, name="agreement_paper"),
    path("agreements/<int:pk>/paper/<int:copy_pk>/", outside.compare, name="paper_copy"),
    path("agreements/<int:pk>/paper/<int:copy_pk>/scan.pdf", outside.download_copy, name="paper_copy_file"),
    path(
        "agreements/<int:pk>/paper/<int:copy_pk>/<slug:which>-<int:page>.png",
        outside.show_picture,
        name="paper_copy_picture",
    ),
    path("agreements/<int:pk>/void/", agreements.void, name="agreement_void"),
    path("agreements/<int:pk>/prepare/", agreements.prepare, name="agreement_prepare"),
    path("agreements/<int:pk>/issued.pdf", agreements.download, {"kind": "issued"}, name="agreement_issued"),
    path("agreements/<int:pk>/executed.pdf", agreements.download, {"kind": "executed"}, name="agreement_executed"),
]
