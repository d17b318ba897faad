from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("judging", "0010_ballot_is_a_plain_code")]

    operations = [
        migrations.AlterField(
            model_name="roundrule",
            name="aggregate_at",
            field=models.CharField(default="total", max_length=16, verbose_name="order of the two"),
        ),
        migrations.AlterField(
            model_name="roundrule",
            name="threshold_effect",
            field=models.CharField(default="exclude", max_length=16, verbose_name="what a threshold does"),
        ),
    ]
