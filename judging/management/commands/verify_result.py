"""The former name of `manage.py verify`."""

from judging.management.commands.verify import Command

__all__ = ["Command"]
