"""The frame of every page: language, navigation, the field template."""

import re

from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from toolkit.protocols import NavLink


def test_a_page_says_its_language_and_offers_the_other(client, db):
    page = client.get("/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert '<html lang="en">' in page
    assert re.search(r'<button[^>]*name="language" value="fr" lang="fr" hreflang="fr">Français</button>', page)


def test_the_language_stays_chosen_on_this_device(client, db):
    answer = client.post("/language/", {"language": "fr", "next": "/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert '<html lang="fr">' in client.get("/", HTTP_ACCEPT_LANGUAGE="en").content.decode()


def test_the_language_switch_never_leads_elsewhere(client, db):
    answer = client.post("/language/", {"language": "fr", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


class _Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As on your passport.")
    note = forms.CharField(label="Note", required=False)


def test_a_field_ties_its_help_and_its_error_to_the_input():
    html = str(_Form({"name": "", "note": ""}).as_div())
    tag = re.search(r'<input[^>]*name="name"[^>]*>', html).group()
    assert 'aria-invalid="true"' in tag
    assert 'aria-describedby="id_name_helptext id_name_error"' in tag
    assert '<div class="help" id="id_name_helptext">As on your passport.</div>' in html
    assert '<ul class="errorlist" id="id_name_error"><li>This field is required.</li></ul>' in html
    assert html.count('<span class="required">required</span>') == 1


def test_the_nearest_link_is_the_current_one():
    links = [NavLink("All", "/organise/"), NavLink("Jury", "/organise/jury/"), NavLink("Home", "/home/")]
    context = Context({"request": RequestFactory().get("/organise/jury/3/"), "links": links})
    assert Template("{% nearest links as here %}{{ here }}").render(context) == "/organise/jury/"
