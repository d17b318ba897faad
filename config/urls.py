"""Where every address begins."""

from django.urls import include, path, re_path
from django.views.i18n import set_language

from config import exports, public, views

urlpatterns = [
    path("", public.show_welcome, name="welcome"),
    path("editions/", public.list_editions, name="public_editions"),
    path("editions/<slug:slug>/", public.show_edition, name="public_edition"),
    path("laureates/", public.list_laureates, name="public_laureates"),
    path("organise/editions/<slug:slug>/exports/", exports.show_exports, name="edition_exports"),
    path("organise/editions/<slug:slug>/exports/<slug:name>.<slug:form>", exports.download, name="edition_export"),
    path("home/", views.show_home, name="home"),
    path(".well-known/security.txt", views.show_security_contact, name="security_contact"),
    path("look/", views.show_look, name="look"),
    path("language/", set_language, name="set_language"),
    re_path(r"^accounts/(?:password/|reauthenticate/$)", views.no_password),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include(("config.api", "v1"))),
    path("demo/", include("config.demo_urls")),
    path("", include("network.urls")),
    path("", include("contest.urls")),
    path("", include("judging.urls")),
    path("", include("corridor.urls")),
]
