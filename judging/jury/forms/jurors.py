"""Forms about the jury: inviting, declaring ties, leaving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from contest.models import Category, Entry
from contest.reads.entries import WAS_SENT
from judging.models import Juror
from judging.states import JurorKind
from network.models import City, Organisation
from network.states import OrganisationKind
from toolkit.offers import choose_from

if TYPE_CHECKING:
    from contest.models import Edition


class ReasonForm(forms.Form):
    """A decision and why."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))


class JurorForm(forms.Form):
    """An invitation to the jury. City and organisation decide which entries are kept from the juror."""

    email = forms.EmailField(label=_("E-mail"))
    full_name = forms.CharField(label=_("Name"), max_length=150)
    city = forms.ModelChoiceField(
        City.objects.none(),
        label=_("City"),
        empty_label=_("None"),
        required=False,
        help_text=_("The juror never scores entries of this city."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        empty_label=_("None"),
        required=False,
        help_text=_("The juror never scores entries of this organisation."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Reads"), choices=settings.LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    expertise = forms.ModelMultipleChoiceField(
        Category.objects.none(), label=_("Knows"), required=False, widget=forms.CheckboxSelectMultiple
    )
    load_max = forms.IntegerField(label=_("Entries at most"), required=False, min_value=0, max_value=500)
    groups = forms.CharField(
        label=_("Groups"),
        required=False,
        max_length=200,
        help_text=_(
            "Names of your own, such as investor, founder; the assignment can ask for one of a group on every entry."
        ),
    )
    own_entry = forms.ModelChoiceField(
        Entry.objects.none(),
        label=_("Fellow applicant, with the entry"),
        empty_label=_("No: sits on the jury"),
        required=False,
        help_text=_(
            "Somebody who competes in this edition and scores others. They never see their own entry as a juror."
        ),
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        edition: Edition,
        for_city: City | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        choose_from(self, "city", City.objects.order_by("name"))
        organisations = Organisation.objects.order_by("name")
        if for_city:  # where the city's own start-ups are all that may be named
            organisations = organisations.filter(~Q(kind=OrganisationKind.STARTUP) | Q(city=for_city))
            self.fields["city"].help_text = _("Where the juror is from. A round of your selection can make it a tie.")
        choose_from(self, "organisation", organisations)
        choose_from(self, "expertise", edition.categories.all())
        entries = Entry.objects.filter(WAS_SENT, edition=edition).order_by("code")
        entries = entries.filter(city=for_city) if for_city else entries
        choose_from(self, "own_entry", entries.select_related("startup__organisation"))

    def clean_groups(self) -> list[str]:
        return [name for name in self.cleaned_data["groups"].split(",") if name.strip()]

    def values(self) -> dict[str, Any]:
        """The fields as invite_juror takes them, or update_juror for somebody who is invited already."""
        values = dict(self.cleaned_data)
        if "own_entry" in values:
            values["kind"] = JurorKind.PEER if values["own_entry"] else JurorKind.JURY
        return values

    @classmethod
    def for_juror(cls, data: Mapping[str, Any] | None, juror: Juror) -> JurorForm:
        """The same form for somebody who is invited already: the address and the mail's language stay."""
        initial = {
            name: getattr(juror, name) for name in ("full_name", "city", "organisation", "languages", "load_max")
        }
        form = cls(
            data,
            edition=juror.edition,
            for_city=juror.for_city,
            initial={**initial, "groups": ", ".join(juror.groups), "expertise": juror.expertise.all()},
        )
        for name in ("email", "language", "own_entry"):
            del form.fields[name]
        return form


class ConflictForm(forms.Form):
    """A tie that no rule can see."""

    entry = forms.ModelChoiceField(Entry.objects.none(), label=_("Entry"))
    reason = forms.CharField(label=_("What is the tie?"), max_length=500, widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Mapping[str, Any] | None = None, *, entries: QuerySet[Entry]) -> None:
        super().__init__(data)
        choose_from(self, "entry", entries)
