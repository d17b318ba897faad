from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("judging", "0007_counting_is_a_plain_code")]

    operations = [
        migrations.AlterField(
            model_name="roundrule",
            name="correction",
            field=models.CharField(default="none", max_length=16, verbose_name="correction between jurors"),
        ),
    ]
