"""Reads settings from the environment and refuses nonsense with a sentence that says what to set."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


class Environment:
    """Typed reads of os.environ. A missing value without a default, or one of the wrong kind,
    is ImproperlyConfigured."""

    def text(self, name: str, default: str | None = None) -> str:
        value = os.environ.get(name) or default
        if value is None:
            raise ImproperlyConfigured(f"Set the environment variable {name}: it has no default in production.")
        return value

    def need(self, *names: str) -> None:
        """Refuses a site that lacks any of what has no default, all of it in one sentence."""
        missing = [name for name in names if not os.environ.get(name)]
        if missing:
            listed = " and ".join(filter(None, [", ".join(missing[:-1]), missing[-1]]))
            raise ImproperlyConfigured(
                f"Not set: {listed}; set them as docs/settings.md says, or LOCAL=1 for a site on a machine of your own."
            )

    def flag(self, name: str, default: bool) -> bool:
        value = os.environ.get(name)
        if value is None:
            return default
        if value.lower() in TRUE:
            return True
        if value.lower() in FALSE:
            return False
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to 1 or 0.")

    def integer(self, name: str, default: int) -> int:
        value = os.environ.get(name)
        if value is None:
            return default
        try:
            return int(value)
        except ValueError:
            raise ImproperlyConfigured(f"{name} is {value!r}: set it to a whole number.") from None

    def words(self, name: str, default: list[str]) -> list[str]:
        value = os.environ.get(name)
        return default if value is None else [word.strip() for word in value.split(",") if word.strip()]

    def path(self, name: str, default: Path) -> Path:
        return Path(os.environ.get(name) or default).expanduser().resolve()

    def address(self, name: str, default: str | None) -> str:
        value = self.text(name, default)
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
            raise ImproperlyConfigured(f"{name} is {value!r}: set it to an address such as https://contest.example.org")
        return value.rstrip("/")

    def contacts(self, name: str) -> list[str]:
        """Addresses to write to (mailto:, https:, tel:), in the order in which they are wanted."""
        values = self.words(name, default=[])
        for value in values:
            if urlsplit(value).scheme not in ("mailto", "https", "tel"):
                raise ImproperlyConfigured(
                    f"{name} is {value!r}: set it to mailto:security@example.org or an https:// address."
                )
        return values

    def secret(self, name: str, local_file: Path | None) -> str:
        """The secret itself; on a developer's machine, one made on first use and kept in `local_file`."""
        value = os.environ.get(name)
        if value:
            if len(value) < 50:
                raise ImproperlyConfigured(f"{name} is too short: use at least 50 random characters.")
            return value
        if local_file is None:
            raise ImproperlyConfigured(f"Set the environment variable {name} to at least 50 random characters.")
        if not local_file.exists():
            local_file.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile("w", dir=local_file.parent) as made:  # readable by its owner only
                made.write(get_random_secret_key() + get_random_secret_key()[:10])
                made.flush()
                with suppress(FileExistsError):  # of two that come at once, the first one's stays
                    os.link(made.name, local_file)
        return local_file.read_text()

    def database(self, name: str, default: str) -> dict[str, Any]:
        """Django's database dictionary. SQLite: WAL, IMMEDIATE transactions, 20 s of patience, foreign keys on.
        PostgreSQL: what the address says in `options` stands in place of ours."""
        config = environ.Env.db_url_config(os.environ.get(name) or default)
        engine = config["ENGINE"]
        if engine == "django.db.backends.sqlite3":
            Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
            config["OPTIONS"] = {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            }
        elif "postgresql" in engine:
            config["CONN_MAX_AGE"] = 60
            config["CONN_HEALTH_CHECKS"] = True
            # Who may see what asks some thirty joined tables for a few rows: in every order of eight tables, as by
            # default, planning takes twenty times as long as answering (docs/decisions/two-databases.md).
            config.setdefault("OPTIONS", {}).setdefault("options", "-c join_collapse_limit=4")
        else:
            raise ImproperlyConfigured(f"{name}: use a sqlite:/// or postgres:// address.")
        found: dict[str, Any] = config
        return found

    def cache(self, name: str, default: str, folder: Path) -> dict[str, object]:
        """Django's cache dictionary: `files` (below `folder`), `table` (of the database),
        or the address of a Redis or Valkey."""
        value = os.environ.get(name) or default
        if value == "files":
            return {
                "BACKEND": "toolkit.counters.LockedFileCache",
                "LOCATION": str(folder),
                "OPTIONS": {"MAX_ENTRIES": 20_000},
            }
        if value == "table":
            return {
                "BACKEND": "toolkit.counters.LockedTableCache",
                "LOCATION": "cache_entries",
                "OPTIONS": {"MAX_ENTRIES": 20_000},
            }
        if urlsplit(value).scheme in ("redis", "rediss", "unix"):
            # A list: Django would cut one address at a comma, which a password may hold.
            return {"BACKEND": "toolkit.redis_counters.CountersInRedis", "LOCATION": [value]}
        raise ImproperlyConfigured(f"{name} is {value!r}: set it to files, table, or a redis:// address.")

    def email(self, name: str, default: str | None) -> dict[str, Any]:
        found: dict[str, object] = environ.Env.email_url_config(self.text(name, default))
        return found


class FilesOnly(Environment):
    """For commands that need no site: what has no default is empty instead of missing, and there is no database."""

    def need(self, *names: str) -> None:
        return

    def text(self, name: str, default: str | None = None) -> str:
        return super().text(name, default) if default else ""

    def address(self, name: str, default: str | None) -> str:
        return default or "http://localhost"

    def secret(self, name: str, local_file: Path | None) -> str:
        return ""

    def database(self, name: str, default: str) -> dict[str, Any]:
        return {"ENGINE": "django.db.backends.dummy"}

    def email(self, name: str, default: str | None) -> dict[str, Any]:
        found: dict[str, object] = environ.Env.email_url_config("dummymail://")
        return found


chosen: type[Environment] = Environment
