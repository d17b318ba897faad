"""Reads stand above their models, and are all that anybody gets who asks for the rows."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from judging.models import Criterion, Round
from judging.reads.rounds import RoundQuerySet
from toolkit.reads import reads_of

ROOT = Path(__file__).resolve().parents[2]


def test_rows_come_with_their_reads_from_the_model_and_from_others(db):
    assert isinstance(Round.objects.all(), RoundQuerySet)
    assert isinstance(Round._default_manager.all(), RoundQuerySet)
    assert [manager.name for manager in Round._meta.managers] == ["objects"]
    edition = Round._meta.get_field("edition").related_model
    assert isinstance(edition(pk=1).rounds.all(), RoundQuerySet)


def promised():
    """(app, model, name of its reads) for each model that names reads for the types."""
    for path in sorted(ROOT.glob("*/models/*.py")):
        for model in [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef)]:
            for node in [inner for inner in model.body if isinstance(inner, ast.If)]:
                for line in node.body:
                    if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "objects":
                        yield path.parts[-3], model.name, ast.unparse(line.value).removesuffix(".as_manager()")


@pytest.mark.parametrize(("app", "model", "reads"), list(promised()))
def test_what_a_model_promises_to_the_types_is_what_it_has(app, model, reads):
    assert type(apps.get_model(app, model).objects.all()).__name__ == reads


def test_another_model_gets_a_manager_of_its_own():
    before = Criterion._default_manager

    class CriterionReads(models.QuerySet[Criterion]):
        pass

    try:
        assert reads_of(Criterion)(CriterionReads) is CriterionReads
        assert type(Criterion.objects.all()) is CriterionReads
        assert Criterion.objects.model is Criterion
    finally:
        reads_of(Criterion)(models.QuerySet)
    assert type(Criterion.objects.all()) is type(before.all())
