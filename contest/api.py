"""Entries over the API: the same rows and rules as on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from contest.dossier.services.drafts import Stale
from contest.entries.services.drafts import save_draft
from contest.entries.services.entries import submit_entry
from contest.models import Answer, Category, Entry
from contest.states import EntryState
from toolkit.refusals import Refusal
from toolkit.rest import RefusalSerializer, VisibleViewSet, checked

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from network.requests import ApiRequest


class AnswerSerializer(serializers.ModelSerializer[Answer]):
    question = serializers.SlugField(source="question.code", read_only=True)
    text = serializers.CharField(source="question.text", read_only=True)
    in_words = serializers.CharField(read_only=True)

    class Meta:
        model = Answer
        fields = ["question", "text", "value", "in_words"]


class PlaceSerializer(serializers.Serializer[Any]):
    """A city's numbered place."""

    slot = serializers.IntegerField()
    competing_slot = serializers.IntegerField(allow_null=True)


class EntrySerializer(serializers.ModelSerializer[Entry]):
    startup = serializers.CharField(source="startup.organisation.name", read_only=True)
    edition: serializers.SlugRelatedField[Any] = serializers.SlugRelatedField("slug", read_only=True)
    category: serializers.SlugRelatedField[Any] = serializers.SlugRelatedField("code", read_only=True, allow_null=True)
    city: serializers.SlugRelatedField[Any] = serializers.SlugRelatedField("slug", read_only=True, allow_null=True)
    nomination = serializers.SerializerMethodField()
    answers = serializers.SerializerMethodField()

    class Meta:
        model = Entry
        fields = [
            "id",
            "code",
            "edition",
            "startup",
            "city",
            "category",
            "title",
            "summary",
            "language",
            "video_url",
            "answers",
            "state",
            "version",
            "submitted_at",
            "nomination",
        ]

    @extend_schema_field(PlaceSerializer(allow_null=True))
    def get_nomination(self, entry: Entry) -> Any:
        place = getattr(entry, "nomination", None)
        return PlaceSerializer(place).data if place else None

    @extend_schema_field(AnswerSerializer(many=True))
    def get_answers(self, entry: Entry) -> Any:
        return AnswerSerializer(entry.answers.all(), many=True).data


class EntryDraftSerializer(serializers.Serializer[Any]):
    """The parts to save; what is left out stays. `version` is the one that you read."""

    version = serializers.IntegerField(min_value=0)
    title = serializers.CharField(required=False, allow_blank=True)
    summary = serializers.CharField(required=False, allow_blank=True)
    language = serializers.ChoiceField(settings.LANGUAGES, required=False)
    category = serializers.SlugField(required=False, allow_null=True, help_text="A category's code")
    video_url = serializers.CharField(required=False, allow_blank=True)
    answers = serializers.DictField(
        child=serializers.CharField(allow_blank=True), required=False, help_text="Text by the question's code"
    )


class EntrySubmissionSerializer(serializers.Serializer[Any]):
    rules_version = serializers.IntegerField(help_text="The version of the rules that you accept")


class EntryFilter(django_filters.FilterSet):
    edition = django_filters.CharFilter("edition__slug")
    city = django_filters.CharFilter("city__slug")
    category = django_filters.CharFilter("category__code")
    state = django_filters.ChoiceFilter(choices=EntryState.choices)

    class Meta:
        model = Entry
        fields = ["edition", "city", "category", "state"]


class EntryViewSet(VisibleViewSet[Entry]):
    """Entries that you know by name: your team's, your city's, all for the organiser. A team's own can be saved and
    submitted while the call is open. A juror reads an entry in its scorecard."""

    queryset = Entry.objects.none()
    serializer_class = EntrySerializer
    filterset_class = EntryFilter

    def visible(self) -> QuerySet[Entry]:
        answers = Answer.objects.select_related("question").order_by("question__order", "question_id")
        return (
            Entry.objects.known_to(self.request.user)
            .with_people()
            .prefetch_related(Prefetch("answers", answers))
            .order_by("pk")
        )

    @extend_schema(request=EntryDraftSerializer, responses={200: EntrySerializer, 409: RefusalSerializer})
    def partial_update(self, request: ApiRequest, pk: int | None = None) -> Response:
        """Saves a draft. 409 with what is kept now when `version` is not the entry's."""
        entry = self.get_object()
        given = checked(EntryDraftSerializer, request)
        questions = dict(entry.edition.questions.values_list("code", "pk"))
        unknown = set(given.get("answers", {})) - set(questions)
        if unknown:
            raise serializers.ValidationError(
                {
                    "answers": [
                        _("This edition has no question “%(code)s”.") % {"code": code[:40]} for code in sorted(unknown)
                    ]
                }
            )
        answers = {questions[code]: text for code, text in given.pop("answers", {}).items()}
        version = given.pop("version")
        if given.get("category"):
            code = given["category"]
            given["category"] = Category.objects.filter(edition=entry.edition, code=code).first()
            if given["category"] is None:
                raise serializers.ValidationError(
                    {"category": [_("This edition has no category “%(code)s”.") % {"code": code[:40]}]}
                )
        save_draft(by=request.user, entry=entry, version=version, values=given, answers=answers)
        return self.answer(entry.pk)

    @extend_schema(request=EntrySubmissionSerializer, responses={200: EntrySerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def submit(self, request: ApiRequest, pk: int | None = None) -> Response:
        """Submits the entry, accepting the rules by their version."""
        entry = self.get_object()
        submit_entry(
            by=request.user, entry=entry, rules_version=checked(EntrySubmissionSerializer, request)["rules_version"]
        )
        return self.answer(entry.pk)

    def current_of(self, refusal: Refusal) -> Any:
        """What a stale save must be compared with."""
        if isinstance(refusal, Stale):
            return self.get_serializer(self.get_queryset().get(pk=refusal.row.pk)).data
        return None
