"""Pages: nothing inline, by their text and by the policy that browsers hear."""

import re

from tests.architecture.sources import ROOT, name_of

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "a script without src": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)"),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "a javascript: address": re.compile(r"javascript:"),
}


def test_nothing_is_inline_in_pages():
    """The Content-Security-Policy allows no inline style or script. Mails and printed documents have no such policy."""
    wrong = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        if path.relative_to(ROOT / "templates").parts[0] in ("mail", "documents"):
            continue
        text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", path.read_text(), flags=re.S)
        wrong += [f"{name_of(path)}: {what}" for what, pattern in INLINE.items() if pattern.search(text)]
    assert wrong == []


def test_policy_allows_nothing_inline(settings):
    assert "unsafe-inline" not in str(settings.CONTENT_SECURITY_POLICY)
    assert "unsafe-eval" not in str(settings.CONTENT_SECURITY_POLICY)
