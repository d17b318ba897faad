"""Takes out of a PDF what tells who made it, alone in a process with little time and memory:
`python -I pdf_blinding.py < in > out`.

Out go the document's information and XMP metadata (of every object), private data of programs, bookmarks, comments with
their authors, and where links lead. What is drawn on the pages stays. Ends with 1 when the file can't be read.
"""

import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

TELLING = ("/Metadata", "/PieceInfo", "/LastModified")
OF_THE_DOCUMENT = (
    "/Outlines",
    "/Names",
    "/Dests",
    "/PageLabels",
    "/AF",
    "/Collection",
    "/Threads",
    "/StructTreeRoot",
    "/URI",
)


def blind(data: bytes) -> bytes:
    """The PDF without any of that. Raises pikepdf.PdfError when it can't be read."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        for key in OF_THE_DOCUMENT:
            if key in pdf.Root:
                del pdf.Root[key]
        for page in pdf.pages:
            for key in ("/Annots", "/AA"):
                if key in page.obj:
                    del page.obj[key]
        for thing in pdf.objects:
            if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
                for key in TELLING:
                    if key in thing:
                        del thing[key]
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        pdf.remove_unreferenced_resources()
        out = io.BytesIO()
        pdf.save(out, static_id=True, fix_metadata_version=False)
        return out.getvalue()


if __name__ == "__main__":
    from pdf_inspection import limit

    limit()
    sys.stdout.buffer.write(blind(sys.stdin.buffer.read()))
