"""Made-up values for the page that shows every component: nothing here is real, and it speaks English only."""

from datetime import datetime, timedelta

from django import forms
from django.core.paginator import Paginator

from toolkit.protocols import NavLink, RoadStep, ToDo

TOKENS = ["paper", "surface", "sunken", "line", "line-strong", "ink", "muted", "accent", "accent-soft", "sun"]
TONES = ["ok", "ok-soft", "warn", "warn-soft", "bad", "bad-soft"]
WRONG = {"name": "", "choice": "b", "email": "not an address"}


class LookForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name", help_text="A help text says what is wanted, before it goes wrong.")
    email = forms.EmailField(label="E-mail address", required=False)
    city = forms.ChoiceField(label="City", choices=[("a", "Braga"), ("b", "Magog")], required=False)
    text = forms.CharField(label="Summary", widget=forms.Textarea({"rows": 3}), required=False)
    day = forms.DateField(label="Day", widget=forms.DateInput({"type": "date"}), required=False)
    file = forms.FileField(label="File", required=False)
    choice = forms.ChoiceField(
        label="One of these", choices=[("a", "First"), ("b", "Second")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="I have read the rules")


def samples(moment: datetime) -> dict[str, object]:
    """What the components are shown with, around `moment`."""
    states = ["done", "done", "now", "ahead", "ahead", "ahead"]
    places = ["Entry sent", "Chosen by your city", "Jury, round 1", "Final", "Award", "Six months abroad"]
    return {
        "watched": [ToDo("29 of 56 scorecards submitted", "#main", "Look", moment, detail="Sample edition")],
        "tokens": TOKENS,
        "tones": TONES,
        "moment": moment,
        "links": [NavLink("Overview", "/look/"), NavLink("Entries", "/look/#1"), NavLink("Jury", "/look/#2")],
        "road": [
            RoadStep(place, state, order) for order, (place, state) in enumerate(zip(places, states, strict=True))
        ],
        "steps": [
            {"label": "Start-up", "state": "done", "url": "/look/"},
            {"label": "Questions", "state": "wrong", "url": "/look/"},
            {"label": "Deck", "state": "now", "url": "/look/"},
            {"label": "Submit", "state": "ahead", "url": ""},
        ],
        "events": [
            {"at": moment, "title": "Submitted", "who": "Sample founder", "detail": "Version 3"},
            {"at": moment - timedelta(days=2), "title": "Deck attached", "who": "Sample founder", "detail": "12 pages"},
        ],
        "page": Paginator(range(120), 50).page(2),
    }
