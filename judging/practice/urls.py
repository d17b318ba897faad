"""Addresses of practice."""

from django.urls import include, path

from judging.practice import views as practice

a_round = [
    path("practice/", practice.show_practice, name="round_practice"),
]

urlpatterns = [
    path("organise/rounds/<int:pk>/", include(a_round)),
]
