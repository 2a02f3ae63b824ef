"""PDF pages with each piece of text at its place, by moving the lines of `pdf_bytes`."""

from __future__ import annotations

import io
import re

import pypdfium2
from PIL import Image

from tests.index.pages import pdf_bytes

Piece = tuple[float, float, str]
"""Where a piece begins (from the left and from the lower edge, in points) and its text, in 12 point type."""


def placed_pdf(pages: list[list[Piece]]) -> bytes:
    """A PDF of A4 pages with a text layer; pieces are drawn in the order given, which need not be that of reading."""
    data = pdf_bytes([[text for _, _, text in pieces] for pieces in pages])
    places = iter([(left, bottom) for pieces in pages for left, bottom, _ in pieces])

    def moved(found: re.Match[bytes]) -> bytes:
        left, bottom = next(places)
        return f"{left:g} {bottom:g} Td".encode("ascii")

    # The lengths no longer fit the table of offsets at the end; pdfium then looks for the objects itself.
    return re.sub(rb"60 -?\d+ Td", moved, data)


def pictured_pdf(size: tuple[int, int] = (1200, 1600)) -> bytes:
    """A PDF of one page that is a grey picture without a text layer."""
    out = io.BytesIO()
    Image.new("L", size, 200).save(out, "PDF")
    return out.getvalue()


def bound_together(*files: bytes) -> bytes:
    """One PDF with the pages of all."""
    whole = pypdfium2.PdfDocument.new()
    for file in files:
        with pypdfium2.PdfDocument(file) as part:
            whole.import_pages(part)
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()
