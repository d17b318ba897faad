"""One agreement whose document is issued, rendered once for a whole file; each test finds it as it was issued."""

import shutil

import pytest
from django.conf import settings
from django.test import TestCase, override_settings

from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.models import Agreement, Incubator, Programme, Stay
from tests import build
from tests.corridor.agreements import cast


@pytest.fixture(scope="module")
def folder_of_issued(rows_of_the_file, django_db_blocker, tmp_path_factory):
    """The folder of its files."""
    folder = tmp_path_factory.mktemp("issued")
    files = {**settings.STORAGES["default"], "OPTIONS": {"location": str(folder)}}
    with django_db_blocker.unblock(), override_settings(STORAGES={**settings.STORAGES, "default": files}):
        [stay] = cast.stays(1, founder=("founder@sensors.example", "Fatou Founder", "Sensors"))
        organiser = build.person("organiser@network.example")
        with TestCase.captureOnCommitCallbacks(execute=True):
            draft_agreement(by=organiser, stay=stay, language="en", terms=cast.terms(stay))
    return folder


@pytest.fixture
def agreement(folder_of_issued, private_files, db):
    shutil.copytree(folder_of_issued, private_files, dirs_exist_ok=True)
    return Agreement.objects.get()


@pytest.fixture
def stay(agreement):
    return Stay.objects.get()


@pytest.fixture
def incubator(agreement):
    return Incubator.objects.get()


@pytest.fixture
def programme(agreement):
    return Programme.objects.get()
