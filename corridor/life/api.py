"""The life of a stay over the API: its checklist, its reports, and filing one."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from i18nfield.strings import LazyI18nString
from rest_framework import serializers

from corridor.domain.life.reports import Form
from corridor.life.reading.stays import OwedReport, owed_reports, phase_of, reports_of
from corridor.life.services.reports import form_asked
from corridor.models import ChecklistItem, Stay
from corridor.states import TaskOwner, TaskState
from network.models import User


class ChecklistItemSerializer(serializers.ModelSerializer[ChecklistItem]):
    """A thing to do, by the end of the day `due` where the host is."""

    title = serializers.CharField(read_only=True)
    owner = serializers.ChoiceField(TaskOwner.choices)
    state = serializers.ChoiceField(TaskState.choices)

    class Meta:
        model = ChecklistItem
        fields = ["id", "code", "title", "owner", "due", "state", "settled_at"]


class OwedReportSerializer(serializers.Serializer[Any]):
    """A report that the stay owes over its life. Days are those of the host's place;
    `version` counts what was filed, 0 for nothing."""

    code = serializers.CharField(source="form.code")
    side = serializers.CharField(source="form.side")
    title = serializers.CharField()
    opens = serializers.DateField()
    due = serializers.DateField()
    is_open = serializers.BooleanField()
    is_late = serializers.BooleanField()
    version = serializers.SerializerMethodField()
    filed_at = serializers.DateTimeField(source="filed.filed_at", default=None)

    def get_version(self, line: OwedReport) -> int:
        return line.filed.version if line.filed else 0


class QuestionSerializer(serializers.Serializer[Any]):
    """A question: `kind` is text, whole, money (in the currency `unit`) or choice;
    `term` names the figure that it asks, if any."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a column of this name
    kind = serializers.CharField()
    unit = serializers.CharField()
    term = serializers.CharField()
    is_required = serializers.BooleanField()
    choices = serializers.DictField(child=serializers.CharField())


class ReportSerializer(OwedReportSerializer):
    """With the questions as they were asked, the answers of the version filed last,
    and what the saves of a draft have come to."""

    questions = serializers.SerializerMethodField()
    answers = serializers.SerializerMethodField()
    revision = serializers.SerializerMethodField()

    @extend_schema_field(QuestionSerializer(many=True))
    def get_questions(self, line: OwedReport) -> list[dict[str, Any]]:
        return _questions(form_asked(line.filed) if line.filed else line.form)

    @extend_schema_field(serializers.DictField(allow_null=True))
    def get_answers(self, line: OwedReport) -> dict[str, Any] | None:
        return line.filed.answers if line.filed else None

    def get_revision(self, line: OwedReport) -> int:
        return line.draft.revision if line.draft else 0


class FilingSerializer(serializers.Serializer[Any]):
    """`answers` are {question: answer}; `revision` is that of the draft that they replace, 0 where there is none."""

    answers = serializers.DictField(child=serializers.CharField(allow_blank=True, max_length=4000))
    revision = serializers.IntegerField(default=0, min_value=0)


def _questions(form: Form) -> list[dict[str, Any]]:
    return [
        {
            **vars(question),
            "label": str(LazyI18nString(dict(question.label))),
            "choices": {code: str(LazyI18nString(dict(words))) for code, words in question.choices.items()},
        }
        for question in form.questions
    ]


class LifeSerializer(serializers.Serializer[Any]):
    """What a stay's row tells of its life: its phase today where the host is, its checklist,
    its reports without their answers."""

    phase = serializers.SerializerMethodField()
    checklist = ChecklistItemSerializer(many=True, read_only=True)
    reports = serializers.SerializerMethodField()

    def get_phase(self, stay: Stay) -> str:
        return phase_of(stay)

    @extend_schema_field(OwedReportSerializer(many=True))
    def get_reports(self, stay: Stay) -> Any:
        return OwedReportSerializer(owed_reports(stay, stay.filed_reports), many=True).data


def full_reports(user: User, stay: Stay) -> Any:
    """The reports of a stay as this reader may see them: drafts are their own side's."""
    visible = stay.reports.visible_to(user).distinct()
    return ReportSerializer(reports_of(stay, visible), many=True).data
