from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("judging", "0008_correction_is_a_plain_code")]

    operations = [
        migrations.RemoveConstraint(model_name="round", name="round_others_marks"),
        migrations.AlterField(
            model_name="round",
            name="others_marks",
            field=models.CharField(
                default="never", max_length=20, verbose_name="jurors see how the others marked an entry"
            ),
        ),
        migrations.AlterField(
            model_name="roundrule",
            name="blanks",
            field=models.CharField(default="left_out", max_length=16, verbose_name="an optional criterion left blank"),
        ),
    ]
