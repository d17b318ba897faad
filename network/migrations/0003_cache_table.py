"""The table of the shared cache, there whether or not the settings use it today (see docs/settings.md, CACHE_URL)."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", "cache_entries", database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS cache_entries")


class Migration(migrations.Migration):
    dependencies = [("network", "0002_events_append_only")]

    operations = [migrations.RunPython(create, drop)]
