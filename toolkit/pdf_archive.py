"""What a PDF needs to be made to PDF/A-3a *and* PDF/UA-1, beyond what the renderer writes for one of them.

The renderer hands over the document just before it is written (its `finisher`): objects here are pydyf's, by reference.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pydyf

from toolkit.pdf_glyphs import write_texts

# What write_pdf is asked for: everything of PDF/A-3a; `finish` adds what makes it PDF/UA-1 as well.
FIELDS = {"pdf_variant": "pdf/a-3a", "pdf_tags": True, "output_intent": "srgb"}

# The second identifier, and the description of its schema that PDF/A asks for (ISO 19005-3, 6.6.2.3), as in the PDF
# Association's “PDF/UA and PDF/A” note.
SECOND_IDENTIFIER = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>\
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier>{identifier}</dc:identifier>\
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language></rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file is made to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def finish(document: Any, pdf: pydyf.PDF, *, identifier: str, seal_field: str) -> None:
    """Completes a tagged document: second identifier, scope of headers, page furniture,
    and an empty field for the seal."""
    _identify(document, pdf, identifier)
    write_texts(document, pdf)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))  # the renderer names each file twice
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    linked = _linked(pdf, root)
    for element in linked.values():
        if element["S"] == "/TH":
            _say_scope(pdf, element)
        elif element["S"] == "/Figure":
            _place(pdf, element)
    parents = _object(pdf, root["ParentTree"])["Nums"]
    _mark_furniture(pdf, parents, linked)
    # A form, if an empty one, that asks programs to append and not to rewrite: what somebody signs elsewhere can then
    # be told from what we made (toolkit.pdf_signatures).
    form = pydyf.Dictionary({"Fields": pydyf.Array(), "SigFlags": 3})
    pdf.add_object(form)
    pdf.catalog["AcroForm"] = form.reference
    if seal_field:
        form["Fields"].append(_add_seal_field(pdf, root, parents, seal_field))


def _object(pdf: pydyf.PDF, reference: bytes | str) -> Any:
    return pdf.objects[_number(reference)]


def _number(reference: bytes | str) -> int:
    return int(reference.split()[0])


def _identify(document: Any, pdf: pydyf.PDF, identifier: str) -> None:
    metadata = _object(pdf, pdf.catalog["Metadata"])
    [packet] = metadata.stream
    escaped = "".join(ESCAPES.get(letter, letter) for letter in identifier)
    more = SECOND_IDENTIFIER.format(identifier=escaped, language=document.metadata.lang)
    before, end, after = packet.partition(b"</rdf:RDF>")
    if not end or b"</rdf:RDF>" in after:
        raise ValueError("the renderer writes its metadata in another way")
    metadata.stream[:] = [before + more.encode() + after]
    metadata.compress = False  # so that a reader of bytes finds the identifier


def _linked(pdf: pydyf.PDF, root: pydyf.Dictionary) -> dict[int, pydyf.Dictionary]:
    """{number of the object: structure element} of everything that the tree of tags reaches."""
    found: dict[int, pydyf.Dictionary] = {}
    waiting = list(root["K"])
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, int):
            continue
        element = _object(pdf, kid)
        if element.get("Type") == "/StructElem":
            found[_number(kid)] = element
            waiting.extend(element["K"])
    return found


def _place(pdf: pydyf.PDF, figure: pydyf.Dictionary) -> None:
    """Where a figure stands, in points from the lower left corner:
    the renderer says it in CSS pixels from the upper left."""
    left, top, right, bottom = (value * 0.75 for value in figure["A"]["BBox"])
    height = _object(pdf, figure["Pg"])["MediaBox"][3]
    figure["A"]["BBox"] = pydyf.Array([left, height - bottom, right, height - top])


def _say_scope(pdf: pydyf.PDF, header: pydyf.Dictionary) -> None:
    """A header in the table's head speaks for its column, any other one for its row."""
    section = _object(pdf, _object(pdf, header["P"])["P"])
    header["A"]["Scope"] = "/Column" if section["S"] == "/THead" else "/Row"


def _mark_furniture(pdf: pydyf.PDF, parents: pydyf.Array, linked: dict[int, pydyf.Dictionary]) -> None:
    """Running heads and feet are in no reading order: they become artifacts, which a screen reader passes over.

    The renderer tags them, and leaves their tags outside the tree.
    """
    pages = [_object(pdf, reference) for reference in pdf.page_references]
    for page, owners in zip(pages, parents[1::2], strict=False):
        loose = {mcid for mcid, owner in enumerate(owners) if _number(owner) not in linked}
        lines = _object(pdf, page["Contents"]).stream
        for position, line in enumerate(lines):  # “/Span”, {"MCID": n}, “BDC”
            if isinstance(line, pydyf.Dictionary) and line.get("MCID") in loose:
                lines[position - 1 : position + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]
        for mcid in loose:
            owners[mcid] = "null"


def _add_seal_field(pdf: pydyf.PDF, root: pydyf.Dictionary, parents: pydyf.Array, description: str) -> bytes:
    """The reference of an invisible signature field on the last page, in the tree of tags as a form,
    to be filled when the file is sealed."""
    page = pdf.page_references[-1]
    body = _object(pdf, root["K"][0])
    owner = parents[-2] + 1  # keys and values by turns, in order: the next key that is free
    field = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String("Seal"),
            "TU": pydyf.String(description),
            "Contents": pydyf.String(description),
            "Rect": pydyf.Array([0, 0, 0, 0]),
            "F": 132,  # printed, locked: PDF/A wants the first
            "P": page,
            "StructParent": owner,
        }
    )
    pdf.add_object(field)
    placed = pydyf.Dictionary({"Type": "/OBJR", "Obj": field.reference, "Pg": page})
    pdf.add_object(placed)
    element = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/Form",
            "Alt": pydyf.String(description),
            "K": pydyf.Array([placed.reference]),
            "Pg": page,
            "P": body.reference,
        }
    )
    pdf.add_object(element)
    body["K"].append(element.reference)
    parents.extend([owner, element.reference])
    annotations = _object(pdf, page).setdefault("Annots", pydyf.Array())
    annotations.append(field.reference)
    found: bytes = field.reference
    return found


def _with_languages(build: Callable[..., Any]) -> Callable[..., Any]:
    """The renderer's builder of tags, with the language of each part that has one of its own,
    and how each list counts."""

    def build_and_say(box: Any, *arguments: Any) -> Iterator[Any]:
        source = getattr(box, "_box", box)
        element = source.element
        language = element.get("lang") if element is not None and source.element_tag not in ("html", "body") else None
        for made in build(box, *arguments):
            if language:
                made.setdefault("Lang", pydyf.String(language))
            if made["S"] == "/L":
                numbering = "/Decimal" if source.element_tag == "ol" else "/Disc"
                made["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})
            yield made

    return build_and_say


@cache
def teach_languages() -> None:
    """Lets the renderer's tags say the language of a part: it reads lang in HTML and forgets it in PDF.

    The one private name of the renderer that we lean on; tests/toolkit/test_pdf.py tells when it has gone.
    """
    from weasyprint.pdf import tags

    tags._build_box_tree = _with_languages(tags._build_box_tree)
