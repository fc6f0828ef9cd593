"""`floors.toml` and a run → the figures that dropped below their floor (or rose above their ceiling)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from eval.errors import InvalidFloors
from eval.results import Run

FLOORS = Path(__file__).parent / "floors.toml"


def load_floors(path: Path, suite: str, split: str) -> dict[str, float]:
    """The floors of a suite: the table `[suite.split]`, or `[suite]` for a suite without splits.

    Raises:
        InvalidFloors: the file cannot be read, has no such table, or a floor is not a number.
    """
    where = f"{suite}.{split}" if split else suite
    try:
        table: Any = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidFloors(f"cannot read the floors in {path}: {error}") from error
    for name in where.split("."):
        table = table.get(name) if isinstance(table, dict) else None
    if not isinstance(table, dict) or not table:
        raise InvalidFloors(f"{path} has no table [{where}]; add one, or leave --floors out")
    for key, value in table.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InvalidFloors(f"{path}: {where}.{key} must be a number, not {value!r}")
    return {key: float(value) for key, value in table.items()}


def below_floor(run: Run, floors: dict[str, float]) -> list[str]:
    """The figures that miss their floor, in words. For a figure where lower is better the floor is the most it may be.

    A figure without a value misses its floor: what was not measured is not known to hold.

    Raises:
        InvalidFloors: a floor names a figure that the suite does not have.
    """
    missed = []
    for key, floor in floors.items():
        figure = run.ours.figure(key)
        if figure is None:
            known = ", ".join(figure.key for figure in run.ours.figures)
            raise InvalidFloors(f"floors.toml: the suite {run.suite} has no figure {key!r}; it has {known}")
        if figure.value is None:
            missed.append(f"{key} was not measured (floor {floor:g})")
        elif figure.value < floor if figure.higher_is_better else figure.value > floor:
            missed.append(f"{key} {figure.value:.3f} {'<' if figure.higher_is_better else '>'} {floor:g}")
    return missed
