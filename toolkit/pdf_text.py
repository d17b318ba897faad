"""The text that is drawn on each page of a PDF, read alone in a process with little time and memory:
`python -I pdf_text.py < in > out`.

Prints a JSON list, one text a page; text that is part of a picture is not among it.
Ends with 1 when the file can't be read.
"""

import io
import json
import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

LONGEST = 20_000  # letters of a page that are kept


def texts(data: bytes) -> list[str]:
    """The text of each page, of at most LONGEST characters."""
    from pypdf import PdfReader

    return [page.extract_text()[:LONGEST] for page in PdfReader(io.BytesIO(data)).pages]


if __name__ == "__main__":
    from pdf_inspection import limit

    limit()
    logging.disable(logging.CRITICAL)
    sys.stdout.write(json.dumps(texts(sys.stdin.buffer.read())))
