from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("judging", "0009_blanks_and_seeing_others_are_plain_codes")]

    operations = [
        migrations.AlterField(
            model_name="roundrule",
            name="ballot",
            field=models.CharField(default="marks", max_length=16, verbose_name="what jurors give"),
        ),
    ]
