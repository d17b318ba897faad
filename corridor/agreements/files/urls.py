"""Addresses of the files of documents."""

from django.urls import path

from corridor.agreements.files import views as verify

urlpatterns = [
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:reference>/<str:code>/", verify.verify_document, name="verify_document"),
]
