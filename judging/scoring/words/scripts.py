"""The sentences that the scorecard's script shows, in the reader's language."""

from django.utils.translation import gettext as _


def queue_words() -> dict[str, str]:
    """What the list says while it sends what this device kept."""
    return {
        "sent": _("What you typed without a connection has arrived."),
        "choose": _("What you typed without a connection waits for your choice: the scorecard was changed meanwhile."),
        "waiting": _("Still offline: what you typed is kept on this device and sent when you are back."),
        "open": _("Open the scorecard"),
        "compare": _("Compare the versions"),
    }


def script_words() -> dict[str, str]:
    return {
        "typing": _("Not saved yet"),
        "saving": _("Saving…"),
        "offline": _("Offline: kept on this device, saved when you are back"),
        "offline_only_here": _("Offline, and this device keeps nothing: leave this page open"),
        "signed_out": _("You were logged out. Nothing is lost:"),
        "log_in": _("log in again"),
        "other_user": _(
            "Somebody else is logged in on this device now. What you typed is kept for you until you log in."
        ),
        "wrong": _("Saved, except the marks shown in red"),
        "conflict": _("Saved elsewhere meanwhile"),
        "conflict_explained": _(
            "This scorecard was changed in another window or on another device. Choose which version to keep."
        ),
        "what": _("What"),
        "typed_here": _("Typed here"),
        "kept": _("Kept"),
        "keep_typed": _("Keep what I typed here"),
        "take_kept": _("Take what is kept"),
        "kept_state": _("Saved"),
        "restored": _("What you typed before is back; saving…"),
        "typed_not_saved": _("Typed on this device and not saved in time"),
        "compare": _("compare the versions"),
        "gone": _("This scorecard is no longer yours. What you typed is still on this device."),
    }
