"""The frame of every page: language, navigation, the field template."""

import re
from pathlib import Path

from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

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


def test_fonts_of_a_first_visit_stay_under_90_kb():
    fonts = Path("static/fonts")
    first = sum((fonts / f"{name}-latin.woff2").stat().st_size for name in ("source-sans-3", "source-serif-4"))
    assert first == 79_676
    assert {path.name for path in fonts.glob("*-OFL.txt")} == {"source-sans-3-OFL.txt", "source-serif-4-OFL.txt"}


def test_the_style_sheet_asks_nobody_else():
    css = Path("static/css/passerelle.css").read_text()
    assert {url.split('"')[1].rsplit("/", 1)[0] for url in re.findall(r"url\([^)]+\)", css)} == {"../fonts"}


def test_the_look_shows_every_component(client, db):
    page = client.get("/look/").content.decode()
    assert '<meta name="robots" content="noindex">' in page
    for part in Path("templates/components").glob("*.html"):
        if part.stem not in ("bar", "footer", "languages", "messages", "sign", "pagination", "sample"):
            assert f"components/{part.name}" in page or f'class="{part.stem}' in page, part.name


def test_a_missing_page_keeps_the_frame_and_the_way_out(client, db):
    answer = client.get("/nothing/here/")
    assert answer.status_code == 404
    assert "<h1>There is no page here</h1>" in answer.content.decode()


def test_a_form_that_is_too_old_says_so(db):
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "fr"})
    assert answer.status_code == 403
    assert "<h1>This page was open too long</h1>" in answer.content.decode()


def test_a_broken_page_stands_on_its_own(db):
    html = render_to_string("500.html")
    assert '<html lang="en">' in html
    assert "<h1>Something broke</h1>" in html
