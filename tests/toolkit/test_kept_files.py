"""A file and its row: neither stays without the other."""

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from corridor.models import HostDocument
from tests import build
from toolkit import clock
from toolkit.kept_files import delete_once_certain, stored

pytestmark = pytest.mark.django_db
STORAGE = HostDocument._meta.get_field("file").storage


@pytest.fixture(autouse=True)
def private_files(tmp_path, settings):
    options = {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], **options}}


def add_document(**fields):
    house = build.incubator("Hub", build.city("braga"))
    by = build.person("host@hub.example")
    facts = {"sha256": "0" * 64, "uploaded_by": by, "uploaded_at": clock.now()}
    with stored(HostDocument, "rules.pdf", ContentFile(b"%PDF")) as name:
        assert STORAGE.exists(name)
        return HostDocument.objects.create(incubator=house, file=name, **facts, **fields), name


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_keeps_the_row_from_being_made_takes_the_file_away(tmp_path):
    with pytest.raises(TypeError, match="colour"):
        add_document(title="Rules", colour="red")
    assert files(tmp_path) == []


def test_a_file_goes_with_its_row(tmp_path, django_capture_on_commit_callbacks):
    document, name = add_document(title="Rules")
    with django_capture_on_commit_callbacks(execute=True):
        delete_once_certain(document.file)
        document.delete()
        assert STORAGE.exists(name)  # the row could still come back
    assert files(tmp_path) == []


def give_up_after_deleting(document):
    with transaction.atomic():
        delete_once_certain(document.file)
        document.delete()
        raise KeyError


def test_a_file_stays_where_the_row_came_back(django_capture_on_commit_callbacks):
    document, name = add_document(title="Rules")
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(KeyError):
        give_up_after_deleting(document)
    assert HostDocument.objects.get().file.name == name
    assert STORAGE.exists(name)
