import django.db.models.deletion
import i18nfield.fields
from django.conf import settings
from django.db import migrations, models

import judging.models.live
import toolkit.codes
from toolkit.new_tables import CreateTogether


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contest", "0001_initial"),
        ("network", "0001_initial"),
    ]

    operations = [
        CreateTogether(
            creations=[
                migrations.CreateModel(
                    name="CalendarFeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "token",
                            models.CharField(
                                default=judging.models.live.new_feed_token, editable=False, max_length=64, unique=True
                            ),
                        ),
                        ("renewed_at", models.DateTimeField()),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calendar_feed",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="RoundRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("ballot", models.CharField(default="marks", max_length=16, verbose_name="what jurors give")),
                        (
                            "counting",
                            models.CharField(
                                default="positional", max_length=16, verbose_name="how ranked lists are counted"
                            ),
                        ),
                        (
                            "place_points",
                            models.JSONField(blank=True, default=list, verbose_name="points for the first places"),
                        ),
                        (
                            "list_least",
                            models.PositiveSmallIntegerField(
                                default=1, verbose_name="entries a juror has to rank, at least"
                            ),
                        ),
                        (
                            "list_most",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="entries a juror may rank, at most"
                            ),
                        ),
                        (
                            "duels_each",
                            models.PositiveSmallIntegerField(
                                default=20, verbose_name="pairs shown to each juror, at most"
                            ),
                        ),
                        (
                            "combine",
                            models.CharField(default="percent", max_length=16, verbose_name="how marks make a total"),
                        ),
                        (
                            "across",
                            models.CharField(default="mean", max_length=16, verbose_name="how jurors make one result"),
                        ),
                        (
                            "aggregate_at",
                            models.CharField(default="total", max_length=16, verbose_name="order of the two"),
                        ),
                        (
                            "trim",
                            models.PositiveSmallIntegerField(default=0, verbose_name="highest and lowest dropped"),
                        ),
                        (
                            "decimals",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="decimals the total is rounded to"
                            ),
                        ),
                        (
                            "decimals_criterion",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="decimals a criterion's result is rounded to"
                            ),
                        ),
                        (
                            "decimals_group",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="decimals a group's result is rounded to"
                            ),
                        ),
                        (
                            "final_decimals",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="decimals the result of all rounds is rounded to"
                            ),
                        ),
                        (
                            "threshold",
                            models.IntegerField(blank=True, null=True, verbose_name="total needed, thousandths"),
                        ),
                        (
                            "threshold_effect",
                            models.CharField(default="exclude", max_length=16, verbose_name="what a threshold does"),
                        ),
                        (
                            "blanks",
                            models.CharField(
                                default="left_out", max_length=16, verbose_name="an optional criterion left blank"
                            ),
                        ),
                        (
                            "min_scorecards",
                            models.PositiveSmallIntegerField(default=3, verbose_name="scorecards an entry needs"),
                        ),
                        (
                            "min_peer_scorecards",
                            models.PositiveSmallIntegerField(default=0, verbose_name="and of fellow applicants"),
                        ),
                        (
                            "correction",
                            models.CharField(default="none", max_length=16, verbose_name="correction between jurors"),
                        ),
                        (
                            "deviation",
                            models.CharField(
                                choices=[
                                    ("population", "of a whole (divided by n)"),
                                    ("sample", "of a sample (divided by n − 1)"),
                                ],
                                default="population",
                                max_length=16,
                                verbose_name="which standard deviation",
                            ),
                        ),
                        (
                            "correction_decimals",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="decimals a corrected result is rounded to"
                            ),
                        ),
                        (
                            "correction_min_marks",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="scorecards a juror needs to be corrected"
                            ),
                        ),
                        ("tie_chain", models.JSONField(blank=True, default=list, verbose_name="ties, in order")),
                        (
                            "advance_count",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="how many go on"),
                        ),
                        (
                            "advance_per_city",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="per city at most"),
                        ),
                        (
                            "advance_per_category",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="per category at most"
                            ),
                        ),
                        (
                            "wild_cards",
                            models.PositiveSmallIntegerField(default=0, verbose_name="wild cards at most, on top"),
                        ),
                        (
                            "all_tied_go_on",
                            models.BooleanField(default=False, verbose_name="all who are tied at the cut go on"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="round_rule_version")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Round",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", i18nfield.fields.I18nCharField(max_length=400, verbose_name="name")),
                        ("guidance", i18nfield.fields.I18nTextField(blank=True, verbose_name="guidance for jurors")),
                        ("order", models.PositiveSmallIntegerField(default=1)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being prepared"),
                                    ("open", "open"),
                                    ("closed", "closed, results frozen"),
                                    ("published", "published"),
                                ],
                                default="draft",
                                max_length=16,
                            ),
                        ),
                        ("opens_at", models.DateTimeField(verbose_name="jurors score from")),
                        ("closes_at", models.DateTimeField(verbose_name="jurors score until")),
                        (
                            "weight",
                            models.PositiveSmallIntegerField(
                                default=100, verbose_name="weight in the final result, per cent"
                            ),
                        ),
                        (
                            "jurors_per_entry",
                            models.PositiveSmallIntegerField(default=3, verbose_name="jurors per entry"),
                        ),
                        (
                            "load_min",
                            models.PositiveSmallIntegerField(default=0, verbose_name="entries per juror, at least"),
                        ),
                        (
                            "load_max",
                            models.PositiveSmallIntegerField(default=20, verbose_name="entries per juror, at most"),
                        ),
                        (
                            "assignment_rules",
                            models.JSONField(blank=True, default=list, verbose_name="rules of the assignment"),
                        ),
                        (
                            "category_demand",
                            models.JSONField(blank=True, default=dict, verbose_name="jurors per entry, by category"),
                        ),
                        (
                            "joins_jurors",
                            models.BooleanField(default=True, verbose_name="every juror shares entries with others"),
                        ),
                        (
                            "same_city_conflicts",
                            models.BooleanField(default=True, verbose_name="a juror never scores their own city"),
                        ),
                        (
                            "shows_names",
                            models.BooleanField(default=True, verbose_name="jurors see the start-up's name"),
                        ),
                        (
                            "others_marks",
                            models.CharField(
                                default="never", max_length=20, verbose_name="jurors see how the others marked an entry"
                            ),
                        ),
                        (
                            "recording_allowed",
                            models.BooleanField(
                                default=False, verbose_name="absent jurors may score from the recording"
                            ),
                        ),
                        (
                            "recording_until",
                            models.DateTimeField(blank=True, null=True, verbose_name="from the recording until"),
                        ),
                        ("is_calibration", models.BooleanField(default=False, verbose_name="practice round")),
                        ("preset", models.CharField(blank=True, max_length=60)),
                        ("asks", models.JSONField(blank=True, default=list)),
                        (
                            "opened_early",
                            models.CharField(blank=True, max_length=500, verbose_name="why it was opened early"),
                        ),
                        (
                            "closed_early",
                            models.CharField(blank=True, max_length=500, verbose_name="why it was closed early"),
                        ),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "feedback_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="teams read their feedback from"),
                        ),
                        ("feedback_told_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="network.city",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="contest.edition"
                            ),
                        ),
                        (
                            "rule",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="round",
                                to="judging.roundrule",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "round",
                        "ordering": ["edition", "order"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("city__isnull", True)),
                                fields=("edition", "order"),
                                name="round_order_once",
                            ),
                            models.UniqueConstraint(
                                fields=("edition", "city", "order"), name="round_order_once_in_a_city"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="round_window"
                            ),
                            models.CheckConstraint(condition=models.Q(("weight__lte", 100)), name="round_weight"),
                            models.CheckConstraint(
                                condition=models.Q(("load_min__lte", models.F("load_max"))), name="round_load"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["draft", "open", "closed", "published"])),
                                name="round_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_calibration", False),
                                    models.Q(("weight", 0), models.Q(("state", "published"), _negated=True)),
                                    _connector="OR",
                                ),
                                name="round_practice_never_counts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CriterionGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40)),
                        ("name", i18nfield.fields.I18nCharField(max_length=400, verbose_name="name")),
                        ("weight", models.PositiveIntegerField(default=1000, verbose_name="weight, thousandths")),
                        (
                            "ranking_weight",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="weight for the rank, thousandths"
                            ),
                        ),
                        (
                            "threshold",
                            models.IntegerField(blank=True, null=True, verbose_name="result needed, thousandths"),
                        ),
                        (
                            "combine",
                            models.CharField(blank=True, max_length=16, verbose_name="how its parts make a result"),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="children",
                                to="judging.criteriongroup",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="judging.round"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "group of criteria",
                        "verbose_name_plural": "groups of criteria",
                        "ordering": ["round", "order", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "code"), name="criterion_group_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(("weight__gt", 0)), name="criterion_group_weight"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("parent", models.F("id")), _negated=True),
                                name="criterion_group_not_in_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Criterion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40)),
                        ("name", i18nfield.fields.I18nCharField(max_length=400, verbose_name="name")),
                        ("guidance", i18nfield.fields.I18nTextField(blank=True, verbose_name="guidance")),
                        ("kind", models.CharField(default="score", max_length=16, verbose_name="what it does")),
                        ("weight", models.PositiveIntegerField(default=1000, verbose_name="weight, thousandths")),
                        (
                            "ranking_weight",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="weight for the rank, thousandths"
                            ),
                        ),
                        (
                            "cap",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="points at most, thousandths"
                            ),
                        ),
                        ("scale_min", models.IntegerField(default=0, verbose_name="lowest mark, thousandths")),
                        ("scale_max", models.IntegerField(default=5000, verbose_name="highest mark, thousandths")),
                        ("scale_step", models.PositiveIntegerField(default=1000, verbose_name="step, thousandths")),
                        ("anchors", models.JSONField(blank=True, default=dict)),
                        (
                            "threshold",
                            models.IntegerField(blank=True, null=True, verbose_name="mark needed, thousandths"),
                        ),
                        (
                            "comment_below",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="comment asked for marks below, thousandths"
                            ),
                        ),
                        (
                            "comment_above",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="comment asked for marks above, thousandths"
                            ),
                        ),
                        ("is_required", models.BooleanField(default=True, verbose_name="required")),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "categories",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="contest.category", verbose_name="only for entries in"
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="criteria",
                                to="judging.criteriongroup",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="judging.round"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "criterion",
                        "verbose_name_plural": "criteria",
                        "ordering": ["round", "order", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "code"), name="criterion_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(("scale_max__gt", models.F("scale_min"))), name="criterion_scale"
                            ),
                            models.CheckConstraint(condition=models.Q(("scale_step__gt", 0)), name="criterion_step"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Juror",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("jury", "jury"), ("peer", "fellow applicant")],
                                default="jury",
                                max_length=16,
                                verbose_name="seat",
                            ),
                        ),
                        ("code", models.CharField(default=toolkit.codes.new_code, max_length=8)),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("full_name", models.CharField(max_length=150, verbose_name="name")),
                        ("languages", models.JSONField(default=list, verbose_name="languages")),
                        ("groups", models.JSONField(blank=True, default=list, verbose_name="groups")),
                        (
                            "load_max",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="entries at most"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("invited", "invited"),
                                    ("active", "on the jury"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="invited",
                                max_length=16,
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.city",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="jurors", to="contest.edition"
                            ),
                        ),
                        (
                            "expertise",
                            models.ManyToManyField(
                                blank=True, related_name="experts", to="contest.category", verbose_name="knows"
                            ),
                        ),
                        (
                            "for_city",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="jurors",
                                to="network.city",
                                verbose_name="selection of",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="network.organisation",
                            ),
                        ),
                        (
                            "own_entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="peer_seats",
                                to="contest.entry",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="jury_seats",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "juror",
                        "ordering": ["full_name"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("for_city__isnull", True)),
                                fields=("edition", "email"),
                                name="juror_once_per_edition",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("for_city__isnull", True)),
                                fields=("edition", "user"),
                                name="juror_user_once_per_edition",
                            ),
                            models.UniqueConstraint(
                                fields=("edition", "for_city", "email"), name="juror_once_per_city"
                            ),
                            models.UniqueConstraint(
                                fields=("edition", "for_city", "user"), name="juror_user_once_per_city"
                            ),
                            models.UniqueConstraint(fields=("edition", "code"), name="juror_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["invited", "active", "declined", "withdrawn"])),
                                name="juror_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "jury"), ("own_entry__isnull", True)),
                                    models.Q(("kind", "peer"), ("own_entry__isnull", False)),
                                    _connector="OR",
                                ),
                                name="juror_peer_has_an_entry",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Conflict",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("same_person", "same person"),
                                    ("same_organisation", "same organisation"),
                                    ("same_city", "same city"),
                                    ("same_domain", "same e-mail domain"),
                                    ("declared", "declared by the juror"),
                                    ("organiser", "set by the organiser"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conflicts",
                                to="contest.entry",
                            ),
                        ),
                        (
                            "juror",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conflicts",
                                to="judging.juror",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("juror", "entry"), name="conflict_once")],
                    },
                ),
                migrations.CreateModel(
                    name="LiveSession",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("starts_at", models.DateTimeField(verbose_name="begins")),
                        ("time_zone", models.CharField(max_length=64, verbose_name="time zone")),
                        (
                            "meeting_url",
                            models.URLField(blank=True, max_length=500, verbose_name="link to the video meeting"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being prepared"),
                                    ("published", "published"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="draft",
                                max_length=16,
                            ),
                        ),
                        (
                            "uid",
                            models.CharField(
                                default=judging.models.live.new_uid, editable=False, max_length=32, unique=True
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(default=0)),
                        ("timer_phase", models.PositiveSmallIntegerField(default=0)),
                        ("timer_elapsed", models.PositiveIntegerField(default=0)),
                        ("timer_since", models.DateTimeField(blank=True, null=True)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "notes",
                            models.TextField(blank=True, max_length=8000, verbose_name="notes of the deliberation"),
                        ),
                        ("notes_version", models.PositiveIntegerField(default=0)),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="chairs",
                                to="judging.juror",
                                verbose_name="chair",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="judging.round"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "live session",
                        "ordering": ["starts_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["draft", "published", "cancelled"])),
                                name="live_session_state",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Absence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "juror",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="absences", to="judging.juror"
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="absences",
                                to="judging.livesession",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("session", "juror"), name="absence_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Penalty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("breaches", models.PositiveSmallIntegerField(default=1, verbose_name="breaches")),
                        ("reason", models.CharField(max_length=1000, verbose_name="reason")),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="penalties",
                                to="judging.criterion",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="penalties",
                                to="contest.entry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("breaches__gte", 1)), name="penalty_breaches")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Result",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("file", models.TextField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("key", models.JSONField(default=dict)),
                        ("key_erased_at", models.DateTimeField(blank=True, null=True)),
                        ("key_erased_for", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                        ("closed_at", models.DateTimeField()),
                        (
                            "closed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "key_erased_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="results", to="judging.round"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round", "version"],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "version"), name="result_version_once"),
                            models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="result_version"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reopening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "waits for a second person"),
                                    ("confirmed", "confirmed"),
                                    ("declined", "declined"),
                                ],
                                default="proposed",
                                max_length=16,
                            ),
                        ),
                        ("reason", models.CharField(max_length=1000, verbose_name="reason")),
                        ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="jurors score until")),
                        ("proposed_at", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "result",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="judging.result"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reopenings",
                                to="judging.round",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "proposed")),
                                fields=("round",),
                                name="reopening_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["proposed", "confirmed", "declined"])),
                                name="reopening_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    models.Q(("answered_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="reopening_second_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RankedBallot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.JSONField(default=list)),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("saved_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "juror",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ranked_ballots",
                                to="judging.juror",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ranked_ballots",
                                to="judging.round",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("round", "juror"), name="ranked_ballot_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        ("leased_by", models.CharField(blank=True, max_length=80)),
                        ("failure", models.CharField(blank=True, max_length=500)),
                        ("failure_reason", models.JSONField(blank=True, default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("solving", "being computed"),
                                    ("proposed", "proposed"),
                                    ("applied", "applied"),
                                    ("discarded", "discarded"),
                                    ("failed", "failed"),
                                    ("replaced", "replaced by a newer plan"),
                                ],
                                default="solving",
                                max_length=16,
                            ),
                        ),
                        ("inputs", models.TextField()),
                        ("inputs_sha256", models.CharField(max_length=64)),
                        ("file", models.TextField(blank=True)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("is_optimal", models.BooleanField(null=True)),
                        ("progress", models.JSONField(blank=True, default=dict)),
                        ("made_at", models.DateTimeField()),
                        ("applied_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "applied_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="plans", to="judging.round"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["solving", "proposed", "applied", "discarded", "failed", "replaced"])
                                ),
                                name="plan_state",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PairRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=16)),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pair_rules",
                                to="contest.entry",
                            ),
                        ),
                        (
                            "juror",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pair_rules",
                                to="judging.juror",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pair_rules",
                                to="judging.round",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "juror", "entry"), name="pair_rule_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Minutes",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        ("leased_by", models.CharField(blank=True, max_length=80)),
                        ("failure", models.CharField(blank=True, max_length=500)),
                        ("failure_reason", models.JSONField(blank=True, default=dict)),
                        ("language", models.CharField(max_length=8)),
                        ("version", models.PositiveSmallIntegerField()),
                        ("frozen", models.JSONField()),
                        ("frozen_sha256", models.CharField(max_length=64)),
                        ("file", models.FileField(blank=True, max_length=200, upload_to="minutes/")),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("asked_at", models.DateTimeField()),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="judging.round"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round", "-version", "language"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "language", "version"), name="minutes_version_once"
                            ),
                            models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="minutes_version"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Duel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contest.entry"
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contest.entry"
                            ),
                        ),
                        (
                            "winner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="contest.entry",
                                verbose_name="the better one",
                            ),
                        ),
                        (
                            "juror",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="duels", to="judging.juror"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="duels", to="judging.round"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "juror", "first", "second"), name="duel_once"),
                            models.CheckConstraint(
                                condition=models.Q(("first", models.F("second")), _negated=True), name="duel_of_two"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("winner__isnull", True),
                                    ("winner", models.F("first")),
                                    ("winner", models.F("second")),
                                    _connector="OR",
                                ),
                                name="duel_winner",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Departure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("withdrawn", "withdrawn by its team"),
                                    ("ineligible", "found not eligible"),
                                    ("released", "no longer among those that the round chooses from"),
                                    ("tie", "a tie with the juror became known"),
                                ],
                                max_length=16,
                                verbose_name="why",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("seen_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="departures",
                                to="contest.entry",
                            ),
                        ),
                        (
                            "seen_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "juror",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="departures",
                                to="judging.juror",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="departures",
                                to="judging.round",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True), ("juror__isnull", True)),
                                fields=("round", "entry"),
                                name="departure_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("round", "entry", "juror"),
                                name="departure_once_for_a_juror",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("why__in", ["withdrawn", "ineligible", "released", "tie"])),
                                name="departure_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("juror__isnull", True), ("why", "tie"), _connector="XOR"),
                                name="departure_tie_has_a_juror",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CutDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("wild_card", "goes on by a wild card"),
                                    ("keep", "stays in although below what is needed"),
                                    ("drop", "stops, below what is needed"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("reason", models.CharField(max_length=1000, verbose_name="reason")),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cut_decisions",
                                to="contest.entry",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cut_decisions",
                                to="judging.round",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["wild_card", "keep", "drop"])),
                                name="cut_decision_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Computed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        ("leased_by", models.CharField(blank=True, max_length=80)),
                        ("failure", models.CharField(blank=True, max_length=500)),
                        ("failure_reason", models.JSONField(blank=True, default=dict)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("standings", "standings"), ("statistics", "agreement and stability")],
                                max_length=16,
                            ),
                        ),
                        ("stamp", models.CharField(max_length=64)),
                        ("data", models.TextField(blank=True)),
                        ("asked_at", models.DateTimeField()),
                        ("made_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="computed", to="judging.round"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round", "kind"],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "kind"), name="computed_once"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["standings", "statistics"])), name="computed_kind"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BallotImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("solving", "being computed"),
                                    ("proposed", "proposed"),
                                    ("applied", "applied"),
                                    ("discarded", "discarded"),
                                    ("failed", "failed"),
                                    ("replaced", "replaced by a newer plan"),
                                ],
                                default="proposed",
                                max_length=16,
                            ),
                        ),
                        ("file", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField()),
                        ("applied_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "juror",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ballot_imports",
                                to="judging.juror",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ballot_imports",
                                to="judging.round",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "proposed")),
                                fields=("round", "juror"),
                                name="ballot_import_one_waits",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="contest.entry",
                            ),
                        ),
                        (
                            "juror",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="judging.juror",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="judging.plan",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="judging.round",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "juror", "entry"), name="assignment_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RuleVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField()),
                        ("rule", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("set_aside", models.JSONField(default=list)),
                        ("reason", models.CharField(max_length=1000, verbose_name="reason")),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="former_rules",
                                to="judging.round",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round", "version"],
                        "constraints": [models.UniqueConstraint(fields=("round", "version"), name="rule_version_once")],
                    },
                ),
                migrations.CreateModel(
                    name="SampleEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("reference", models.JSONField(blank=True, default=dict)),
                        ("comment", models.TextField(blank=True, max_length=2000, verbose_name="why these marks")),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="samples", to="contest.entry"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="samples", to="judging.round"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round", "order", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "entry"), name="sample_once_per_round")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Scorecard",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "to do"), ("submitted", "submitted"), ("recused", "recused")],
                                default="draft",
                                max_length=16,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "comment",
                            models.TextField(blank=True, max_length=4000, verbose_name="comment for the start-up"),
                        ),
                        (
                            "private_note",
                            models.TextField(blank=True, max_length=4000, verbose_name="note for yourself"),
                        ),
                        ("saved_at", models.DateTimeField(blank=True, null=True)),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("recusal_reason", models.CharField(blank=True, max_length=500)),
                        (
                            "assignment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scorecard",
                                to="judging.assignment",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["draft", "submitted", "recused"])),
                                name="scorecard_state",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("value", models.IntegerField(null=True)),
                        ("not_applicable", models.BooleanField(default=False)),
                        ("comment", models.TextField(blank=True, max_length=2000, verbose_name="why this mark")),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="judging.criterion",
                            ),
                        ),
                        (
                            "scorecard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="marks",
                                to="judging.scorecard",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("scorecard", "criterion"), name="mark_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("not_applicable", True), ("value__isnull", True)),
                                    models.Q(("not_applicable", False), ("value__isnull", False)),
                                    _connector="OR",
                                ),
                                name="mark_or_not_applicable",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommentReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField()),
                        ("is_released", models.BooleanField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "scorecard",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review",
                                to="judging.scorecard",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SetAside",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("submitted", "the scorecard was submitted already"),
                                    ("recused", "the juror had stepped back"),
                                    ("tie", "the juror may no longer read the entry"),
                                    ("left", "the entry had left the round"),
                                    ("late", "the time had run out"),
                                    ("closed", "the round was closed"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("base", models.PositiveIntegerField()),
                        ("marks", models.JSONField(default=dict)),
                        ("texts", models.JSONField(default=dict)),
                        ("sha256", models.CharField(max_length=64)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "settled_as",
                            models.CharField(
                                blank=True,
                                choices=[("taken", "taken over by the juror"), ("left", "left aside by the juror")],
                                max_length=16,
                            ),
                        ),
                        (
                            "scorecard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="set_aside",
                                to="judging.scorecard",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-received_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("scorecard", "sha256"), name="set_aside_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("why__in", ["submitted", "recused", "tie", "left", "late", "closed"])
                                ),
                                name="set_aside_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_as", ""), ("settled_at__isnull", True)),
                                    models.Q(("settled_as__in", ["taken", "left"]), ("settled_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="set_aside_settled",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Slot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        ("pitch_minutes", models.PositiveSmallIntegerField(verbose_name="minutes to pitch")),
                        (
                            "questions_minutes",
                            models.PositiveSmallIntegerField(default=0, verbose_name="minutes for questions"),
                        ),
                        (
                            "recording_url",
                            models.URLField(blank=True, max_length=500, verbose_name="link to the recording"),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="slots",
                                to="contest.entry",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="slots",
                                to="judging.livesession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["session", "order", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("session", "entry"), name="slot_entry_once"),
                            models.CheckConstraint(condition=models.Q(("pitch_minutes__gt", 0)), name="slot_length"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Standing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rank", models.PositiveSmallIntegerField(null=True, verbose_name="rank")),
                        ("place", models.PositiveSmallIntegerField()),
                        ("total", models.CharField(blank=True, max_length=255, verbose_name="total of the round")),
                        ("final", models.CharField(blank=True, max_length=255, verbose_name="result carried on")),
                        ("scorecards", models.PositiveSmallIntegerField()),
                        ("advances", models.BooleanField(default=False, verbose_name="goes on")),
                        ("reason", models.JSONField(default=dict)),
                        ("tie", models.JSONField(blank=True, default=dict)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standings",
                                to="contest.entry",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standings",
                                to="judging.round",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["round", "place"],
                        "constraints": [models.UniqueConstraint(fields=("round", "entry"), name="standing_once")],
                    },
                ),
                migrations.CreateModel(
                    name="TieDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("entries", models.JSONField()),
                        ("reason", models.CharField(max_length=1000, verbose_name="reason")),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tie_decisions",
                                to="judging.round",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Award",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", i18nfield.fields.I18nCharField(max_length=400, verbose_name="award")),
                        ("citation", i18nfield.fields.I18nTextField(blank=True, verbose_name="citation")),
                        ("rank", models.PositiveSmallIntegerField(verbose_name="rank")),
                        ("granted_at", models.DateTimeField()),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="contest.edition"
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="contest.entry"
                            ),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "award",
                        "ordering": ["edition", "rank", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "entry"), name="award_once_per_entry")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EntryFact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40)),
                        ("value", models.IntegerField()),
                        ("source", models.CharField(max_length=500, verbose_name="how it is known")),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="facts", to="contest.entry"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["code", "id"],
                        "constraints": [models.UniqueConstraint(fields=("entry", "code"), name="entry_fact_once")],
                    },
                ),
            ],
        ),
    ]
