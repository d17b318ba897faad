"""Documents as PDF: tagged (PDF/UA-1), titled, in one language, with their fonts inside, and the same bytes for the same input.

Rendering takes seconds: call it from a task, never from a request or inside a transaction.
"""

import mimetypes
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from django.utils import translation

# Documents refer to our static files below this address; it is never asked for on any network.
STATIC_ORIGIN = "https://static.invalid/"


class RenderingFailed(Exception):
    """The document asked for something that is not one of our static files, or can't be made."""


@dataclass(frozen=True)
class AttachedFile:
    """A file carried inside the PDF. `made_at` is written in it, so that the same input gives the same bytes."""

    name: str
    content: bytes
    description: str
    made_at: datetime


@dataclass(frozen=True)
class Part:
    """A template whose pages are numbered on their own: “page 1 of 2”."""

    template: str
    context: Mapping[str, Any]


def render(
    template: str,
    context: Mapping[str, Any],
    language: str,
    title: str,
    *,
    made_at: datetime,
    identifier: str,
    annexes: Sequence[Part] = (),
    attachments: Sequence[AttachedFile] = (),
) -> bytes:
    """The PDF of `template` followed by `annexes`, each with page numbers of its own.

    `language` is active while the templates render, and is the document's; they see `language`, `title`, `author` and
    `made_at` besides their context. `made_at` (aware) and `identifier` are written into the file instead of the time of
    rendering and a random mark. Raises RenderingFailed when a document asks for a file that is not ours.
    """
    from weasyprint import HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration

    fetcher, fonts = _our_static_files(), FontConfiguration()
    parts = [Part(template, context), *annexes]
    try:
        with translation.override(language):
            frame = {"language": language, "title": title, "author": settings.SITE_NAME, "made_at": made_at}
            pages = [render_to_string(part.template, {**frame, **part.context}) for part in parts]
        documents = [
            HTML(string=page, base_url=STATIC_ORIGIN, url_fetcher=fetcher).render(font_config=fonts) for page in pages
        ]
        whole = documents[0].copy([page for document in documents for page in document.pages])
        inside = [
            Attachment(
                string=file.content,
                name=file.name,
                description=file.description,
                created=file.made_at,
                modified=file.made_at,
                relationship="Source",
                url_fetcher=fetcher,
            )
            for file in attachments
        ]
        with _fonts_dated(made_at):
            return whole.write_pdf(
                pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=identifier.encode(), attachments=inside
            )
    except fetcher.Refused as refused:
        raise RenderingFailed(str(refused)) from None


@contextmanager
def _fonts_dated(moment: datetime) -> Iterator[None]:
    """Embedded fonts carry `moment` instead of the time at which they were cut to the glyphs used.

    SOURCE_DATE_EPOCH is the convention of reproducible-builds.org, which fontTools follows.
    """
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _our_static_files():
    """A URL fetcher that opens static files by name and nothing else: no network, no other file of the machine."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class StaticFiles(URLFetcher):
        class Refused(FatalURLFetchingError):
            """Stops the rendering: a document without its font or style sheet is not the document."""

        def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
            path = _static_path(url)
            if path is None:
                raise self.Refused(f"{url} is not one of our static files")
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return StaticFiles()


def _static_path(url: str) -> Path | None:
    if not url.startswith(STATIC_ORIGIN):
        return None
    try:
        found = finders.find(unquote(urlsplit(url).path).lstrip("/"))
    except SuspiciousFileOperation:
        return None
    return Path(found) if found else None
