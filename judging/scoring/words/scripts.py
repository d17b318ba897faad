"""The sentences that the scorecard's script shows, in the reader's language."""

from django.utils.translation import gettext as _

from network.typed import script_words


def queue_words() -> dict[str, str]:
    """What the list says while it sends what this device kept."""
    return {
        "sent": _("What you typed without a connection has arrived."),
        "choose": _("What you typed without a connection waits for your choice: the scorecard was changed meanwhile."),
        "waiting": _("Still offline: what you typed is kept on this device and sent when you are back."),
        "open": _("Open the scorecard"),
        "compare": _("Compare the versions"),
    }


def words_of_card() -> dict[str, str]:
    """What a scorecard says while it is typed."""
    return script_words(
        wrong=_("Saved, except the marks shown in red"),
        conflict_explained=_(
            "This scorecard was changed in another window or on another device. Choose which version to keep."
        ),
        typed_not_saved=_("Typed on this device and not saved in time"),
        compare=_("compare the versions"),
        gone=_("This scorecard is no longer yours. What you typed is still on this device."),
    )
