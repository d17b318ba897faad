from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("judging", "0004_plans")]

    operations = [
        migrations.RemoveConstraint(model_name="criterion", name="criterion_kind"),
        migrations.AlterField(
            model_name="criterion",
            name="kind",
            field=models.CharField(default="score", max_length=16, verbose_name="what it does"),
        ),
    ]
