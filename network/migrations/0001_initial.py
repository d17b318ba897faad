import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import network.models.people
from toolkit.new_tables import CreateTogether


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        CreateTogether(
            creations=[
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                        ("full_name", models.CharField(blank=True, max_length=150, verbose_name="full name")),
                        ("language", models.CharField(default="en", max_length=8, verbose_name="language")),
                        (
                            "time_zone",
                            models.CharField(
                                blank=True,
                                help_text="IANA name; empty: not known yet",
                                max_length=64,
                                verbose_name="time zone",
                            ),
                        ),
                        ("is_staff", models.BooleanField(default=False)),
                        ("is_active", models.BooleanField(default=True)),
                        ("is_sample", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("anonymised_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person",
                        "verbose_name_plural": "people",
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"), name="user_email_unique"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("verb", models.CharField(max_length=64)),
                        ("object_type", models.CharField(max_length=64)),
                        ("object_id", models.CharField(max_length=64)),
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
                        ("request_id", models.CharField(blank=True, max_length=32)),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                fields=["object_type", "object_id", "at"], name="network_eve_object__05227b_idx"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
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
                        ("failure_reason", models.JSONField(blank=True, default=dict)),
                        ("key", models.CharField(max_length=200, unique=True)),
                        ("kind", models.CharField(max_length=64, verbose_name="kind")),
                        (
                            "to_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("to_email", models.EmailField(max_length=254, verbose_name="to")),
                        ("language", models.CharField(max_length=8)),
                        ("subject", models.CharField(max_length=255, verbose_name="subject")),
                        ("text", models.TextField()),
                        ("html", models.TextField(blank=True)),
                        (
                            "is_secret",
                            models.BooleanField(
                                default=False, help_text="holds a code: its text is erased a day after sending"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("owed", "owed"),
                                    ("sending", "being sent"),
                                    ("sent", "sent"),
                                    ("uncertain", "interrupted while sending"),
                                    ("failed", "failed"),
                                ],
                                default="owed",
                                max_length=16,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("outcome", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["state", "leased_until"], name="network_mes_state_baefe7_idx")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["owed", "sending", "sent", "uncertain", "failed"])),
                                name="message_state",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="City",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(unique=True)),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("country", models.CharField(max_length=2, verbose_name="country")),
                        ("region", models.CharField(blank=True, max_length=100, verbose_name="region")),
                        ("latitude", models.DecimalField(decimal_places=4, max_digits=7)),
                        ("longitude", models.DecimalField(decimal_places=4, max_digits=7)),
                        ("time_zone", models.CharField(max_length=64, verbose_name="time zone")),
                        ("is_member", models.BooleanField(default=False, verbose_name="member of the network")),
                        ("evidence", models.CharField(blank=True, max_length=32)),
                        ("note", models.CharField(blank=True, max_length=255)),
                        ("source", models.TextField(blank=True)),
                    ],
                    options={
                        "verbose_name": "city",
                        "verbose_name_plural": "cities",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(max_length=80, unique=True)),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("secretariat", "network secretariat"),
                                    ("city", "city"),
                                    ("incubator", "incubator"),
                                    ("accelerator", "accelerator"),
                                    ("agency", "agency"),
                                    ("startup", "start-up"),
                                    ("school", "school or university"),
                                ],
                                max_length=16,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="organisations",
                                to="network.city",
                            ),
                        ),
                        ("place", models.CharField(blank=True, max_length=100, verbose_name="place")),
                        ("website", models.URLField(blank=True, verbose_name="website")),
                        ("email_domain", models.CharField(blank=True, max_length=100, verbose_name="e-mail domain")),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("source", models.TextField(blank=True)),
                        ("is_sample", models.BooleanField(default=False)),
                    ],
                    options={
                        "verbose_name": "organisation",
                        "ordering": ["name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "secretariat",
                                            "city",
                                            "incubator",
                                            "accelerator",
                                            "agency",
                                            "startup",
                                            "school",
                                        ],
                                    )
                                ),
                                name="organisation_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="network.organisation",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("organiser", "organiser"),
                                    ("coordinator", "city coordinator"),
                                    ("host", "incubator host"),
                                    ("founder", "founder"),
                                    ("school", "school or university"),
                                ],
                                max_length=16,
                                verbose_name="role",
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("user", "organisation", "role"), name="membership_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("role__in", ["organiser", "coordinator", "host", "founder", "school"])
                                ),
                                name="membership_role",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
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
                                default=network.models.people.new_token, editable=False, max_length=64, unique=True
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("full_name", models.CharField(blank=True, max_length=150, verbose_name="full name")),
                        ("language", models.CharField(default="en", max_length=8, verbose_name="language")),
                        ("kind", models.CharField(max_length=32)),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("organiser", "organiser"),
                                    ("coordinator", "city coordinator"),
                                    ("host", "incubator host"),
                                    ("founder", "founder"),
                                    ("school", "school or university"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                to="network.organisation",
                            ),
                        ),
                        (
                            "object_id",
                            models.BigIntegerField(
                                blank=True, help_text="what it is for, in the app of its kind", null=True
                            ),
                        ),
                        (
                            "what",
                            models.CharField(
                                blank=True, help_text="what it is for, in the words of its mail", max_length=300
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="open",
                                max_length=16,
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations_sent",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations_accepted",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("expires_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "accepted", "declined", "cancelled"])),
                                name="invitation_state",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccountReset",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resets",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        ("new_email", models.EmailField(blank=True, max_length=254, verbose_name="new address")),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "asked for: another organiser has to confirm"),
                                    ("confirmed", "confirmed: waits for its hour"),
                                    ("done", "done"),
                                    ("stopped", "stopped"),
                                ],
                                default="asked",
                                max_length=16,
                            ),
                        ),
                        (
                            "token",
                            models.CharField(
                                default=network.models.people.new_token, editable=False, max_length=64, unique=True
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resets_asked",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("applies_at", models.DateTimeField()),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resets_confirmed",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["asked", "confirmed"])),
                                fields=("user",),
                                name="reset_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["asked", "confirmed", "done", "stopped"])),
                                name="reset_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("asked_by", models.F("user")), _negated=True),
                                name="reset_not_of_oneself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    models.Q(
                                        models.Q(("confirmed_by", models.F("asked_by")), _negated=True),
                                        models.Q(("confirmed_by", models.F("user")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="reset_by_two",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
