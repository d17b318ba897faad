import django.db.models.deletion
import i18nfield.fields
from django.conf import settings
from django.db import migrations, models

import corridor.models.programmes
from toolkit.new_tables import CreateTogether


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contest", "0001_initial"),
        ("judging", "0001_initial"),
        ("network", "0001_initial"),
    ]

    operations = [
        CreateTogether(
            creations=[
                migrations.CreateModel(
                    name="Programme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(unique=True)),
                        ("name", i18nfield.fields.I18nCharField(max_length=400, verbose_name="name")),
                        ("months", models.PositiveSmallIntegerField(default=6, verbose_name="months")),
                        (
                            "start_day",
                            models.PositiveSmallIntegerField(
                                default=1, verbose_name="day of the month on which stays start"
                            ),
                        ),
                        ("first_start", models.DateField(verbose_name="first start")),
                        ("last_start", models.DateField(verbose_name="last start")),
                        ("wishes_close", models.DateTimeField(blank=True, null=True, verbose_name="wishes until")),
                        (
                            "time_zone",
                            models.CharField(default="Europe/Paris", max_length=64, verbose_name="time zone"),
                        ),
                        (
                            "home_city_allowed",
                            models.BooleanField(default=False, verbose_name="a stay in one's own city is allowed"),
                        ),
                        (
                            "placement_rule",
                            models.CharField(default="rank_first", max_length=16, verbose_name="rule of the placement"),
                        ),
                        (
                            "guest",
                            models.SlugField(default="startup", max_length=20, verbose_name="short word for the guest"),
                        ),
                        (
                            "guest_one",
                            i18nfield.fields.I18nCharField(
                                blank=True, max_length=200, verbose_name="what one guest is called"
                            ),
                        ),
                        (
                            "guest_many",
                            i18nfield.fields.I18nCharField(
                                blank=True, max_length=200, verbose_name="what several guests are called"
                            ),
                        ),
                        ("guest_is_person", models.BooleanField(default=False, verbose_name="the guest is a person")),
                        (
                            "parties",
                            models.JSONField(
                                default=corridor.models.programmes.usual_parties, verbose_name="who signs, in order"
                            ),
                        ),
                        ("eligibility", models.JSONField(blank=True, default=dict, verbose_name="who may go")),
                        ("is_public", models.BooleanField(default=False)),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "edition",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="programmes",
                                to="contest.edition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "programme",
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last_start__gte", models.F("first_start"))),
                                name="programme_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("start_day__gte", 1), ("start_day__lte", 28)),
                                name="programme_start_day",
                            ),
                            models.CheckConstraint(condition=models.Q(("months__gte", 1)), name="programme_months"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(max_length=60, unique=True, verbose_name="short name")),
                        ("kind", models.CharField(default="agreement", max_length=40, verbose_name="kind of document")),
                        ("guest", models.CharField(blank=True, max_length=20, verbose_name="guest")),
                        (
                            "host_country",
                            models.CharField(blank=True, max_length=2, verbose_name="country of the host"),
                        ),
                        ("name", i18nfield.fields.I18nCharField(max_length=400, verbose_name="name")),
                        ("is_sample", models.BooleanField(default=False)),
                        (
                            "programmes",
                            models.ManyToManyField(blank=True, related_name="templates", to="corridor.programme"),
                        ),
                    ],
                    options={
                        "verbose_name": "template",
                        "ordering": ["kind", "guest", "host_country", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationCall",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="applications open")),
                        ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="applications close")),
                        ("about", i18nfield.fields.I18nTextField(blank=True, verbose_name="what the programme is")),
                        (
                            "privacy",
                            i18nfield.fields.I18nTextField(blank=True, verbose_name="what happens with the data"),
                        ),
                        (
                            "keep_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="months for which applications are kept"
                            ),
                        ),
                        (
                            "order",
                            models.CharField(
                                choices=[
                                    ("by_hand", "the organiser gives each a rank, with the reason"),
                                    ("submitted", "in the order in which applications were submitted"),
                                ],
                                default="by_hand",
                                max_length=16,
                                verbose_name="order in which people are admitted",
                            ),
                        ),
                        (
                            "programme",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="call",
                                to="corridor.programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "call for applications",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                                name="application_call_window",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("order__in", ["by_hand", "submitted"])),
                                name="application_call_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Incubator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("description", i18nfield.fields.I18nTextField(blank=True, verbose_name="description")),
                        ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                        ("languages", models.JSONField(default=list, verbose_name="languages")),
                        ("services", models.JSONField(default=list, verbose_name="services")),
                        ("sectors", models.JSONField(blank=True, default=list, verbose_name="sectors")),
                        (
                            "arrivals_per_month",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="teams that may arrive in a month"
                            ),
                        ),
                        ("signatory_name", models.CharField(blank=True, max_length=150, verbose_name="who signs")),
                        (
                            "signatory_role",
                            models.CharField(blank=True, max_length=150, verbose_name="in which capacity"),
                        ),
                        (
                            "authority",
                            i18nfield.fields.I18nCharField(blank=True, max_length=800, verbose_name="by virtue of"),
                        ),
                        ("is_open", models.BooleanField(default=True, verbose_name="takes part in the corridor")),
                        (
                            "organisation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="incubator",
                                to="network.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "incubator",
                        "ordering": ["organisation__name"],
                    },
                ),
                migrations.CreateModel(
                    name="Blackout",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts", models.DateField(verbose_name="from")),
                        ("ends", models.DateField(verbose_name="until (that day not included)")),
                        (
                            "arrivals_only",
                            models.BooleanField(default=False, verbose_name="only arrivals are excluded"),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        (
                            "incubator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="blackouts",
                                to="corridor.incubator",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "closed days",
                        "ordering": ["starts", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("starts"))), name="blackout_window"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Candidate",
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
                                    ("waiting", "waiting for a place"),
                                    ("placed", "placed"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="waiting",
                                max_length=16,
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("rank", models.PositiveSmallIntegerField(verbose_name="rank")),
                        ("people", models.PositiveSmallIntegerField(default=1, verbose_name="people who travel")),
                        ("earliest_start", models.DateField(blank=True, null=True, verbose_name="earliest start")),
                        ("latest_start", models.DateField(blank=True, null=True, verbose_name="latest start")),
                        ("languages", models.JSONField(default=list)),
                        ("nationalities", models.JSONField(blank=True, default=list, verbose_name="nationalities")),
                        ("priority", models.PositiveIntegerField(default=1, verbose_name="priority")),
                        ("needs", models.TextField(blank=True, max_length=1000, verbose_name="needs")),
                        ("wishes_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "award",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidate",
                                to="judging.award",
                            ),
                        ),
                        (
                            "home_city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidates",
                                to="network.city",
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
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidates",
                                to="corridor.programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "candidate",
                        "ordering": ["programme", "rank", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("programme", "organisation"), name="candidate_once"),
                            models.UniqueConstraint(fields=("programme", "user"), name="candidate_person_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("organisation__isnull", True), ("user__isnull", True), _connector="OR"
                                ),
                                name="candidate_body_or_person",
                            ),
                            models.CheckConstraint(condition=models.Q(("people__gte", 1)), name="candidate_people"),
                            models.CheckConstraint(
                                condition=models.Q(("priority__lte", 1000000)), name="candidate_priority"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "placed", "withdrawn"])),
                                name="candidate_state",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlacementPlan",
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
                        ("change_first", models.BooleanField(default=False)),
                        ("decided_on", models.DateField(null=True)),
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
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="plans",
                                to="corridor.programme",
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
                                name="placementplan_state",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Stay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts", models.DateField(verbose_name="from")),
                        ("ends", models.DateField(verbose_name="until (that day not included)")),
                        ("desks", models.PositiveSmallIntegerField(default=1, verbose_name="desks")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("accepted", "accepted by both sides"),
                                    ("confirmed", "agreement signed"),
                                    ("declined", "declined"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="proposed",
                                max_length=16,
                            ),
                        ),
                        ("is_pinned", models.BooleanField(default=False)),
                        ("reason", models.JSONField(default=dict)),
                        ("accepted_by_host_at", models.DateTimeField(blank=True, null=True)),
                        ("accepted_by_team_at", models.DateTimeField(blank=True, null=True)),
                        ("asked_starts", models.DateField(blank=True, null=True)),
                        ("asked_ends", models.DateField(blank=True, null=True)),
                        ("asked_desks", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("promised", models.JSONField(blank=True, default=list)),
                        ("decline_reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                        ("host_since", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        (
                            "candidate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stays",
                                to="corridor.candidate",
                            ),
                        ),
                        (
                            "incubator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stays",
                                to="corridor.incubator",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stays",
                                to="corridor.placementplan",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stays",
                                to="corridor.programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "stay",
                        "ordering": ["starts", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("starts"))), name="stay_window"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["proposed", "accepted", "confirmed", "declined", "cancelled"])
                                ),
                                name="stay_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("asked_desks__isnull", True),
                                        ("asked_ends__isnull", True),
                                        ("asked_starts__isnull", True),
                                    ),
                                    models.Q(
                                        ("asked_desks__gte", 1),
                                        ("asked_ends__gt", models.F("asked_starts")),
                                        ("asked_starts__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="stay_asked_whole",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["proposed", "accepted", "confirmed"])),
                                fields=("candidate",),
                                name="stay_one_per_candidate",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
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
                        ("year", models.PositiveSmallIntegerField()),
                        ("number", models.PositiveIntegerField()),
                        ("language", models.CharField(max_length=8, verbose_name="language")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("drafted", "being prepared"),
                                    ("issued", "to be signed"),
                                    ("signed", "signed by all"),
                                    ("executed", "executed"),
                                    ("void", "void"),
                                ],
                                default="drafted",
                                max_length=16,
                            ),
                        ),
                        ("frozen", models.JSONField()),
                        ("frozen_sha256", models.CharField(max_length=64)),
                        ("code", models.CharField(blank=True, max_length=16)),
                        ("kind", models.CharField(default="agreement", max_length=40)),
                        ("place", models.PositiveSmallIntegerField(default=0)),
                        ("issued_file", models.FileField(blank=True, max_length=200, upload_to="agreements/%Y/")),
                        ("issued_sha256", models.CharField(blank=True, db_index=True, max_length=64)),
                        ("issued_at", models.DateTimeField(blank=True, null=True)),
                        ("executed_file", models.FileField(blank=True, max_length=200, upload_to="agreements/%Y/")),
                        ("executed_sha256", models.CharField(blank=True, db_index=True, max_length=64)),
                        ("executed_at", models.DateTimeField(blank=True, null=True)),
                        ("seal", models.JSONField(blank=True, default=dict)),
                        ("void_reason", models.CharField(blank=True, max_length=500)),
                        ("drafted_at", models.DateTimeField()),
                        (
                            "base",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="corridor.agreement",
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="successors",
                                to="corridor.agreement",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="corridor.programme",
                            ),
                        ),
                        (
                            "stay",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="corridor.stay",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "agreement",
                        "ordering": ["-year", "-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("programme", "year", "number"), name="agreement_number_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("base__isnull", True), models.Q(("state", "void"), _negated=True)),
                                fields=("stay",),
                                name="agreement_one_in_force_per_stay",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("base__isnull", False), ("state__in", ["drafted", "issued", "signed"])
                                ),
                                fields=("stay",),
                                name="agreement_one_open_change_per_stay",
                            ),
                            models.UniqueConstraint(fields=("base", "place"), name="agreement_place_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("base__isnull", True), ("place", 0)),
                                    models.Q(("base__isnull", False), ("place__gte", 1)),
                                    _connector="OR",
                                ),
                                name="agreement_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["drafted", "issued", "signed", "executed", "void"])),
                                name="agreement_state",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChangeRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "party",
                            models.CharField(
                                choices=[
                                    ("host", "host incubator"),
                                    ("startup", "start-up"),
                                    ("guest", "guest"),
                                    ("city", "home city"),
                                    ("network", "network"),
                                    ("school", "school"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="what")),
                        ("proposal", models.JSONField(default=dict)),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "to be answered"),
                                    ("prepared", "document drafted"),
                                    ("declined", "declined"),
                                    ("taken_back", "taken back"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("answer", models.CharField(blank=True, max_length=500, verbose_name="answer")),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="requests",
                                to="corridor.agreement",
                            ),
                        ),
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
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="corridor.agreement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request for a change",
                        "ordering": ["-asked_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "prepared", "declined", "taken_back"])),
                                name="change_request_state",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("agreement", "party"),
                                name="change_request_one_open_per_party",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChecklistItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(blank=True, max_length=40)),
                        ("title", i18nfield.fields.I18nCharField(max_length=600, verbose_name="what")),
                        (
                            "owner",
                            models.CharField(
                                choices=[
                                    ("team", "guest"),
                                    ("host", "host"),
                                    ("city", "home city"),
                                    ("organiser", "organiser"),
                                ],
                                max_length=12,
                                verbose_name="who",
                            ),
                        ),
                        ("due", models.DateField(verbose_name="by")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "to do"), ("done", "done"), ("not_needed", "not needed")],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "settled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "stay",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checklist",
                                to="corridor.stay",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of the checklist",
                        "ordering": ["due", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("code", ""), _negated=True),
                                fields=("stay", "code"),
                                name="checklist_code_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "done", "not_needed"])),
                                name="checklist_state",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentAsked",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40)),
                        ("name", i18nfield.fields.I18nCharField(max_length=400, verbose_name="name")),
                        ("help", i18nfield.fields.I18nCharField(blank=True, max_length=1000, verbose_name="help")),
                        ("is_required", models.BooleanField(default=True, verbose_name="required")),
                        (
                            "for_hosts",
                            models.BooleanField(
                                default=False, verbose_name="the hosts that the person wishes read it too"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents_asked",
                                to="corridor.programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document",
                        "ordering": ["order", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("programme", "code"), name="document_asked_code_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HostAnnex",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="place in the list")),
                        ("texts", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("saved_at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "incubator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="annexes",
                                to="corridor.incubator",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "annex",
                        "ordering": ["incubator", "position", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="HostAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="place")),
                        ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
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
                            "candidate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="host_answers",
                                to="corridor.candidate",
                            ),
                        ),
                        (
                            "incubator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="corridor.incubator",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["incubator", "place", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("incubator", "candidate"), name="host_answer_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("place__gte", 1), ("reason", "")),
                                    models.Q(("place__isnull", True), models.Q(("reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="host_answer_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HostDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=150, verbose_name="title")),
                        ("file", models.FileField(max_length=200, upload_to="incubators/%Y/")),
                        ("sha256", models.CharField(max_length=64)),
                        ("uploaded_at", models.DateTimeField()),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "incubator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents",
                                to="corridor.incubator",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["title", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Incident",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        ("what", models.TextField(max_length=4000, verbose_name="what happened")),
                        ("done", models.TextField(blank=True, max_length=4000, verbose_name="what was done")),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "stay",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="incidents",
                                to="corridor.stay",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "incident",
                        "ordering": ["-day", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="LeadTime",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nationality", models.CharField(blank=True, max_length=2, verbose_name="nationality")),
                        ("host_country", models.CharField(max_length=2, verbose_name="host country")),
                        (
                            "days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="days before the start"
                            ),
                        ),
                        ("source", models.CharField(max_length=500, verbose_name="source")),
                        ("as_of", models.DateField(verbose_name="as of")),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                    ],
                    options={
                        "verbose_name": "lead time",
                        "ordering": ["host_country", "nationality"],
                        "constraints": [
                            models.UniqueConstraint(fields=("nationality", "host_country"), name="lead_time_once"),
                            models.CheckConstraint(
                                condition=models.Q(("source", ""), _negated=True), name="lead_time_source"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Letter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=4000, verbose_name="text")),
                        ("at", models.DateTimeField()),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "stay",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="letters", to="corridor.stay"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="MentorHour",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
                        ("mentor", models.CharField(max_length=150, verbose_name="mentor")),
                        ("about", models.CharField(blank=True, max_length=300, verbose_name="about")),
                        ("noted_at", models.DateTimeField()),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "stay",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentor_hours",
                                to="corridor.stay",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-day", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 1), ("minutes__lte", 1440)), name="mentor_minutes"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Opening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts", models.DateField(verbose_name="from")),
                        ("ends", models.DateField(verbose_name="until (that day not included)")),
                        ("desks", models.PositiveSmallIntegerField(verbose_name="desks")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        (
                            "incubator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="openings",
                                to="corridor.incubator",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "opening",
                        "ordering": ["starts", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("starts"))), name="opening_window"
                            ),
                            models.CheckConstraint(condition=models.Q(("desks__gte", 1)), name="opening_desks"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpeningBalance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sent", models.PositiveIntegerField(default=0, verbose_name="sent before")),
                        ("hosted", models.PositiveIntegerField(default=0, verbose_name="hosted before")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        (
                            "city",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.city"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "opening balance",
                        "ordering": ["city__name"],
                    },
                ),
                migrations.CreateModel(
                    name="Signature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "party",
                            models.CharField(
                                choices=[
                                    ("host", "host incubator"),
                                    ("startup", "start-up"),
                                    ("guest", "guest"),
                                    ("city", "home city"),
                                    ("network", "network"),
                                    ("school", "school"),
                                ],
                                max_length=16,
                                verbose_name="party",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        ("stand_in", models.JSONField(blank=True, default=dict)),
                        ("signer_name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                        ("signer_role", models.CharField(blank=True, max_length=150, verbose_name="capacity")),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("account", models.CharField(blank=True, max_length=450)),
                        ("time_zone", models.CharField(blank=True, max_length=64)),
                        ("document_sha256", models.CharField(blank=True, max_length=64)),
                        ("consent", models.TextField(blank=True)),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("typed", "typed name on this site"),
                                    ("file", "digital signature made elsewhere"),
                                    ("paper", "by hand on paper"),
                                ],
                                default="typed",
                                max_length=8,
                            ),
                        ),
                        ("file", models.FileField(blank=True, max_length=200, upload_to="agreements/%Y/")),
                        ("file_sha256", models.CharField(blank=True, db_index=True, max_length=64)),
                        ("outside", models.JSONField(blank=True, default=dict)),
                        ("second_step", models.CharField(blank=True, max_length=40)),
                        ("second_step_at", models.DateTimeField(blank=True, null=True)),
                        ("account_changes", models.JSONField(blank=True, null=True)),
                        ("ip_address", models.GenericIPAddressField(blank=True, null=True)),
                        ("user_agent", models.CharField(blank=True, max_length=300)),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signatures",
                                to="corridor.agreement",
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
                            "signatory",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["agreement", "order"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("organisation__isnull", False), ("user__isnull", True)),
                                    models.Q(("organisation__isnull", True), ("user__isnull", False)),
                                    _connector="OR",
                                ),
                                name="signature_body_or_person",
                            ),
                            models.UniqueConstraint(fields=("agreement", "party"), name="signature_once_per_party"),
                            models.UniqueConstraint(fields=("agreement", "order"), name="signature_order_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="signature_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperCopy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("file", models.FileField(max_length=200, upload_to="agreements/%Y/")),
                        ("sha256", models.CharField(max_length=64)),
                        ("pages", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "to be compared"),
                                    ("same", "nothing differs"),
                                    ("different", "something differs"),
                                ],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        ("uploaded_at", models.DateTimeField()),
                        ("compared_at", models.DateTimeField(blank=True, null=True)),
                        ("findings", models.JSONField(blank=True, default=list)),
                        (
                            "compared_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "signature",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="copies",
                                to="corridor.signature",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("signature",),
                                name="paper_copy_one_to_compare",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "same", "different"])),
                                name="paper_copy_state",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Preference",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rank", models.PositiveSmallIntegerField()),
                        (
                            "candidate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="preferences",
                                to="corridor.candidate",
                            ),
                        ),
                        (
                            "incubator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="preferences",
                                to="corridor.incubator",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["candidate", "rank"],
                        "constraints": [
                            models.UniqueConstraint(fields=("candidate", "incubator"), name="preference_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgrammeQuestion",
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
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="corridor.programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question",
                        "ordering": ["order", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("programme", "code"), name="programme_question_code_once")
                        ],
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
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        ("leased_by", models.CharField(blank=True, max_length=80)),
                        ("failure", models.CharField(blank=True, max_length=500)),
                        ("failure_reason", models.JSONField(blank=True, default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "being computed"), ("answered", "answered"), ("failed", "failed")],
                                default="asked",
                                max_length=16,
                            ),
                        ),
                        ("changes", models.JSONField(blank=True, default=list)),
                        ("progress", models.JSONField(blank=True, default=dict)),
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
                            "candidate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="corridor.candidate"
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="corridor.placementplan",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["plan", "candidate"],
                        "constraints": [models.UniqueConstraint(fields=("plan", "candidate"), name="question_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "party",
                            models.CharField(
                                choices=[
                                    ("host", "host incubator"),
                                    ("startup", "start-up"),
                                    ("guest", "guest"),
                                    ("city", "home city"),
                                    ("network", "network"),
                                    ("school", "school"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("told_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField(blank=True, null=True)),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="how")),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="receipts",
                                to="corridor.agreement",
                            ),
                        ),
                        (
                            "received_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["agreement", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("agreement", "party"), name="receipt_once_per_party"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("received_at__isnull", True), ("received_by__isnull", True)),
                                    models.Q(("received_at__isnull", False), ("received_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="receipt_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40)),
                        ("side", models.CharField(choices=[("team", "guest"), ("host", "host")], max_length=8)),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("filed", "filed")], default="draft", max_length=8
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=0)),
                        ("asked", models.JSONField()),
                        ("answers", models.JSONField(default=dict)),
                        ("saved_at", models.DateTimeField()),
                        ("filed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "filed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "stay",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="corridor.stay"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "report",
                        "ordering": ["stay", "code", "side", "version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("stay", "code", "side", "version"), name="report_version_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("stay", "code", "side"),
                                name="report_one_draft",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("filed_at__isnull", True), ("state", "draft")),
                                    models.Q(("filed_at__isnull", False), ("state", "filed")),
                                    _connector="OR",
                                ),
                                name="report_state",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SigningCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code_hash", models.CharField(max_length=64)),
                        ("sent_at", models.DateTimeField()),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        (
                            "signature",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="codes",
                                to="corridor.signature",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("signature", "user"), name="signing_code_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StayErasure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        ("counts", models.JSONField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "stay",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="erasures", to="corridor.stay"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-id"],
                    },
                ),
                migrations.CreateModel(
                    name="StayFeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("token", models.CharField(editable=False, max_length=64, unique=True)),
                        ("renewed_at", models.DateTimeField()),
                        (
                            "incubator",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stay_feed",
                                to="corridor.incubator",
                            ),
                        ),
                        (
                            "organisation",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stay_feed",
                                to="network.organisation",
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stay_feed",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("incubator__isnull", False),
                                        ("organisation__isnull", True),
                                        ("user__isnull", True),
                                    ),
                                    models.Q(
                                        ("incubator__isnull", True),
                                        ("organisation__isnull", False),
                                        ("user__isnull", True),
                                    ),
                                    models.Q(
                                        ("incubator__isnull", True),
                                        ("organisation__isnull", True),
                                        ("user__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="stay_feed_of_one",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StayTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("checklist", models.JSONField(default=list)),
                        ("reports", models.JSONField(default=list)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "programme",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stay_template",
                                to="corridor.programme",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="TemplateVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("texts", models.JSONField(default=dict)),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="what has changed")),
                        ("shipped", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("saved_at", models.DateTimeField()),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("texts_sha256", models.CharField(blank=True, max_length=64)),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "saved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="corridor.agreementtemplate",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a template",
                        "ordering": ["template", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("template", "number"), name="template_version_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("published_at__isnull", True)),
                                fields=("template",),
                                name="template_one_draft",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Traveller",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=300, verbose_name="name")),
                        ("nationalities", models.JSONField(verbose_name="nationalities")),
                        ("starts", models.DateField(verbose_name="from")),
                        ("ends", models.DateField(verbose_name="until (that day not included)")),
                        (
                            "stay",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="travellers",
                                to="corridor.stay",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts", "name", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("starts"))), name="traveller_window"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WaitingCall",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("team_declined", "the guest declined"),
                                    ("host_declined", "the host declined"),
                                    ("cancelled", "a stay was cancelled"),
                                    ("withdrawn", "a candidate withdrew"),
                                    ("moved", "a stay was moved"),
                                    ("shortened", "a stay ends earlier"),
                                    ("places_taken", "a host took places back"),
                                    ("more_places", "a host offers more"),
                                    ("fewer_places", "a host offers less"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("starts", models.DateField(blank=True, null=True)),
                        ("ends", models.DateField(blank=True, null=True)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "candidate",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="corridor.candidate",
                            ),
                        ),
                        (
                            "incubator",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="corridor.incubator",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="calls",
                                to="corridor.placementplan",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calls",
                                to="corridor.programme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "cause__in",
                                        [
                                            "team_declined",
                                            "host_declined",
                                            "cancelled",
                                            "withdrawn",
                                            "moved",
                                            "shortened",
                                            "places_taken",
                                            "more_places",
                                            "fewer_places",
                                        ],
                                    )
                                ),
                                name="waiting_call_cause",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementBatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("language", models.CharField(max_length=8)),
                        ("beside", models.CharField(blank=True, max_length=8)),
                        ("terms", models.JSONField(default=dict)),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreement_batches",
                                to="corridor.programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "batch of agreements",
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Application",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("submitted_version", models.PositiveIntegerField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted: the home city decides"),
                                    ("approved", "approved by the home city"),
                                    ("refused", "not approved by the home city"),
                                    ("waiting", "on the waiting list"),
                                    ("admitted", "admitted"),
                                    ("declined", "not admitted"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="draft",
                                max_length=16,
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("student", "student, enrolled"),
                                    ("graduate", "graduate, no longer enrolled"),
                                ],
                                max_length=16,
                                verbose_name="status",
                            ),
                        ),
                        ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                        ("nationalities", models.JSONField(blank=True, default=list, verbose_name="nationalities")),
                        ("languages", models.JSONField(blank=True, default=list, verbose_name="languages")),
                        ("address", models.CharField(blank=True, max_length=300, verbose_name="postal address")),
                        ("diploma_title", models.CharField(blank=True, max_length=200, verbose_name="diploma")),
                        ("diploma_school", models.CharField(blank=True, max_length=200, verbose_name="school")),
                        ("diploma_on", models.DateField(blank=True, null=True, verbose_name="awarded on")),
                        ("motivation", models.TextField(blank=True, max_length=3000, verbose_name="motivation")),
                        ("erased_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "home_city",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="network.city",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "candidate",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="application",
                                to="corridor.candidate",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="corridor.programme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "application",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("programme", "user"), name="application_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "submitted",
                                            "approved",
                                            "refused",
                                            "waiting",
                                            "admitted",
                                            "declined",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="application_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "withdrawn"]),
                                    ("submitted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="application_submitted_at",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("value", models.TextField(blank=True)),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="corridor.application",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="corridor.programmequestion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["question__order", "question_id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("application", "question"), name="application_answer_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=150, verbose_name="file name")),
                        ("size", models.PositiveIntegerField(verbose_name="bytes")),
                        ("sha256", models.CharField(max_length=64)),
                        ("file", models.FileField(max_length=200, upload_to="applications/%Y/")),
                        ("pages", models.PositiveSmallIntegerField(verbose_name="pages")),
                        ("created_at", models.DateTimeField()),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents",
                                to="corridor.application",
                            ),
                        ),
                        (
                            "asked",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="given",
                                to="corridor.documentasked",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked__order", "asked_id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("application", "asked"), name="application_document_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationRuling",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ruling",
                            models.CharField(
                                choices=[
                                    ("approve", "approved by the home city"),
                                    ("refuse", "not approved by the home city"),
                                    ("admit", "admitted"),
                                    ("wait", "put on the waiting list"),
                                    ("decline", "not admitted"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        ("rank", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="rank")),
                        ("at", models.DateTimeField()),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rulings",
                                to="corridor.application",
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
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="application_ruling_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ruling__in", ["approve", "refuse", "admit", "wait", "decline"])),
                                name="application_ruling_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BatchLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("lacks", models.JSONField(blank=True, default=list)),
                        ("refusal", models.CharField(blank=True, max_length=500)),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="corridor.agreement",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="corridor.agreementbatch",
                            ),
                        ),
                        (
                            "stay",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="corridor.stay"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["batch", "stay__starts", "stay_id"],
                        "constraints": [models.UniqueConstraint(fields=("batch", "stay"), name="batch_line_once")],
                    },
                ),
            ],
        ),
    ]
