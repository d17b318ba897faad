"""Real PDFs made by pikepdf: a plain one, and one for each reason to refuse."""

import io

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name


def pdf(pages: int = 2, change=None, **saving) -> bytes:
    """A PDF of blank A4 pages; `change(pdf)` may spoil it before it is saved."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out, **saving)
    return out.getvalue()


def upload(data: bytes | None = None, name: str = "deck.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if data is None else data, content_type="application/pdf")


def _annotation(made, **action):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=Dictionary(**action))
    made.pages[0].Annots = Array([note])


def javascript(made):
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def hidden_javascript(made):
    """In the additional actions of a page, behind an indirect object."""
    made.pages[0].AA = Dictionary(O=made.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)")))


def launch(made):
    _annotation(made, S=Name.Launch, F="calc.exe")


def submit_form(made):
    _annotation(made, S=Name.SubmitForm, F="https://elsewhere.example")


def embedded(made):
    made.attachments["payload.exe"] = b"MZ"


def xfa(made):
    made.Root.AcroForm = Dictionary(XFA=made.make_stream(b"<xdp/>"), Fields=Array([]))


def opens_a_link(made):
    made.Root.OpenAction = Dictionary(S=Name.URI, URI="https://elsewhere.example")


def page_does_something(made):
    """When the page is shown."""
    made.pages[0].AA = Dictionary(O=Dictionary(S=Name.URI, URI="https://elsewhere.example"))


def closing_does_something(made):
    """When the document is closed: an additional action of the catalogue."""
    made.Root.AA = Dictionary(WC=made.make_indirect(Dictionary(S=Name.Hide, T="x")))


def field_does_something(made):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="a", Rect=Array([0, 0, 9, 9]))
    note.AA = Dictionary(K=Dictionary(S=Name.URI, URI="https://elsewhere.example"))
    made.pages[0].Annots = Array([note])


def page_turns_to_another(made):
    """What goes to a page, and no further, is allowed as it is on opening."""
    there = Array([made.pages[1].obj, Name.Fit])
    made.pages[0].AA = Dictionary(O=Dictionary(S=Name.GoTo, D=there))


def film(made):
    note = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]))
    made.pages[0].Annots = Array([note])


def opens_on_page_two(made):
    made.Root.OpenAction = Array([made.pages[1].obj, Name.Fit])


def link(made):
    _annotation(made, S=Name.URI, URI="https://ours.example")


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)
