"""The minute clock does all that is owed; what fails does not keep the rest waiting."""

import pytest
from django.core.management import CommandError, call_command

from network.models import Message
from toolkit import protocols


def message(key: str, email: str) -> Message:
    from toolkit import clock

    return Message.objects.create(
        key=key, kind="invitation", to_email=email, language="en", subject="Hello", text="Hello", created_at=clock.now()
    )


def test_tick_sends_what_is_owed_once(db, mailoutbox):
    message("1", "a@b.example")
    message("2", "c@d.example")
    call_command("tick")
    call_command("tick")
    assert sorted(mail.to[0] for mail in mailoutbox) == ["a@b.example", "c@d.example"]


def test_one_failing_kind_does_not_starve_the_others(db, mailoutbox, monkeypatch):
    def broken(limit):
        raise RuntimeError("a broken kind")

    collect = protocols.collect
    monkeypatch.setattr(
        "config.management.commands.tick.collect",
        lambda *words: [protocols.Owed("broken", broken), *collect(*words)],
    )
    message("1", "a@b.example")
    with pytest.raises(CommandError, match="broken"):
        call_command("tick")
    assert [mail.to for mail in mailoutbox] == [["a@b.example"]]
