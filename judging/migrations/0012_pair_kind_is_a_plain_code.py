from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("judging", "0011_levels_and_threshold_effects_are_plain_codes"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="pairrule",
            name="pair_rule_kind",
        ),
        migrations.AlterField(
            model_name="pairrule",
            name="kind",
            field=models.CharField(max_length=16),
        ),
    ]
