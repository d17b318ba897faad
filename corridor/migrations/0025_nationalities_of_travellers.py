"""Who travels keeps all nationalities: the one that was named, first, and the others that were said of that person with the wishes."""

from django.db import migrations, models


def with_others(nationality, told):
    """All nationalities of somebody of whom one is known. Takes the person with it out of `told`: lists, one a person, the
    shortest first, so that nobody takes the other nationalities of somebody else."""
    person = next((one for one in told if nationality in one), [])
    if person:
        told.remove(person)
    return list(dict.fromkeys([nationality, *person]))


def of_persons(apps, schema_editor):
    Traveller = apps.get_model("corridor", "Traveller")
    rows = Traveller.objects.select_related("stay__candidate").order_by("stay_id", "starts", "name", "pk")
    changed, left = [], {}
    for row in rows.iterator():
        if row.stay_id not in left:
            told = [[one] if isinstance(one, str) else list(one) for one in row.stay.candidate.nationalities]
            left = {row.stay_id: sorted(told, key=len)}
        row.nationalities = with_others(row.nationality, left[row.stay_id])
        changed.append(row)
    Traveller.objects.bulk_update(changed, ["nationalities"], batch_size=500)


def first_of_each(apps, schema_editor):
    Traveller = apps.get_model("corridor", "Traveller")
    changed = []
    for row in Traveller.objects.iterator():
        row.nationality = row.nationalities[0]
        changed.append(row)
    Traveller.objects.bulk_update(changed, ["nationality"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("corridor", "0024_signature_account_changes")]

    operations = [
        migrations.AddField(
            model_name="traveller",
            name="nationalities",
            field=models.JSONField(default=list, verbose_name="nationalities"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="traveller",
            name="nationality",
            field=models.CharField(default="", max_length=2, verbose_name="nationality"),
        ),
        migrations.RunPython(of_persons, first_of_each),
        migrations.RemoveField(model_name="traveller", name="nationality"),
    ]
