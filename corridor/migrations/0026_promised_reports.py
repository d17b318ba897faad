"""A stay keeps the days of the reports that its agreement prints; those that stand get the ones by which they were reminded so far."""

import tomllib

from django.conf import settings
from django.db import migrations, models

CODES = ("baseline", "month_1", "mid_term", "final", "year_1", "year_2")


def as_reminded(apps, schema_editor):
    Stay = apps.get_model("corridor", "Stay")
    own = dict(apps.get_model("corridor", "StayTemplate").objects.values_list("programme_id", "reports"))
    standing = apps.get_model("corridor", "Agreement").objects.filter(base__isnull=True).exclude(state="void")
    changed = []
    for stay in Stay.objects.filter(pk__in=standing.values("stay")).select_related("programme"):
        rows = own[stay.programme_id] if stay.programme_id in own else usual(stay.programme.guest_is_person)
        stay.promised = times(rows)
        changed.append(stay)
    Stay.objects.bulk_update(changed, ["promised"], batch_size=500)


def usual(is_person):
    name = "persons" if is_person else "standard"
    with (settings.BASE_DIR / "data" / "stays" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)["reports"]


def times(rows):
    said = {row["code"]: row for row in rows if row["side"] == "team"}
    return [
        {
            "code": code,
            "anchor": said[code]["anchor"],
            "months": int(said[code].get("months", 0)),
            "opens_days": int(said[code]["opens_days"]),
            "due_days": int(said[code]["due_days"]),
        }
        for code in CODES
        if code in said
    ]


class Migration(migrations.Migration):
    dependencies = [("corridor", "0025_nationalities_of_travellers")]

    operations = [
        migrations.AddField(model_name="stay", name="promised", field=models.JSONField(blank=True, default=list)),
        migrations.RunPython(as_reminded, migrations.RunPython.noop),
    ]
