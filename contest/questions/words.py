"""The sentence for a text that can't be taken: the same from a form and from a service."""

from django.utils.translation import gettext as _

from contest.domain.answers import Fault


def say_fault(fault: Fault) -> str:
    if fault.code == "too_long":
        return _("%(length)s characters: at most %(limit)s.") % {"length": fault.length, "limit": fault.limit}
    return {"not_an_address": _("Write a full web address that begins with https://")}[fault.code]
