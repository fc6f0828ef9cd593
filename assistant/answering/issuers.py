"""The bodies that documents are of, as people call them (市人社局 for 市人力资源和社会保障局) → whether two differ."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.lexicon import load_lexicon

_BODY = re.compile(r"[\u4e00-\u9fff]+?(?:政府|委(?!托)|局|厅)")
_UNSAID = re.compile("人民|办公[厅室]")
"""What people leave out of a name, or what issues for a body."""
_PARTS = re.compile(r"(?:(?P<place>.*)(?P<level>[国省市州县区乡镇]))?(?P<field>.*?)(?P<sort>政府|委|局|厅)")
"""The field is what a body is for: 教育 of 市教育局."""


def issuing_bodies(text: str) -> list[str]:
    """The bodies that a normalised text names, without 人民 and their offices."""
    return _BODY.findall(_UNSAID.sub("", text))


def is_another(named: str, bodies: Sequence[str]) -> bool:
    """Whether a normalised text names a body that is surely none of those that `issuing_bodies` gave.

    A name whose characters all stand in order in that of one of them is short for it. Another one is of another sort
    or level than all of them, of a place that none names, or for a field with no character of theirs. Where less
    differs it may be one of them by another name: 工信局, 经济和信息化局.
    """
    return bool(bodies) and any(_is_none_of(name, bodies) for name in issuing_bodies(named))


def _is_none_of(name: str, bodies: Sequence[str]) -> bool:
    if any(_is_short_for(name, body) for body in bodies):
        return False
    place, level, field, sort = _parts(name)
    alike = [their_level for _, their_level, _, their_sort in map(_parts, bodies) if their_sort == sort]
    if not any(not level or not their_level or level == their_level for their_level in alike):
        return True
    of_whom = place or field
    of_a_place = next((of_whom[-n:] for n in (4, 3, 2) if of_whom[-n:] in load_lexicon().places), "")
    if of_a_place and not any(of_a_place in body for body in bodies):
        return True
    # A government has no field: 当地政府.
    return sort != "政府" and len(field) > 1 and set(field).isdisjoint("".join(bodies))


def _parts(name: str) -> tuple[str, str, str, str]:
    """The place, the level, the field and the sort of a body, each empty where its name has none."""
    match = _PARTS.fullmatch(name)
    return (match["place"] or "", match["level"] or "", match["field"], match["sort"]) if match else ("", "", "", "")


def _is_short_for(name: str, body: str) -> bool:
    rest = iter(body)
    return all(character in rest for character in name)
