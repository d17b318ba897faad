"""Addresses of entries."""

from django.urls import path, re_path

from contest.entries.views import files, founder, steps

STEPS = "|".join(steps.PAGES.steps)

urlpatterns = [
    path("entries/", founder.list_entries, name="entries"),
    path("entries/start/<slug:slug>/", founder.begin_entry, name="entry_start"),
    path("entries/<int:pk>/", founder.show_entry, name="entry"),
    path("entries/<int:pk>/withdraw/", founder.withdraw, name="entry_withdraw"),
    path("entries/<int:pk>/help/", founder.ask_help, name="entry_help"),
    path("entries/<int:pk>/deck/remove/", steps.remove_deck, name="deck_remove"),
    # The steps by name: other addresses below an entry belong to other apps (its results, to judging).
    re_path(rf"^entries/(?P<pk>\d+)/(?P<step>{STEPS})/$", steps.edit_step, name="entry_step"),
    re_path(rf"^entries/(?P<pk>\d+)/(?P<step>{STEPS})/save/$", steps.save_step, name="entry_step_save"),
    path("startups/new/", founder.make_startup, name="startup_new"),
    path("startups/<int:pk>/", founder.edit_startup, name="startup"),
    path("files/attachments/<int:pk>/", files.serve_attachment, name="attachment"),
]
