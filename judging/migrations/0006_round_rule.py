"""What a round's rule consists of moves out of the round, into a row of its own. Forwards and back."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NAMES = [
    "ballot", "counting", "place_points", "list_least", "list_most", "duels_each", "combine", "across",
    "aggregate_at", "trim", "decimals", "decimals_criterion", "decimals_group", "final_decimals", "threshold",
    "threshold_effect", "blanks", "min_scorecards", "min_peer_scorecards", "correction", "deviation",
    "correction_decimals", "correction_min_marks", "tie_chain", "advance_count", "advance_per_city",
    "advance_per_category", "wild_cards", "all_tied_go_on",
]  # fmt: skip
MOVED = {"rule_version": "version", **{name: name for name in NAMES}}  # in the round: in its rule


def move_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Round, RoundRule = apps.get_model("judging", "Round"), apps.get_model("judging", "RoundRule")
    for round in Round.objects.order_by("pk"):
        rule = RoundRule.objects.create(**{new: getattr(round, old) for old, new in MOVED.items()})
        Round.objects.filter(pk=round.pk).update(rule=rule)
    settle(schema_editor)


def move_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Round, RoundRule = apps.get_model("judging", "Round"), apps.get_model("judging", "RoundRule")
    for round in Round.objects.select_related("rule").order_by("pk"):
        values = {old: getattr(round.rule, new) for old, new in MOVED.items()}
        Round.objects.filter(pk=round.pk).update(rule=None, **values)
    RoundRule.objects.all().delete()
    settle(schema_editor)


def settle(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """PostgreSQL changes no table on which it still has keys to check."""
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):
    dependencies = [
        ("judging", "0005_criterion_kind_is_a_plain_code"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoundRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(default=1)),
                (
                    "ballot",
                    models.CharField(
                        choices=[
                            ("marks", "marks by criterion"),
                            ("ranking", "ranked lists"),
                            ("duels", "pairs compared"),
                        ],
                        default="marks",
                        max_length=16,
                        verbose_name="what jurors give",
                    ),
                ),
                (
                    "counting",
                    models.CharField(
                        choices=[
                            ("points", "points for the first places"),
                            ("positional", "points for every place (Borda's count)"),
                            ("copeland", "every two entries compared (Copeland's method)"),
                        ],
                        default="positional",
                        max_length=16,
                        verbose_name="how ranked lists are counted",
                    ),
                ),
                (
                    "place_points",
                    models.JSONField(blank=True, default=list, verbose_name="points for the first places"),
                ),
                (
                    "list_least",
                    models.PositiveSmallIntegerField(default=1, verbose_name="entries a juror has to rank, at least"),
                ),
                (
                    "list_most",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="entries a juror may rank, at most"
                    ),
                ),
                (
                    "duels_each",
                    models.PositiveSmallIntegerField(default=20, verbose_name="pairs shown to each juror, at most"),
                ),
                ("combine", models.CharField(default="percent", max_length=16, verbose_name="how marks make a total")),
                ("across", models.CharField(default="mean", max_length=16, verbose_name="how jurors make one result")),
                (
                    "aggregate_at",
                    models.CharField(
                        choices=[
                            ("total", "each juror's total first, then across jurors"),
                            ("criterion", "each criterion across jurors first, then the total"),
                        ],
                        default="total",
                        max_length=16,
                        verbose_name="order of the two",
                    ),
                ),
                ("trim", models.PositiveSmallIntegerField(default=0, verbose_name="highest and lowest dropped")),
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
                ("threshold", models.IntegerField(blank=True, null=True, verbose_name="total needed, thousandths")),
                (
                    "threshold_effect",
                    models.CharField(
                        choices=[("exclude", "below it an entry stops"), ("warn", "below it a person decides")],
                        default="exclude",
                        max_length=16,
                        verbose_name="what a threshold does",
                    ),
                ),
                (
                    "blanks",
                    models.CharField(
                        choices=[("left_out", "left out, with its weight"), ("zero", "counts as zero")],
                        default="left_out",
                        max_length=16,
                        verbose_name="an optional criterion left blank",
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
                    models.CharField(
                        choices=[
                            ("none", "none: marks count as given"),
                            ("rescale", "each juror's totals get the mean and the spread of all"),
                            ("evalato", "totals as distances from each juror's mean, stretched back to the scale"),
                            ("severity", "each juror's severity is estimated and taken out"),
                        ],
                        default="none",
                        max_length=16,
                        verbose_name="correction between jurors",
                    ),
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
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="per category at most"),
                ),
                ("wild_cards", models.PositiveSmallIntegerField(default=0, verbose_name="wild cards at most, on top")),
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
        migrations.AddField(
            model_name="round",
            name="rule",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="round", to="judging.roundrule"
            ),
        ),
        migrations.RunPython(move_out, move_back),
        migrations.AlterField(
            model_name="round",
            name="rule",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="round", to="judging.roundrule"
            ),
        ),
        *(migrations.RemoveField("round", name) for name in MOVED),
    ]
