"""Addresses of questions."""

from django.urls import path

from contest.questions import views as questions

EDITION = "organise/editions/<slug:slug>/"
urlpatterns = [
    path(EDITION + "questions/", questions.list_questions, name="edition_questions"),
    path(EDITION + "questions/new/", questions.edit_question, name="question_new"),
    path(EDITION + "questions/<int:pk>/", questions.edit_question, name="question"),
    path(EDITION + "questions/<int:pk>/remove/", questions.drop_question, name="question_remove"),
    path(EDITION + "categories/new/", questions.edit_category, name="category_new"),
    path(EDITION + "categories/<int:pk>/", questions.edit_category, name="category"),
    path(EDITION + "categories/<int:pk>/remove/", questions.drop_category, name="category_remove"),
]
