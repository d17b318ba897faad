"""Settings of the tests: local, no outside world, tasks run when enqueued unless a test starts a worker."""

import os

os.environ.setdefault("LOCAL", "1")
from config.settings import *  # noqa: E402, F403

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default"]}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECRET_KEY = "a key for tests only, long enough to pass the length check of the settings"
