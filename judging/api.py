"""Scorecards and standings over the API: the same rows and rules as on the pages."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from contest.models import Entry
from judging.models import Round, Scorecard, Standing
from judging.models.rounds import from_thousandths
from judging.models.scorecards import TEXT_LIMIT
from judging.rounds.words.parts import link_words
from judging.scoring.reading.pitch import read_entry
from judging.scoring.services.marks import NOT_APPLICABLE
from judging.scoring.services.scorecards import StaleScorecard, save_scorecard, submit_scorecard
from judging.states import ScorecardState
from toolkit.columns import with_columns
from toolkit.rest import RefusalSerializer, VisibleViewSet, WholeNumberFilter, checked

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from network.requests import ApiRequest
    from toolkit.refusals import Refusal


class PitchAnswerSerializer(serializers.Serializer[Any]):
    question = serializers.CharField()
    answer = serializers.CharField()


class PitchSerializer(serializers.Serializer[Any]):
    """The entry as the juror reads it: where the round holds names back,
    by its code and without what names the team."""

    label = serializers.CharField()  # type: ignore[assignment]  # a column of this name
    heading = serializers.CharField()
    team = serializers.CharField(help_text="Empty where the round holds names back")
    summary = serializers.CharField()
    answers = PitchAnswerSerializer(many=True)


class ScorecardSerializer(serializers.ModelSerializer[Scorecard]):
    """Marks and comment of a juror who has not submitted, and every private note, are that juror's own:
    null for anybody else."""

    round = serializers.IntegerField(source="assignment.round_id", read_only=True)
    entry = serializers.IntegerField(source="assignment.entry_id", read_only=True)
    entry_code = serializers.CharField(source="assignment.entry.code", read_only=True)
    pitch = serializers.SerializerMethodField()
    juror = serializers.SerializerMethodField()
    marks = serializers.SerializerMethodField()
    comment = serializers.SerializerMethodField()
    private_note = serializers.SerializerMethodField()

    class Meta:
        model = Scorecard
        fields = [
            "id",
            "round",
            "entry",
            "entry_code",
            "pitch",
            "juror",
            "state",
            "version",
            "marks",
            "comment",
            "private_note",
            "saved_at",
            "submitted_at",
        ]

    def _is_own(self, card: Scorecard) -> bool:
        found: bool = card.assignment.juror.user_id == self.context["request"].user.pk
        return found

    def _shows_content(self, card: Scorecard) -> bool:
        return self._is_own(card) or card.state == ScorecardState.SUBMITTED

    @extend_schema_field(PitchSerializer)
    def get_pitch(self, card: Scorecard) -> Any:
        read = read_entry(card.assignment.entry, card.assignment.round)
        answers = [{"question": question, "answer": answer} for question, answer in read.answers]
        fields = {"label": read.label, "heading": read.heading, "team": read.team, "summary": read.summary}
        return PitchSerializer({**fields, "answers": answers}).data

    def get_juror(self, card: Scorecard) -> str:
        found: str = card.assignment.juror.full_name
        return found

    @extend_schema_field(
        serializers.DictField(
            child=serializers.CharField(), allow_null=True, help_text="By the criterion's code: a number, or n/a"
        )
    )
    def get_marks(self, card: Scorecard) -> dict[Any, Any] | None:
        if not self._shows_content(card):
            return None
        return {
            mark.criterion.code: NOT_APPLICABLE if mark.not_applicable else str(from_thousandths(mark.value))
            for mark in card.marks.all()
        }

    def get_comment(self, card: Scorecard) -> str | None:
        return card.comment if self._shows_content(card) else None

    def get_private_note(self, card: Scorecard) -> str | None:
        return card.private_note if self._is_own(card) else None


@extend_schema_field({"oneOf": [{"type": "number"}, {"type": "string"}], "nullable": True})
class MarkField(serializers.Field[Any, Any, Any, Any]):
    """A number (or its text), "n/a" for not applicable, null to clear."""

    def to_internal_value(self, data: Any) -> Decimal | str:
        if data == NOT_APPLICABLE:
            return NOT_APPLICABLE
        if isinstance(data, bool) or not isinstance(data, (int, float, str)):
            raise serializers.ValidationError(_("Give a number, its text, or n/a."))
        try:
            return Decimal(str(data))
        except InvalidOperation:
            raise serializers.ValidationError(_("Give a number, its text, or n/a.")) from None

    def to_representation(self, value: object) -> str:
        return str(value)


class ScorecardDraftSerializer(serializers.Serializer[Any]):
    """The parts to save; a criterion or text that is left out stays. `version` is the one that you read."""

    version = serializers.IntegerField(min_value=0)
    marks = serializers.DictField(
        child=MarkField(allow_null=True), required=False, help_text="By the criterion's code; null clears a mark"
    )
    comment = serializers.CharField(required=False, allow_blank=True, max_length=TEXT_LIMIT)
    private_note = serializers.CharField(required=False, allow_blank=True, max_length=TEXT_LIMIT)


class ScorecardVersionSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=0)


class ScorecardFilter(django_filters.FilterSet):
    edition = django_filters.CharFilter("assignment__round__edition__slug")
    round = WholeNumberFilter("assignment__round_id")
    entry = WholeNumberFilter("assignment__entry_id")
    state = django_filters.ChoiceFilter(choices=ScorecardState.choices)

    class Meta:
        model = Scorecard
        fields = ["edition", "round", "entry", "state"]


class ScorecardViewSet(VisibleViewSet[Scorecard]):
    """Your own scorecards as a juror; all of a round for who runs it."""

    queryset = Scorecard.objects.none()
    serializer_class = ScorecardSerializer
    filterset_class = ScorecardFilter

    def visible(self) -> QuerySet[Scorecard]:
        cards = Scorecard.objects.visible_to(self.request.user)
        entry = "assignment__entry"
        return (
            cards.with_progress()
            .with_marks()
            .prefetch_related(
                f"{entry}__answers__question",
                f"{entry}__attachments",
                f"{entry}__startup__organisation__memberships__user",
            )
            .order_by("pk")
        )

    @extend_schema(request=ScorecardDraftSerializer, responses={200: ScorecardSerializer, 409: RefusalSerializer})
    def partial_update(self, request: ApiRequest, pk: int | None = None) -> Response:
        """Saves a draft. 409 with what is kept now when `version` is not the scorecard's."""
        card = self.get_object()
        given = checked(ScorecardDraftSerializer, request)
        criteria = dict(card.assignment.round.criteria.values_list("code", "pk"))
        unknown = set(given.get("marks", {})) - set(criteria)
        if unknown:
            raise serializers.ValidationError(
                {
                    "marks": [
                        _("This round has no criterion “%(code)s”.") % {"code": code[:40]} for code in sorted(unknown)
                    ]
                }
            )
        save_scorecard(
            by=request.user,
            scorecard=card,
            version=given["version"],
            marks={criteria[code]: value for code, value in given.get("marks", {}).items()},
            comment=given.get("comment", card.comment),
            private_note=given.get("private_note", card.private_note),
        )
        return self.answer(card.pk)

    @extend_schema(request=ScorecardVersionSerializer, responses={200: ScorecardSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def submit(self, request: ApiRequest, pk: int | None = None) -> Response:
        """Hands the scorecard in."""
        card = self.get_object()
        version = checked(ScorecardVersionSerializer, request)["version"]
        submit_scorecard(by=request.user, scorecard=card, version=version)
        return self.answer(card.pk)

    def current_of(self, refusal: Refusal) -> Any:
        """What a stale save must be compared with."""
        if isinstance(refusal, StaleScorecard):
            return self.get_serializer(self.get_queryset().get(pk=refusal.scorecard.pk)).data
        return None


class TieSerializer(serializers.Serializer[Any]):
    """Of an entry whose result others have, too: how many `others`, from how many of them nothing told it apart
    (`equal`), and `kind` and
    `code` of the rule that told it apart from the rest, `rule` what it is called (empty where none did)."""

    others = serializers.IntegerField()
    equal = serializers.IntegerField()
    kind = serializers.CharField()
    code = serializers.CharField()
    rule = serializers.CharField()


class StandingSerializer(serializers.ModelSerializer[Standing]):
    """`entry_code`, `total`, `final`, `scorecards`, `reason` and `tie` are for the entry's own team and for who runs
    the round; null for anybody else, who reads who goes on."""

    edition = serializers.SlugField(source="round.edition.slug", read_only=True)
    startup = serializers.CharField(source="entry.startup.organisation.name", read_only=True)
    city: serializers.SlugRelatedField[Any] = serializers.SlugRelatedField(
        "slug", source="entry.city", read_only=True, allow_null=True
    )
    entry_code = serializers.SerializerMethodField()
    total = serializers.SerializerMethodField()
    final = serializers.SerializerMethodField()
    scorecards = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()
    tie = serializers.SerializerMethodField()

    class Meta:
        model = Standing
        fields = [
            "id",
            "edition",
            "round",
            "startup",
            "city",
            "entry_code",
            "rank",
            "place",
            "advances",
            "total",
            "final",
            "scorecards",
            "reason",
            "tie",
        ]

    def get_entry_code(self, standing: Standing) -> str | None:
        return standing.entry.code if standing.shows_figures else None

    def get_total(self, standing: Standing) -> str | None:
        return standing.total if standing.shows_figures else None

    def get_final(self, standing: Standing) -> str | None:
        return standing.final if standing.shows_figures else None

    def get_scorecards(self, standing: Standing) -> int | None:
        return standing.scorecards if standing.shows_figures else None

    @extend_schema_field(serializers.DictField(allow_null=True))
    def get_reason(self, standing: Standing) -> dict[str, object] | None:
        return standing.reason if standing.shows_figures else None

    @extend_schema_field(TieSerializer(allow_null=True))
    def get_tie(self, standing: Standing) -> dict[Any, Any] | None:
        if not standing.tie or not standing.shows_figures:
            return None
        tie = standing.tie
        rule = link_words(tie["kind"], tie["code"], {}) if tie["kind"] else ""
        return {**tie, "others": int(tie["others"]), "equal": int(tie["equal"]), "rule": rule}


class StandingFilter(django_filters.FilterSet):
    edition = django_filters.CharFilter("round__edition__slug")
    city = django_filters.CharFilter("entry__city__slug")

    class Meta:
        model = Standing
        fields = ["edition", "round", "city", "advances"]


class StandingViewSet(VisibleViewSet[Standing]):
    """Closed rounds for who runs them; published ones for everybody: who goes on, and your own entry with its figures.
    The last round's once the awards are given."""

    queryset = Standing.objects.none()
    serializer_class = StandingSerializer
    filterset_class = StandingFilter

    def visible(self) -> QuerySet[Standing]:
        user = self.request.user
        run = Round.objects.run_by(user).filter(pk=OuterRef("round_id"))
        own = Entry.objects.of_team(user).filter(pk=OuterRef("entry_id"))
        rows = with_columns(Standing.objects.visible_to(user), shows_figures=Exists(run) | Exists(own))
        return rows.filter(Q(advances=True) | Q(shows_figures=True)).with_entries().order_by("round_id", "place", "pk")
