"""A workbook brought back, and the choices where both places changed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from judging.scoring.workbooks.words import Changed


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Your workbook"),
        help_text=_("The .xlsx file that you downloaded here, filled in."),
        widget=forms.FileInput({"accept": ".xlsx"}),
    )


class ImportForm(forms.Form):
    """One choice for each conflict (see services.workbooks.propose_import): the mark on the site, or the workbook's."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, conflicts: Iterable[Changed]) -> None:
        super().__init__(data)
        for row in conflicts:
            self.fields[row["key"]] = forms.ChoiceField(
                choices=[("site", _("Keep what is on the site")), ("book", _("Take the workbook's"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose which one to keep.")},
            )

    def choices(self) -> dict[str, str]:
        return dict(self.cleaned_data)
