"""Catalogues are compiled by our own few lines: what GNU's gettext reads back is what the .po file says."""

import gettext
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.utils import translation

from config.catalogues import compile_catalogues, compiled, french_spaces

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUES = sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))
PO = r"""
# A comment
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

#: somewhere.py:1
msgid "entry"
msgstr "candidature"

msgctxt "verb"
msgid "place"
msgstr "placer"
msgid "place"
msgstr "lieu"

#, python-format
msgid "%(count)s day"
msgid_plural "%(count)s days"
msgstr[0] "%(count)s jour"
msgstr[1] "%(count)s jours"

msgid ""
"Two\n"
"lines with \"quotes\""
msgstr ""
"Deux\n"
"lignes avec « guillemets »"

#, fuzzy
msgid "guessed"
msgstr "deviné"

msgid "empty"
msgstr ""

#~ msgid "gone"
#~ msgstr "parti"
"""


def test_compiled_catalogue_reads_back():
    read = gettext.GNUTranslations(io.BytesIO(compiled(PO)))
    assert read.gettext("entry") == "candidature"
    assert read.pgettext("verb", "place") == "placer"
    assert read.gettext("place") == "lieu"
    assert [read.ngettext("%(count)s day", "%(count)s days", n) for n in (0, 1, 2)] == [
        "%(count)s jour",
        "%(count)s jour",
        "%(count)s jours",
    ]
    assert read.gettext('Two\nlines with "quotes"') == "Deux\nlignes avec « guillemets »"
    assert [read.gettext(text) for text in ("guessed", "empty", "gone")] == ["guessed", "empty", "gone"]


def test_same_as_msgfmt(tools, tmp_path):
    """GNU msgfmt, where it is installed, makes a catalogue that says the same."""
    msgfmt = tools("msgfmt", "apt-get install gettext")
    for number, text in enumerate([PO, *(path.read_text() for path in CATALOGUES)]):
        source, target = tmp_path / f"{number}.po", tmp_path / f"{number}.mo"
        source.write_text(text)
        subprocess.run([msgfmt, "--check-format", "-o", target, source], check=True)
        with target.open("rb") as file:
            theirs = gettext.GNUTranslations(file)._catalog
        assert gettext.GNUTranslations(io.BytesIO(compiled(text)))._catalog == theirs


def test_compiled_only_when_newer(tmp_path):
    folder = tmp_path / "locale/fr/LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text(PO)
    assert compile_catalogues(tmp_path) == [source]
    assert compile_catalogues(tmp_path) == []
    os.utime(source, (source.stat().st_mtime + 5,) * 2)
    assert compile_catalogues(tmp_path) == [source]


def test_broken_catalogue_is_told_by_its_line(tmp_path):
    folder = tmp_path / "locale/fr/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid "one"\nmsgstr "un\n')
    with pytest.raises(ValueError, match="django.po, line 2"):
        compile_catalogues(tmp_path)


def test_translations_are_complete():
    """Nothing untranslated, nothing guessed, every %(name)s kept."""
    names = re.compile(r"%\((\w+)\)[sd]|{(\w*)}")
    wrong = []
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            forms = list(entry.msgstr_plural.values()) or [entry.msgstr]
            kept = all(
                set(names.findall(form)) <= set(names.findall(entry.msgid + entry.msgid_plural)) for form in forms
            )
            whole = kept and (
                entry.msgstr_plural or set(names.findall(entry.msgid)) == set(names.findall(entry.msgstr))
            )
            if not entry.obsolete and (entry.fuzzy or not all(forms) or not whole):
                wrong.append((path.parts[-3], entry.msgid))
    assert wrong == []


def test_every_sentence_is_in_the_catalogues(tools, tmp_path):
    """What the code and the templates say is collected afresh, and all of it must be there:
    `make messages` does that."""
    tools("xgettext", "apt-get install gettext")
    copy = tmp_path / "copy"
    for folder in ("toolkit", "network", "contest", "judging", "corridor", "config", "templates"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    (copy / "locale").mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    for path in CATALOGUES:
        command = [sys.executable, "-m", "django", "makemessages", "--locale", path.parts[-3], "--no-location"]
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        said = polib.pofile(str(copy / "locale" / path.parts[-3] / "LC_MESSAGES" / "django.po"))
        have = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path)) if not entry.obsolete}
        assert sorted(entry.msgid for entry in said if (entry.msgctxt, entry.msgid) not in have) == []


def test_french_keeps_its_signs_with_their_words():
    """Before : ; ? ! » and after « stands a space that does not break: `make messages` puts it there."""
    torn = re.compile(r" [:;?!»]|« ")
    pages = polib.pofile(str(ROOT / "locale/fr/LC_MESSAGES/django.po"))
    said = [form for entry in pages for form in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [text for text in said if torn.search(text)] == []
    assert french_spaces('msgid "Why ?"\nmsgstr "Pourquoi ? « %(name)s » : voilà"\n"Oui ;"\n\nmsgid "a : b"\n') == (
        'msgid "Why ?"\nmsgstr "Pourquoi\u00a0? «\u00a0%(name)s\u00a0»\u00a0: voilà"\n"Oui\u00a0;"\n\nmsgid "a : b"\n'
    )


def test_no_translating_function_goes_by_another_name():
    """makemessages collects what is called by the functions' own names, or by _:
    what is called otherwise stays English."""
    renamed = re.compile(
        r"^from django\.utils\.translation import .*\b(?:n?p?gettext(?:_lazy)?) as (?!_\b)\w+", re.MULTILINE
    )
    apps = (ROOT / app for app in ("toolkit", "network", "contest", "judging", "corridor", "config"))
    assert [path.name for app in apps for path in app.rglob("*.py") if renamed.search(path.read_text())] == []


def test_words_that_are_one_in_english_and_two_in_french():
    with translation.override("fr"):
        said = {word: (translation.gettext(word), translation.pgettext(where, word)) for where, word in TWO}
    assert said == {
        "Agreement": ("Convention", "Accord"),
        "Minutes": ("Minutes", "Procès-verbal"),
        "Submitted": ("Dépôt", "Déposée"),
        "missing": ("manquant", "fiche manquante"),
        "none": ("aucun", "pas en service"),
        "Decide": ("Départager", "Décider"),
        "None yet.": ("Pas encore de ville.", "Aucun pour l’instant."),
        "Now": ("À présent", "Actuelle"),
    }


TWO = [
    ("of a jury", "Agreement"),
    ("of a jury", "Minutes"),
    ("a scorecard", "Submitted"),
    ("a scorecard", "missing"),
    ("a second step", "none"),
    ("a case", "Decide"),
    ("practice rounds", "None yet."),
    ("an address", "Now"),
]


# A number that a placeholder gives, at most two words, and a noun of which there can be one.
COUNTED = re.compile(
    r"%\(\w+\)[sd] (?:[\w’'-]+ "
    r"){0,2}?(?:applicants|candidates|characters|cities|days|desks|documents|draws|entries|files"
    r"|guests|hours|jurors|marks|minutes|months|pages|people|places|points|rounds|scorecards|seconds|start-ups|teams"
    r"|versions|weeks|wishes|years)\b"
)
NEVER_ONE = (  # the sentence's beginning: why it is never said of one
    "%(entries)s start-ups from %(cities)s cities were announced",  # what was published of the edition of 2024
    "Clermont-Ferrand chose %(chosen)s of %(applicants)s applicants",  # the same
    "This file has %(pages)s pages: at most",  # more than the limit, which is one at least
    "Not yet %(years)s years old on",  # the age of graduates
    "At most %(years)s years old on",  # the same
    "%(host)s took its places back",  # no number before the noun
    "%(name)s holds desks from",
    "%(name)s has no desks left",
    "%(name)s needs more desks",
    "%(host)s has desks, but",
    "%(length)s characters: at most",  # more than the limit, which is one at least
    "%(size)s characters: %(limit)s at most",  # the same
    "And %(scorecards)s of fellow applicants",  # counted where the words are made
    "“%(criterion)s” weighs %(points)s points",  # five of a hundred
    "The first places earn %(points)s points",  # a list of points
    "Line: the ranks that hold nine in ten of %(draws)s draws",  # a thousand of them
    "All %(versions)s versions",  # shown where there are two
)


def test_what_can_be_one_has_a_singular():
    """Of the sentences whose number comes from outside: each has two forms, or stands above with its reason."""
    flat = [
        entry.msgid
        for entry in polib.pofile(str(CATALOGUES[0]))
        if not entry.obsolete and not entry.msgid_plural and COUNTED.search(entry.msgid)
    ]
    assert [text for text in flat if not text.startswith(NEVER_ONE)] == []
