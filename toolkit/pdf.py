"""Documents as PDF, made to PDF/A-3 level A and to PDF/UA-1 at once, and the same bytes for the same input.

Tagged, titled, in one language with the parts in another one marked, their fonts and their data inside. Rendering takes
seconds: call it from a task, never from a request or inside a transaction.
"""

import logging
import mimetypes
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from django.utils import translation

from toolkit.letters import in_boxes, shapeless, without_shapeless

# Documents refer to our static files below this address; it is never asked for on any network.
STATIC_ORIGIN = "https://static.invalid/"

_kept = threading.local()


class RenderingFailed(Exception):
    """The document asked for something that is not one of our static files, or can't be made."""


@dataclass(frozen=True)
class AttachedFile:
    """A file carried inside the PDF. `made_at` is written in it, so that the same input gives the same bytes.

    `relationship` is what PDF/A-3 calls AFRelationship: Source (what the document was made from),
    Data (what it says, for machines), Supplement.
    """

    name: str
    content: bytes
    description: str
    made_at: datetime
    relationship: str = "Source"


@dataclass(frozen=True)
class Part:
    """A template whose pages are numbered on their own: “page 1 of 2”."""

    template: str
    context: Mapping[str, object]


def render(
    template: str,
    context: Mapping[str, object],
    language: str,
    title: str,
    *,
    made_at: datetime,
    identifier: str,
    annexes: Sequence[Part] = (),
    attachments: Sequence[AttachedFile] = (),
    seal_field: str = "",
) -> bytes:
    """The PDF of `template` followed by `annexes`, each with page numbers of its own.

    `language` is active while the templates render, and is the document's; they see `language`, `title`, `author` and
    `made_at` besides their context. `made_at` (aware) and `identifier` are written into the file instead of the time of
    rendering and a random mark. `seal_field` describes an empty signature field to people who can't see it; without it
    there is none. A letter that no font of this machine draws is shown by its number in a box, with a note at the end
    (toolkit.letters). Raises RenderingFailed when a document asks for a file that is not ours.
    """
    from toolkit.pdf_archive import FIELDS, finish, teach_languages
    from toolkit.pdf_text_layer import teach_text

    teach_languages()
    teach_text()
    fetcher, made_at, title = _our_static_files(), made_at.replace(microsecond=0), without_shapeless(title)
    parts = [Part(template, context), *annexes]
    pages = [html_of(part.template, part.context, language, title, made_at) for part in parts]
    boxed: set[str] = set().union(*map(shapeless, pages))
    while True:  # once, or once more for what the renderer alone finds out: it never tells the same letter twice
        shown = [in_boxes(page, boxed, language) for page in pages]
        try:
            with _missing_letters() as missing, _fonts_dated(made_at):
                content = _laid_out(shown, fetcher).write_pdf(
                    finisher=partial(finish, identifier=identifier, seal_field=seal_field),
                    pdf_identifier=identifier.encode(),
                    attachments=[_attachment(file, fetcher) for file in attachments],
                    **FIELDS,
                )
        except fetcher.Refused as refused:
            raise RenderingFailed(str(refused)) from None
        if missing <= boxed:
            found: bytes = content
            return found
        boxed |= missing


def html_of(template: str, context: Mapping[str, object], language: str, title: str, made_at: datetime) -> str:
    """A part before it is laid out."""
    with translation.override(language):
        frame = {"language": language, "title": title, "author": settings.SITE_NAME, "made_at": made_at}
        return render_to_string(template, {**frame, **context})


def _laid_out(pages: Sequence[str], fetcher: Any) -> Any:
    """One document of all pages; each HTML page counts its own."""
    from weasyprint import HTML

    fonts = _fonts()
    documents = [
        HTML(string=page, base_url=STATIC_ORIGIN, url_fetcher=fetcher).render(font_config=fonts, output_intent="srgb")
        for page in pages
    ]
    return documents[0].copy([page for document in documents for page in document.pages])


def _fonts() -> Any:
    """The fonts of the machine and of our style sheets, as read by this thread's first document:
    they change with a release, and to read them takes longer than to lay out a page."""
    from weasyprint.text.fonts import FontConfiguration

    if not hasattr(_kept, "fonts"):
        _kept.fonts = FontConfiguration()
    return _kept.fonts


def _attachment(file: AttachedFile, fetcher: Any) -> Any:
    from weasyprint import Attachment

    return Attachment(
        string=file.content,
        name=file.name,
        description=without_shapeless(file.description),
        created=file.made_at,
        modified=file.made_at,
        relationship=file.relationship,
        url_fetcher=fetcher,
    )


@contextmanager
def _missing_letters() -> Iterator[set[str]]:
    """The letters that are drawn as an empty box meanwhile, because no font has them:
    the renderer says so in its log only."""
    missing: set[str] = set()
    here = threading.get_ident()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == here and str(record.msg).startswith(".notdef glyph") and isinstance(record.args, tuple):
                missing.update(str(letter) for letter in record.args[:1])

    logger, listener = logging.getLogger("weasyprint"), Listener(logging.WARNING)
    logger.addHandler(listener)
    try:
        yield missing
    finally:
        logger.removeHandler(listener)


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


def _our_static_files() -> Any:
    """A URL fetcher that opens static files by name and nothing else: no network, no other file of the machine."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class StaticFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint is not typed
        class Refused(FatalURLFetchingError):  # type: ignore[misc]  # WeasyPrint is not typed
            """Stops the rendering: a document without its font or style sheet is not the document."""

        def fetch(self, url: str, headers: dict[str, object] | None = None) -> URLFetcherResponse:
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
