"""Settings of the tests: local, no outside world, tasks run when enqueued unless a test starts a worker.

TEST_DATABASE=postgresql runs them on a PostgreSQL that they start themselves.
"""

import os

os.environ.setdefault("LOCAL", "1")
if os.environ.get("TEST_DATABASE") == "postgresql":
    from tests import postgresql

    postgresql.start()
from config.settings import *  # noqa: E402, F403

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default"]}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECRET_KEY = "a key for tests only, long enough to pass the length check of the settings"
# Each test's client builds the middleware anew: files are found when they are asked for, not listed each time.
WHITENOISE_AUTOREFRESH = True
# Limits are counted in each test process alone; the caches that processes share have tests of their own.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SECURITY_CONTACT = ["mailto:security@network.example"]
# Databases in memory have one name in all processes of a run, and who sends a file is told by it and by a key of a row
# (toolkit/slots.py): two tests at once must not be one person who sends two files.
VAR_DIR = VAR_DIR / "tests" / os.environ.get("PYTEST_XDIST_WORKER", "alone")  # noqa: F405
