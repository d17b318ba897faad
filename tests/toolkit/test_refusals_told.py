"""A refusal stands beside its field, or above the form; whatever else goes wrong goes on."""

import pytest
from django import forms

from toolkit.refusals import Forbidden, Refusal
from toolkit.refusals_told import told_in


class AskedForm(forms.Form):
    ends = forms.CharField()
    title_en = forms.CharField()
    title_fr = forms.CharField()


@pytest.fixture
def form():
    filled = AskedForm({"ends": "2027-01-01", "title_en": "Water", "title_fr": "Eau"})
    assert filled.is_valid()
    return filled


@pytest.mark.parametrize(
    ("field", "place"),
    [("ends", "ends"), ("title", "title_en"), ("desks", "__all__"), (None, "__all__")],
    ids=["its field", "a text in every language", "a field that is not asked", "no field"],
)
def test_a_refusal_ends_it_and_stands_at_its_place(form, field, place):
    did = []
    with told_in(form):
        did.append("asked")
        raise Refusal("That day is taken.", field=field)
    assert (did, form.errors) == (["asked"], {place: ["That day is taken."]})
    assert form.data["title_fr"] == "Eau"


def test_what_follows_is_done_when_nothing_is_refused(form):
    def answer() -> str:
        with told_in(form):
            return "done"
        return "refused"

    assert (answer(), form.errors) == ("done", {})


def test_who_may_not_is_told_too_and_a_fault_is_no_refusal(form):
    with told_in(form):
        raise Forbidden("Only the host does this.")
    assert form.non_field_errors() == ["Only the host does this."]
    with pytest.raises(ZeroDivisionError), told_in(form):
        _never = 1 // 0
