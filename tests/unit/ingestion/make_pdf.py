"""Text → a PDF, set as Chinese documents are: indented paragraphs, a running title, page numbers.

The font is not embedded and the file says only which of Adobe's character collections it uses, as many do.
"""

from __future__ import annotations

SIZE, LEADING, PER_LINE, LINES = 16, 28, 28, 24
LEFT, TOP = 72, 770
WIDTH, HEIGHT = 595, 842


def make_pdf(text: str, header: str = "", rotated: int = 0, origin: tuple[int, int] = (0, 0)) -> bytes:
    """The PDF of a text; its first paragraph is not indented.

    Args:
        text: its paragraphs, and tables as lines `|cell|cell|`, which are ruled. `^` in a cell means that the one above
            reaches into it, `<` that the one to the left does.
        header: a running title.
        rotated: by how many degrees the pages are turned when shown; they are written so that they then stand upright.
        origin: the lower left corner of the pages in the file's coordinates.
    """
    lines: list[tuple[float, str, list[str]]] = []
    for place, paragraph in enumerate(text.split("\n")):
        if paragraph.startswith("|"):
            lines += _in_cells(paragraph[1:-1].split("|"))
            continue
        indent = 2 if place else 0
        first = PER_LINE - indent
        lines.append((LEFT + indent * SIZE, paragraph[:first], []))
        lines += [(LEFT, paragraph[at : at + PER_LINE], []) for at in range(first, len(paragraph), PER_LINE)]
    pages = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    streams = []
    for number, page in enumerate(pages, 1):
        shown = [_show(LEFT, TOP + 40, 9, header)] if header else []
        for row, (x, line, cells) in enumerate(page):
            y = TOP - row * LEADING
            if cells:
                below = page[row + 1][2] if row + 1 < len(page) else []
                shown += _rules(y, cells, below, first=not row or not page[row - 1][2])
                width = PER_LINE * SIZE / len(cells)
                shown += [
                    _show(LEFT + 4 + column * width, y, SIZE, cell.strip("^<+"))
                    for column, cell in enumerate(cells)
                    if cell.strip("^<+")
                ]
            elif line:
                shown.append(_show(x, y, SIZE, line))
        shown += [_show(280, 30, 9, f"— {number} —")] if header else []
        streams.append("\n".join([_turned(rotated, origin), *shown]).encode())
    across, down = (HEIGHT, WIDTH) if rotated % 180 else (WIDTH, HEIGHT)
    box = f"[{origin[0]} {origin[1]} {origin[0] + across} {origin[1] + down}]"
    return _file(streams, f"/MediaBox {box} /Rotate {rotated}")


def _in_cells(cells: list[str]) -> list[tuple[float, str, list[str]]]:
    """The lines of print of a row: what is too long for its cell goes on below, marked `+`."""
    wide = PER_LINE // len(cells) - 1
    depth = max(1, *(-(-len(cell) // wide) for cell in cells))
    return [
        (
            LEFT,
            "",
            [
                cell if cell in ("^", "<") else ("+" if step else "") + cell[step * wide : (step + 1) * wide]
                for cell in cells
            ],
        )
        for step in range(depth)
    ]


def _rules(y: float, cells: list[str], below: list[str], first: bool) -> list[str]:
    """The lines round the cells of one line of print."""
    width = PER_LINE * SIZE / len(cells)
    top, bottom = y + 0.75 * LEADING, y - 0.25 * LEADING
    rules = [(LEFT, top, LEFT + PER_LINE * SIZE, top)] if first else []
    rules.append((LEFT + PER_LINE * SIZE, top, LEFT + PER_LINE * SIZE, bottom))
    for column, cell in enumerate(cells):
        x = LEFT + column * width
        if cell != "<":
            rules.append((x, top, x, bottom))
        if len(below) != len(cells) or not below[column].startswith(("+", "^")):
            rules.append((x, bottom, x + width, bottom))
    return [f"{x0} {y0} m {x1} {y1} l S" for x0, y0, x1, y1 in rules]


def _turned(rotated: int, origin: tuple[int, int]) -> str:
    """What turns and moves all that is written, so that it is shown upright."""
    x, y = origin
    return {
        0: f"1 0 0 1 {x} {y} cm",
        90: f"0 1 -1 0 {x + HEIGHT} {y} cm",
        180: f"-1 0 0 -1 {x + WIDTH} {y + HEIGHT} cm",
        270: f"0 -1 1 0 {x} {y + WIDTH} cm",
    }[rotated]


def _show(x: float, y: float, size: int, text: str) -> str:
    return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"


def _file(streams: list[bytes], page: str) -> bytes:
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
            f"<< /Type /Page /Parent 2 0 R {page} /Resources << /Font << /F 3 0 R >> >> "
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
