"""Tables made together are those that would be made one by one."""

import pytest
from django.db import connection, models
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState

from toolkit.new_tables import CreateTogether

pytestmark = pytest.mark.django_db


def creations():
    number = ("id", models.BigAutoField(primary_key=True))
    of_a_fair = ("fair", models.ForeignKey("shop.fair", models.CASCADE))
    small = models.CheckConstraint(condition=models.Q(size__lt=9), name="stand_size")
    return [
        CreateModel("Fair", [number]),
        CreateModel("Stand", [number, of_a_fair, ("size", models.IntegerField())], {"constraints": [small]}),
    ]


def sql(operations, state, go="database_forwards"):
    before = ProjectState()
    editor = connection.SchemaEditorClass(connection, collect_sql=True, atomic=False)
    editor.deferred_sql = []  # as entering it would; SQLite's can't be entered within a transaction
    for operation in operations:
        states = (before, state) if go == "database_forwards" else (state, before)
        getattr(operation, go)("shop", editor, *states)
    return [*editor.collected_sql, *map(str, editor.deferred_sql)]


def test_state_and_tables_are_the_same():
    one_by_one, together = ProjectState(), ProjectState()
    assert not together.apps.all_models["shop"]  # the picture that was drawn before is not kept
    for creation in creations():
        creation.state_forwards("shop", one_by_one)
    operation = CreateTogether(creations())
    operation.state_forwards("shop", together)
    assert together == one_by_one
    assert together.apps.get_model("shop", "Stand")._meta.get_field("fair").related_model.__name__ == "Fair"
    made = sql([operation], together)
    assert made == sql(creations(), one_by_one)
    assert sum(line.startswith("CREATE TABLE") for line in made) == 2
    gone = sql([operation], together, "database_backwards")
    tables = [line.split('"')[1] for line in gone if line.startswith("DROP TABLE")]
    assert tables == ["shop_stand", "shop_fair"]
