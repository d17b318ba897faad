"""Settings of commands that read files and nothing else (see manage.py):
no secret, no database, no mail, and so no site.

Whatever has no default in production is empty here. The secret key is too, and Django refuses to sign or to read
anything with an empty one: no page can be served by these settings, and config/wsgi.py says so at once.
"""

from config import environment

environment.chosen = environment.FilesOnly
from config.settings import *  # noqa: E402, F403

FILES_ONLY = True
