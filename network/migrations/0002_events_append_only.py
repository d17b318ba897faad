"""Events can be added, never changed or removed: the database itself refuses."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER network_event_no_{verb} BEFORE {verb} ON network_event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
"""
POSTGRESQL = """
CREATE FUNCTION network_event_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'integrity_constraint_violation'; END
$$ LANGUAGE plpgsql;
CREATE TRIGGER network_event_append_only BEFORE UPDATE OR DELETE ON network_event
FOR EACH ROW EXECUTE FUNCTION network_event_append_only();
"""


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(verb=verb))


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER network_event_append_only ON network_event")
        schema_editor.execute("DROP FUNCTION network_event_append_only()")
    else:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER network_event_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
