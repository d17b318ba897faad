"""What holds on every page that a test is answered with."""

import re

from django.test import Client

FAULT = re.compile(r'<ul class="errorlist" id="[^"]+_error">')
SUMMARY = re.compile(r'<div class="note bad faults".*?</div>', re.DOTALL)
TARGET = re.compile(r'href="#([^"]+)"')


def check_faults(html: str) -> None:
    """A page with a field that is wrong says so at its top, and each of its links leads to something on the page."""
    if "<main" not in html or not FAULT.search(html):
        return
    summary = SUMMARY.search(html)
    assert summary, "a field is wrong, and the top of the page does not say so"
    assert "autofocus" in summary[0]
    for target in TARGET.findall(summary[0]):
        assert f'id="{target}"' in html, f"the summary leads to #{target}, which is not on the page"


class CheckedClient(Client):
    """Django's client, which looks at what a form is answered with."""

    def post(self, *args, **options):
        answer = super().post(*args, **options)
        if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            check_faults(answer.content.decode())
        return answer
