"""What independent programs read in a PDF: Poppler, pypdf and pdfminer.six share no line of code."""

import io
import re
import subprocess
import tempfile

TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # what readers add around text from right to left


def by_poppler(content: bytes) -> str:
    """Line by line, as the page looks."""
    return _poppler(content, "-layout")


def by_poppler_in_order(content: bytes) -> str:
    """Column by column, as the page is read."""
    return _poppler(content)


def _poppler(content: bytes, *options: str) -> str:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        command = ["pdftotext", *options, file.name, "-"]
        return _plain(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def by_pypdf(content: bytes) -> str:
    from pypdf import PdfReader

    return _plain("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def by_pdfminer(content: bytes) -> str:
    """Gives text from right to left in the order in which it is drawn: not for names of those scripts."""
    from pdfminer.high_level import extract_text

    return _plain(extract_text(io.BytesIO(content)))


def _plain(text: str) -> str:
    return " ".join(TURNS.sub("", text).split())
