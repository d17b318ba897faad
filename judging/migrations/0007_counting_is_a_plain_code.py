from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("judging", "0006_round_rule")]

    operations = [
        migrations.AlterField(
            model_name="roundrule",
            name="counting",
            field=models.CharField(default="positional", max_length=16, verbose_name="how ranked lists are counted"),
        ),
    ]
