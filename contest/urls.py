"""Addresses of contest."""

from django.urls import path, re_path

from contest.editions.views import editions, organiser
from contest.entries.views import files, founder, steps
from contest.nominations.views import coordinator, deciding
from contest.questions import views as questions

founder_urls = [
    path("entries/", founder.list_entries, name="entries"),
    path("entries/start/<slug:slug>/", founder.begin_entry, name="entry_start"),
    path("entries/<int:pk>/", founder.show_entry, name="entry"),
    path("entries/<int:pk>/withdraw/", founder.withdraw, name="entry_withdraw"),
    path("entries/<int:pk>/help/", founder.ask_help, name="entry_help"),
    path("entries/<int:pk>/deck/remove/", steps.remove_deck, name="deck_remove"),
    # The steps by name: other addresses below an entry belong to other apps (its results, to judging).
    re_path(rf"^entries/(?P<pk>\d+)/(?P<step>{'|'.join(steps.STEPS)})/$", steps.edit_step, name="entry_step"),
    path("startups/new/", founder.make_startup, name="startup_new"),
    path("startups/<int:pk>/", founder.edit_startup, name="startup"),
    path("files/attachments/<int:pk>/", files.serve_attachment, name="attachment"),
]

coordinator_urls = [
    path("city/", coordinator.list_editions, name="city"),
    path("city/entries/<int:pk>/", deciding.show_city_entry, name="city_entry"),
    path("city/<slug:city>/<slug:edition>/", coordinator.show_edition, name="city_edition"),
    path("city/<slug:city>/<slug:edition>/order/", coordinator.reorder, name="city_order"),
    path("city/<slug:city>/<slug:edition>/claim/", coordinator.claim, name="city_claim"),
]

EDITION = "organise/editions/<slug:slug>/"
organiser_urls = [
    path("organise/", organiser.list_editions, name="organise"),
    path("organise/editions/new/", editions.make_edition, name="edition_new"),
    path(EDITION, organiser.show_edition, name="organise_edition"),
    path(EDITION + "set-up/", editions.edit_edition, name="edition_set_up"),
    path(EDITION + "publish/", editions.publish, name="edition_publish"),
    path(EDITION + "questions/", questions.list_questions, name="edition_questions"),
    path(EDITION + "questions/new/", questions.edit_question, name="question_new"),
    path(EDITION + "questions/<int:pk>/", questions.edit_question, name="question"),
    path(EDITION + "questions/<int:pk>/remove/", questions.drop_question, name="question_remove"),
    path(EDITION + "categories/new/", questions.edit_category, name="category_new"),
    path(EDITION + "categories/<int:pk>/", questions.edit_category, name="category"),
    path(EDITION + "categories/<int:pk>/remove/", questions.drop_category, name="category_remove"),
    path(EDITION + "entries/", organiser.list_entries, name="organise_entries"),
    path(EDITION + "entries/<int:pk>/", deciding.show_organiser_entry, name="organise_entry"),
    path(EDITION + "cities/", organiser.show_unsettled, name="organise_cities"),
]

urlpatterns = [*founder_urls, *coordinator_urls, *organiser_urls]
