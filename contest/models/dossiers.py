"""What every dossier keeps: a versioned form in steps, its answers and its files (docs/decisions/dossiers.md).
Abstract: an entry and an application each have tables of their own."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from toolkit.names import NameField

NOT_SENT = ("draft", "withdrawn")


class Dossier(models.Model):
    """What is written in steps, sent, and decided on. Its `state`, its `answers` and its files are the subclass's."""

    version = models.PositiveIntegerField(default=1)  # of what was saved: a stale form is shown, not applied
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_version = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    if TYPE_CHECKING:
        state: Any
        answers: Any  # rows of a DossierAnswer

        def get_state_display(self) -> str: ...

    class Meta:
        abstract = True

    @property
    def was_sent(self) -> bool:
        """Submitted once, whatever was decided since; not a draft, not withdrawn."""
        return self.state not in NOT_SENT


class DossierAnswer(models.Model):
    """Text as typed; a number or a choice is kept as the text that the question's kind reads."""

    value = models.TextField(blank=True)

    if TYPE_CHECKING:
        question: Any

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.value[:60]

    def in_words(self) -> str:
        """The answer as people read it: a choice by its name."""
        found: str = self.question.in_words(self.value)
        return found


class DossierFile(models.Model):
    """A PDF that passed inspection, served only by a view that checks permission."""

    name = NameField(_("file name"), max_length=150)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)

    if TYPE_CHECKING:
        file: Any
        pages: Any

    class Meta:
        abstract = True

    def __str__(self) -> str:
        found: str = self.name
        return found
