"""Text → a PDF, set as Chinese documents are: indented paragraphs, a running title, page numbers.

The font is not embedded and the file says only which of Adobe's character collections it uses, as many do.
"""

from __future__ import annotations

SIZE, LEADING, PER_LINE, LINES = 16, 28, 28, 24
LEFT, TOP = 72, 770


def make_pdf(text: str, header: str = "") -> bytes:
    """The PDF of a text; its first paragraph is not indented."""
    lines: list[tuple[float, str]] = []
    for place, paragraph in enumerate(text.split("\n")):
        indent = 2 if place else 0
        first = PER_LINE - indent
        lines.append((LEFT + indent * SIZE, paragraph[:first]))
        lines += [(LEFT, paragraph[at : at + PER_LINE]) for at in range(first, len(paragraph), PER_LINE)]
    pages = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    streams = []
    for number, page in enumerate(pages, 1):
        shown = [_show(LEFT, TOP + 40, 9, header)] if header else []
        shown += [_show(x, TOP - row * LEADING, SIZE, line) for row, (x, line) in enumerate(page) if line]
        shown += [_show(280, 30, 9, f"— {number} —")] if header else []
        streams.append("\n".join(shown).encode())
    return _file(streams)


def _show(x: float, y: float, size: int, text: str) -> str:
    return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"


def _file(streams: list[bytes]) -> bytes:
    kids = " ".join(f"{5 + 2 * place} 0 R" for place in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
        b"/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] "
        b"/ItalicAngle 0 /Ascent 850 /Descent -150 /CapHeight 700 /StemV 80 >> >>",
    ]
    for place, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> "
            f"/Contents {6 + 2 * place} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        len(out),
    )
