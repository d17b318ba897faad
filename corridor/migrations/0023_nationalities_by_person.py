"""Nationalities belong to a person. What was said of a team stays: each one kept as one person, and the team is asked to look."""

from django.db import migrations, models


def by_person(apps, schema_editor):
    Candidate = apps.get_model("corridor", "Candidate")
    Application = apps.get_model("corridor", "Application")
    applied = set(Application.objects.filter(candidate__isnull=False).values_list("candidate_id", flat=True))
    changed = []
    for candidate in Candidate.objects.exclude(nationalities=[]).iterator():
        told = [code for code in candidate.nationalities if isinstance(code, str)]
        if not told:
            continue  # by person already
        if candidate.user_id is not None or candidate.pk in applied or candidate.people == 1:
            candidate.nationalities = [told]  # all of them are this one person's
        else:
            candidate.nationalities = [[code] for code in told]
            candidate.nationalities_unsure = len(told) > 1
        changed.append(candidate)
    Candidate.objects.bulk_update(changed, ["nationalities", "nationalities_unsure"], batch_size=500)


def in_one_list(apps, schema_editor):
    Candidate = apps.get_model("corridor", "Candidate")
    changed = []
    for candidate in Candidate.objects.exclude(nationalities=[]).iterator():
        told = [code for one in candidate.nationalities for code in ([one] if isinstance(one, str) else one)]
        candidate.nationalities = sorted(set(told))
        changed.append(candidate)
    Candidate.objects.bulk_update(changed, ["nationalities"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("corridor", "0001_squashed_0021_stay_feed_of_person")]

    operations = [
        migrations.AddField(
            model_name="candidate", name="nationalities_unsure", field=models.BooleanField(default=False)
        ),
        migrations.RunPython(by_person, in_one_list),
    ]
