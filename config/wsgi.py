"""The web server's way in."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
if settings.FILES_ONLY:
    raise ImproperlyConfigured("config.settings_files is for commands that read files: no site can be served with it.")
application = get_wsgi_application()
