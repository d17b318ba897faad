"""Forms of live sessions: when and where, the running order, recordings, notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contest.models import Entry
from judging.models import Juror, LiveSession, Round, Slot
from judging.rounds.forms.rounds import ZonedMoment, zone_help
from network.forms import ZoneField
from toolkit.offers import choose_from
from toolkit.zones import present_name, present_names

PITCH, QUESTIONS = 5, 5  # minutes, offered to begin with


class SessionForm(forms.Form):
    """When and where. The hour is that of the zone chosen in the same form."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100, help_text=gettext_lazy("Morning, Group A …"))
    time_zone = ZoneField(label=gettext_lazy("Time zone"))
    meeting_url = forms.CharField(
        label=gettext_lazy("Link to the video meeting"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Jurors and teams get it; it begins with https://"),
    )
    chair = forms.ModelChoiceField(
        label=gettext_lazy("Chair"),
        queryset=Juror.objects.none(),
        required=False,
        help_text=gettext_lazy("Runs the timer and opens the deliberation, as you can yourself."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, round: Round, session: LiveSession | None = None
    ) -> None:
        zone = (data or {}).get("time_zone") or (session.time_zone if session else round.edition.time_zone)
        zone = present_name(zone)
        zone = zone if zone in present_names() else round.edition.time_zone
        initial: dict[str, object] = {"time_zone": zone}
        if session:
            initial |= {name: getattr(session, name) for name in ("name", "starts_at", "meeting_url", "chair")}
        super().__init__(data, initial=initial)
        self.fields["starts_at"] = ZonedMoment(
            zone=zone, label=_("Begins"), help_text=_("In the time zone chosen here.")
        )
        choose_from(self, "chair", Juror.objects.of_jury(round.edition_id, round.city_id).active())
        self.order_fields(["name", "starts_at", "time_zone", "meeting_url", "chair"])


class RecordingForm(forms.Form):
    allowed = forms.BooleanField(label=gettext_lazy("Absent jurors may score from the recording"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, round: Round) -> None:
        zone = round.edition.time_zone
        super().__init__(data, initial={"allowed": round.recording_allowed, "until": round.recording_until})
        self.fields["until"] = ZonedMoment(
            zone=zone,
            label=_("Until"),
            required=False,
            help_text=zone_help(zone) + " " + _("Empty: until the round closes."),
        )


@dataclass(frozen=True)
class OrderRow:
    """A line of the running order's form."""

    slot: Slot
    place: forms.BoundField
    pitch: forms.BoundField
    questions: forms.BoundField | None
    recording: forms.BoundField | None
    off: forms.BoundField


class OrderForm(forms.Form):
    """The running order as a table: a place, minutes, and a recording for each line, and what to add at the end."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, slots: list[Slot], free: list[Entry]) -> None:
        super().__init__(data)
        self.slots, self.free = slots, free
        for slot in slots:
            name = str(slot)
            self._number(f"place_{slot.pk}", _("Place of %(entry)s") % {"entry": name}, slot.order, 1)
            self._number(f"pitch_{slot.pk}", _("Minutes, %(entry)s") % {"entry": name}, slot.pitch_minutes, 1)
            if slot.entry_id:
                label = _("Minutes for questions, %(entry)s") % {"entry": name}
                self._number(f"questions_{slot.pk}", label, slot.questions_minutes, 0)
                label = _("Recording, %(entry)s") % {"entry": name}
                self.fields[f"recording_{slot.pk}"] = forms.CharField(
                    label=label, required=False, max_length=500, initial=slot.recording_url
                )
            self.fields[f"off_{slot.pk}"] = forms.BooleanField(
                label=_("Take out %(entry)s") % {"entry": name}, required=False
            )
        choices = [("", _("Nothing")), ("break", _("A break"))]
        choices += [("all", _("All entries that are in no session"))] if free else []
        choices += [(str(entry.pk), str(entry)) for entry in free]
        self.fields["add"] = forms.ChoiceField(label=_("Add at the end"), choices=choices, required=False)
        self._number("add_pitch", _("Minutes to pitch, or of the break"), PITCH, 1, needed=False)
        self._number("add_questions", _("Minutes for questions"), QUESTIONS, 0, needed=False)

    def _number(self, name: str, label: str, initial: int, least: int, needed: bool = True) -> None:
        self.fields[name] = forms.IntegerField(
            label=label, initial=initial, min_value=least, max_value=720, required=needed
        )

    def rows(self) -> list[OrderRow]:
        return [
            OrderRow(
                slot=slot,
                place=self[f"place_{slot.pk}"],
                pitch=self[f"pitch_{slot.pk}"],
                questions=self[f"questions_{slot.pk}"] if slot.entry_id else None,
                recording=self[f"recording_{slot.pk}"] if slot.entry_id else None,
                off=self[f"off_{slot.pk}"],
            )
            for slot in self.slots
        ]

    def lines(self) -> list[tuple[Entry | None, int, int, str]]:
        """(entry or None for a break, minutes, minutes for questions, recording) in the order asked for."""
        values = self.cleaned_data
        stay = [slot for slot in self.slots if not values[f"off_{slot.pk}"]]
        stay.sort(key=lambda slot: (values[f"place_{slot.pk}"], slot.order))
        found: list[tuple[Entry | None, int, int, str]] = [
            (
                slot.entry,
                values[f"pitch_{slot.pk}"],
                values.get(f"questions_{slot.pk}") or 0,
                values.get(f"recording_{slot.pk}") or "",
            )
            for slot in stay
        ]
        add, pitch, questions = values["add"], values["add_pitch"] or PITCH, values["add_questions"]
        if add == "break":
            found.append((None, pitch, 0, ""))
        elif add:
            new = [entry for entry in self.free if add in ("all", str(entry.pk))]
            found += [(entry, pitch, QUESTIONS if questions is None else questions, "") for entry in new]
        return found


class NotesForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    notes = forms.CharField(
        label=gettext_lazy("Notes of the deliberation"),
        help_text=gettext_lazy("What was weighed and decided. They stand in the minutes of the round."),
        max_length=8000,
        required=False,
        widget=forms.Textarea({"rows": 10}),
    )
