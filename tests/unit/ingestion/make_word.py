"""Word files in the making, with lists that Word numbers."""

from __future__ import annotations

import io

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.ingestion import Reading, clean, read

W_NS = nsdecls("w")


def level(number: int, style: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/><w:suff w:val="nothing"/></w:lvl>'
    )


class Word:
    """A Word file in the making, with lists that Word numbers."""

    def __init__(self) -> None:
        self.document = docx.Document()
        self._root = self.document.part.numbering_part.element
        for child in list(self._root):
            self._root.remove(child)
        self._lists = 0

    def list(self, *levels: str, of: int = 0, restart: int | None = None) -> int:
        """A list of its own definition, or one more of the definition of another, begun anew."""
        self._lists += 1
        if not of:
            xml = f'<w:abstractNum {W_NS} w:abstractNumId="{self._lists}">{"".join(levels)}</w:abstractNum>'
            self._root.insert(self._lists - 1, parse_xml(xml))
        again = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{restart}"/></w:lvlOverride>' if restart else ""
        self._root.append(
            parse_xml(
                f'<w:num {W_NS} w:numId="{self._lists}"><w:abstractNumId w:val="{of or self._lists}"/>{again}</w:num>'
            )
        )
        return self._lists

    def add(self, text: str, number: int = 0, at: int = 0, style: str | None = None) -> None:
        paragraph = self.document.add_paragraph(text, style)
        if number:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {W_NS}><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')
            )

    def add_xml(self, xml: str) -> None:
        body = self.document.element.body
        body.insert(len(body) - 1, parse_xml(xml))

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def read(self) -> Reading:
        return read(self.bytes(), "文件.docx")

    def lines(self) -> list[str]:
        return clean(self.read().text).split("\n")
