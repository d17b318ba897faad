"""Texts whose characters are counted beside their field (static/js/contest-count.js). Nothing cuts what is pasted."""

from django import forms


def counted(limit: int, rows: int = 6) -> forms.Textarea:
    """A text area of at most so many characters."""
    return forms.Textarea({"rows": rows, "data-limit": limit})


def counted_line(limit: int) -> forms.TextInput:
    """One line of at most so many characters."""
    return forms.TextInput({"data-limit": limit})
