"""Who may write: services alone, and leases only their protocol."""

import ast
import re
from functools import cache

import pytest
from django.apps import apps

from tests.architecture.sources import ROOT, name_of, nodes, sources

WRITES = {
    "save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "asave", "acreate", "adelete", "aupdate", "abulk_create", "abulk_update", "aget_or_create", "aupdate_or_create",
    "update_in_bulk", "_raw_delete",
}  # fmt: skip
# What a related set of many to many, or of one to many, is changed by.
RELATED_WRITES = {"add", "remove", "set", "clear", "aadd", "aremove", "aset", "aclear"}
# Writing outside services/, each with its reason.
MAY_WRITE = {
    "network/models/people.py": "creating an account is what an account manager is for (Django's contract)",
    "network/accounts.py": "allauth hands over an unsaved account",
    "network/forms.py": "allauth calls signup() with the new account",
    "judging/results/shown/kept.py": "what pages show of a round, kept with the stamp of what it follows from",
    "network/views/profile.py": "a person's own settings: name, language, zone",
}
# Names of dictionaries, hashes and files, on which .update() and the like are no database writes.
NO_ROWS = re.compile(
    r"(hash|digest|sha|context|values|headers|seen|found|data|options|params|query|GET|sections|flags|made)"
)
ROWS = re.compile(r"objects|_set\b|\.(filter|exclude|all|order_by|select_for_update|visible_to|with_\w+)\(")


@cache
def related_names() -> frozenset[str]:
    """By which names a row reaches rows of other tables, of ours: `stay.letters`, `edition.categories`…"""
    relations = [relation for model in apps.get_models() for relation in model._meta.related_objects]
    many = {field.name for model in apps.get_models() for field in model._meta.many_to_many}
    return frozenset(many | {str(relation.get_accessor_name()) for relation in relations})


def is_write(node: ast.AST) -> bool:
    """Whether a call writes rows: through a manager, a set of rows, a related name, or a row itself."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    verb, owner = node.func.attr, node.func.value
    text = ast.unparse(owner)
    is_related = isinstance(owner, ast.Attribute) and owner.attr in related_names()
    if verb in RELATED_WRITES:
        return is_related
    if verb not in WRITES:
        return False
    if is_related or ROWS.search(text):
        return True
    if verb == "delete":  # a row has nothing to say; a file or a cache is told which
        return not node.args and not node.keywords
    return verb not in ("update", "create") and not NO_ROWS.search(text.split(".")[-1])


@pytest.mark.parametrize(
    "call",
    [
        "stay.letters.update(text='')",
        "stay.travellers.create(name='Ana')",
        "stay.delete()",
        "self.stay.letters.all().delete()",
        "Stay.objects.visible_to(user).update(state='placed')",
        "edition.categories.set([])",
        "question.save(update_fields=['position'])",
    ],
)
def test_a_write_is_seen_by_whatever_name(call):
    assert is_write(ast.parse(call, mode="eval").body)


@pytest.mark.parametrize(
    "call", ["context.update(more)", "digest.update(b'')", "file.delete(save=False)", "seen.add(1)"]
)
def test_a_dictionary_a_hash_a_file_are_no_rows(call):
    assert not is_write(ast.parse(call, mode="eval").body)


def test_only_services_write():
    wrong = []
    for path in sources("network", "contest", "judging", "corridor"):
        parts = path.relative_to(ROOT).parts
        if {"services", "services.py", "management"} & set(parts) or name_of(path) in MAY_WRITE:
            continue
        wrong += [f"{name_of(path)}:{n.lineno} {ast.unparse(n)[:60]}" for n in nodes(path) if is_write(n)]
    assert wrong == []


def test_leases_are_taken_and_given_back_in_one_place():
    """Only the protocol and its rows write who holds what is owed, and until when: nobody clears a stranger's lease."""
    columns = {"leased_until", "leased_by"}
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in sources()
        if name_of(path) not in ("toolkit/owed.py", "toolkit/owing.py")
        for node in nodes(path)
        if (isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr in columns)
        or (isinstance(node, ast.Call) and {word.arg for word in node.keywords} & columns)
        or (isinstance(node, ast.Dict) and {getattr(key, "value", None) for key in node.keys} & columns)
    ]
    assert wrong == []
