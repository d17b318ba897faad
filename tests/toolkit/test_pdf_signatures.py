"""Signatures that other programs add to our files: sound ones are read however they number their objects,
unsound ones never."""

import io
import lzma
from functools import partial
from pathlib import Path

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfSignatureMetadata, PdfTimeStamper, SimpleSigner, sign_pdf
from pyhanko.sign.timestamps import DummyTimeStamper

from toolkit import pdf_signatures
from toolkit.apart import apart
from toolkit.seal import _new_certificate

SIGNED = Path(__file__).with_name("signed")
OURS = (SIGNED / "ours.pdf").read_bytes()


def elsewhere(name: str) -> bytes:
    return lzma.decompress((SIGNED / f"{name}.pdf.xz").read_bytes())


def told(content: bytes) -> list[str] | str:
    """Who signed, or the fault."""
    assert content.startswith(OURS)
    answer = apart(partial(pdf_signatures.look, content, len(OURS)))
    return answer.get("fault") or [one["subject"] for one in answer["signatures"]]


@pytest.fixture(scope="module")
def person() -> SimpleSigner:
    return SimpleSigner.load_pkcs12_data(_new_certificate("Hanna"), other_certs=[])


def signed(content: bytes, person: SimpleSigner, field: str = "Mine", **asked) -> bytes:
    metadata = PdfSignatureMetadata(field_name=field, **asked)
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    return apart(lambda: sign_pdf(writer, metadata, signer=person)).getvalue()


HANNA = "Common Name: Hanna Host, Organization: Braga Incubator"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("poppler", [HANNA]),
        ("itext", [HANNA]),
        ("pdfbox", [HANNA]),
        ("itext-pdfbox", [HANNA, HANNA]),
        ("pdfbox-itext", [HANNA, HANNA]),
        ("openpdf", "kind"),
    ],
)
def test_what_other_programs_signed_is_read(name, says):
    assert told(elsewhere(name)) == says


@pytest.mark.parametrize("name", ["poppler", "itext", "pdfbox"])
def test_what_they_signed_is_refused_once_it_is_changed(name, person):
    content = elsewhere(name)
    where = content.index(b"D:2026", len(OURS))
    assert told(content[:where] + b"D:2025" + content[where + 6 :]) == "broken"
    assert told(with_another_first_page(content)) == "partial"
    assert told(signed(with_another_first_page(content), person)) == "changed"


def with_another_first_page(content: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    pages = writer.root["/Pages"]["/Kids"]
    pages[0]["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.mark_update(pages.raw_get(0))
    writer.write(out := io.BytesIO())
    return out.getvalue()


def written(change) -> bytes:
    """`ours.pdf` with an update by `change(writer, structure tree)`."""
    writer = IncrementalPdfFileWriter(io.BytesIO(OURS))
    change(writer, writer.root["/StructTreeRoot"])
    writer.write(out := io.BytesIO())
    return out.getvalue()


def say_otherwise(writer, tree):
    """The heading is read aloud as something else."""
    heading = tree["/K"][0]["/K"].raw_get(0)
    heading.get_object()["/ActualText"] = generic.TextStringObject("Another agreement")
    writer.mark_update(heading)


def add_words(writer, tree):
    """A place for a signature that says words."""
    document = tree["/K"].raw_get(0)
    words = {"/S": pdf_name("/Form"), "/P": document, "/ActualText": generic.TextStringObject("And ten desks more")}
    place = generic.DictionaryObject({pdf_name(key): value for key, value in words.items()})
    document.get_object()["/K"].append(writer.add_object(place))
    writer.mark_update(document)


def take_away(writer, tree):
    document = tree["/K"].raw_get(0)
    document.get_object()["/K"].pop()
    writer.mark_update(document)


def tell_parents_otherwise(writer, tree):
    parents = tree.raw_get("/ParentTree")
    parents.get_object()["/Nums"][1].pop(0)
    writer.mark_update(parents)


@pytest.mark.parametrize("change", [say_otherwise, add_words, take_away, tell_parents_otherwise])
def test_the_structure_may_not_say_something_else(change, person):
    assert told(signed(written(change), person)) == "changed"


def test_a_page_of_ours_under_another_generation_is_a_change(person):
    """Programs differ in what they show then: some look at the number of an object alone."""
    page = PdfFileReader(io.BytesIO(OURS)).root["/Pages"]["/Kids"].raw_get(0)
    last = OURS.rindex(b"startxref")
    add = b"%d 1 obj\n<</Type /Page>>\nendobj\n" % page.idnum
    table = b"xref\n%d 1\n%010d 00001 n \n" % (page.idnum, len(OURS) + 1)
    reader = PdfFileReader(io.BytesIO(OURS))
    size, root = reader.xrefs.get_xref_container_info(0).size, reader.root_ref
    trailer = b"trailer\n<</Size %d /Root %d 0 R /Prev %s>>\n" % (size, root.idnum, OURS[last:].split()[1])
    added = b"\n" + add + table + trailer
    content = OURS + added + b"startxref\n%d\n%%%%EOF\n" % (len(OURS) + 1 + len(add))
    assert told(signed(content, person)) == "changed"


def test_proof_of_time_may_follow_and_nothing_else(person):
    """PAdES B-LTA: after the signature a time stamp over everything."""
    stamper = DummyTimeStamper(person.signing_cert, person.signing_key, include_nonce=False)
    content = signed(OURS, person)

    def stamped(content: bytes) -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        return apart(lambda: PdfTimeStamper(stamper).timestamp_pdf(writer, "sha256")).getvalue()

    [who] = told(stamped(content))
    assert "Hanna" in who
    assert told(stamped(OURS)) == "unsigned"
    assert told(stamped(with_another_first_page(content))) == "partial"
    assert told(stamped(content) + b"\nmore") == "partial"


def test_a_weak_fingerprint_is_named(person):
    assert told(signed(OURS, person, md_algorithm="sha1")) == "kind"
