import django.db.models.deletion
import i18nfield.fields
from django.conf import settings
from django.db import migrations, models

import toolkit.codes
from toolkit.new_tables import CreateTogether


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("network", "0001_initial"),
        ("network", "__first__"),
    ]

    operations = [
        CreateTogether(
            creations=[
                migrations.CreateModel(
                    name="Edition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(unique=True, verbose_name="address")),
                        ("name", i18nfield.fields.I18nCharField(max_length=400, verbose_name="name")),
                        ("summary", i18nfield.fields.I18nTextField(blank=True, verbose_name="summary")),
                        ("rules_text", i18nfield.fields.I18nTextField(blank=True, verbose_name="rules")),
                        ("rules_version", models.PositiveIntegerField(default=1, verbose_name="version of the rules")),
                        (
                            "time_zone",
                            models.CharField(
                                default="Europe/Paris", max_length=64, verbose_name="time zone of the deadlines"
                            ),
                        ),
                        ("call_opens", models.DateTimeField(blank=True, null=True, verbose_name="call opens")),
                        ("call_closes", models.DateTimeField(blank=True, null=True, verbose_name="call closes")),
                        (
                            "nominations_close",
                            models.DateTimeField(blank=True, null=True, verbose_name="cities choose until"),
                        ),
                        ("final_from", models.DateField(blank=True, null=True, verbose_name="final, first day")),
                        ("final_until", models.DateField(blank=True, null=True, verbose_name="final, last day")),
                        ("final_place", models.CharField(blank=True, max_length=150, verbose_name="final, place")),
                        ("reference_date", models.DateField(blank=True, null=True, verbose_name="age is measured on")),
                        (
                            "max_age_years",
                            models.PositiveSmallIntegerField(default=8, verbose_name="younger than (years)"),
                        ),
                        (
                            "quota_sent",
                            models.PositiveSmallIntegerField(default=5, verbose_name="start-ups a city may send"),
                        ),
                        (
                            "quota_competing",
                            models.PositiveSmallIntegerField(default=3, verbose_name="of which may compete"),
                        ),
                        (
                            "entries_announced",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="start-ups announced"),
                        ),
                        (
                            "cities_announced",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="cities announced"),
                        ),
                        (
                            "facts",
                            models.JSONField(
                                blank=True, default=dict, help_text="published facts and their sources, of an archive"
                            ),
                        ),
                        ("is_public", models.BooleanField(default=False, verbose_name="shown to the public")),
                        ("is_archive", models.BooleanField(default=False, verbose_name="archive: facts only")),
                        ("is_sample", models.BooleanField(default=False, verbose_name="sample data")),
                        ("results_published_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name": "edition",
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("quota_competing__lte", models.F("quota_sent"))),
                                name="edition_quotas",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("call_closes__gt", models.F("call_opens"))),
                                name="edition_call_window",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Category",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="categories",
                                to="contest.edition",
                            ),
                        ),
                        ("code", models.SlugField(max_length=40)),
                        ("name", i18nfield.fields.I18nCharField(max_length=400, verbose_name="name")),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "category",
                        "verbose_name_plural": "categories",
                        "ordering": ["order", "id"],
                        "constraints": [models.UniqueConstraint(fields=("edition", "code"), name="category_code_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40)),
                        ("text", i18nfield.fields.I18nCharField(max_length=1000, verbose_name="question")),
                        ("help", i18nfield.fields.I18nCharField(blank=True, max_length=1000, verbose_name="help")),
                        ("kind", models.CharField(default="long", max_length=16, verbose_name="kind")),
                        ("choices", models.JSONField(blank=True, default=list)),
                        ("max_chars", models.PositiveIntegerField(default=1000, verbose_name="characters at most")),
                        ("is_required", models.BooleanField(default=True, verbose_name="required")),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="contest.edition",
                            ),
                        ),
                        ("names_team", models.BooleanField(default=False, verbose_name="the answer may name the team")),
                    ],
                    options={
                        "verbose_name": "question",
                        "ordering": ["order", "id"],
                        "constraints": [models.UniqueConstraint(fields=("edition", "code"), name="question_code_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Startup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "organisation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="startup",
                                to="network.organisation",
                            ),
                        ),
                        ("founded_on", models.DateField(blank=True, null=True, verbose_name="founded on")),
                        (
                            "description",
                            models.TextField(blank=True, max_length=600, verbose_name="what you do, in two sentences"),
                        ),
                        (
                            "seat",
                            models.CharField(blank=True, max_length=150, verbose_name="town and country of the seat"),
                        ),
                        (
                            "has_prototype",
                            models.BooleanField(
                                default=False, verbose_name="proof of concept or minimum viable product"
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("once", models.CharField(editable=False, max_length=36, null=True, unique=True)),
                    ],
                    options={
                        "verbose_name": "start-up",
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="contest.edition",
                            ),
                        ),
                        (
                            "startup",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="contest.startup",
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="network.city",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="contest.category",
                            ),
                        ),
                        ("code", models.CharField(default=toolkit.codes.new_code, max_length=8, verbose_name="code")),
                        ("title", models.CharField(blank=True, max_length=150, verbose_name="title")),
                        ("summary", models.TextField(blank=True, max_length=1500, verbose_name="pitch")),
                        (
                            "language",
                            models.CharField(default="en", max_length=8, verbose_name="language of the pitch"),
                        ),
                        ("video_url", models.URLField(blank=True, verbose_name="video")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("eligible", "eligible"),
                                    ("ineligible", "not eligible"),
                                    ("nominated", "nominated"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="draft",
                                max_length=16,
                                verbose_name="state",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("rules_version", models.PositiveIntegerField(blank=True, null=True)),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("help_asked_at", models.DateTimeField(blank=True, null=True)),
                        ("submitted_version", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        "verbose_name": "entry",
                        "verbose_name_plural": "entries",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "startup"), name="entry_once_per_edition"),
                            models.UniqueConstraint(fields=("edition", "code"), name="entry_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["draft", "submitted", "eligible", "ineligible", "nominated", "withdrawn"],
                                    )
                                ),
                                name="entry_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "withdrawn"]),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="entry_submitted_at",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="contest.entry"
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="contest.question",
                            ),
                        ),
                        ("value", models.TextField(blank=True)),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("entry", "question"), name="answer_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
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
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="contest.entry",
                            ),
                        ),
                        ("kind", models.CharField(choices=[("deck", "pitch deck")], default="deck", max_length=16)),
                        ("file", models.FileField(max_length=200, upload_to="entries/%Y/")),
                        ("name", models.CharField(max_length=150, verbose_name="file name")),
                        ("size", models.PositiveIntegerField(verbose_name="bytes")),
                        ("pages", models.PositiveSmallIntegerField(null=True, verbose_name="pages")),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("prepared_at", models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("entry", "kind"), name="attachment_one_of_a_kind")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="contest.entry"
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="network.city"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        ("created_at", models.DateTimeField()),
                        ("upheld", models.BooleanField(blank=True, null=True)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decision_reason", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("entry", "city"), name="claim_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Screening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="screenings",
                                to="contest.entry",
                            ),
                        ),
                        ("eligible", models.BooleanField()),
                        ("reason", models.CharField(max_length=1000, verbose_name="reason")),
                        ("facts", models.JSONField(default=dict)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Nomination",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nominations",
                                to="contest.edition",
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nominations",
                                to="network.city",
                            ),
                        ),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nomination",
                                to="contest.entry",
                            ),
                        ),
                        ("slot", models.PositiveSmallIntegerField(verbose_name="place")),
                        (
                            "competing_slot",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="competing place"),
                        ),
                        ("reason", models.CharField(blank=True, max_length=1000, verbose_name="why this start-up")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "nomination",
                        "ordering": ["city", "slot"],
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "city", "slot"), name="nomination_slot_once"),
                            models.UniqueConstraint(
                                fields=("edition", "city", "competing_slot"), name="nomination_competing_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("slot__gte", 1),
                                    models.Q(
                                        ("competing_slot__isnull", True), ("competing_slot__gte", 1), _connector="OR"
                                    ),
                                ),
                                name="nomination_slots_positive",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
