"""The cells of the matrix: a place with a measure, what the evidence says of it, and which of it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.measures.evidence_file import Shown
from index.measures.figures import value_of
from index.measures.level import Level
from index.measures.modality import Modality
from index.measures.taxonomy import Measure
from index.places import province_of

State = Literal["adopted", "uncertain"]


@dataclass(frozen=True, slots=True)
class MatrixEvidence:
    """One quote for a cell, with where it stands and how it is meant.

    `copy_of` names the document that this one repeats, whose quote counts in its place; "" for what counts itself.
    """

    document_id: str
    file: str
    quote: str
    start: int
    end: int
    modality: Modality
    figure: str = ""
    unit: str = ""
    year: str = ""
    level: Level = "city"
    title: str = ""
    published: str | None = None
    chunk: int = 0
    is_spun: bool = False
    copy_of: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A place with a measure: adopted when some evidence tells of it as done, else uncertain.

    What an enterprise does is a cell of its own, of the level "enterprise", and not one of the city that it works in.
    `correction` is what a member of the staff said of the cell, in the fields of `index.measures.corrections`, or None.
    """

    place: str
    province: str
    measure: str
    aspect: str
    state: State
    figure: str
    unit: str
    year: str
    evidence: tuple[MatrixEvidence, ...]
    level: Level = "city"
    copies: int = 0
    correction: Mapping[str, str] | None = None

    @property
    def is_enterprise(self) -> bool:
        """Whether an enterprise does it rather than the place."""
        return self.level == "enterprise"

    @property
    def is_rejected(self) -> bool:
        """Whether staff said that the place does not have the measure."""
        return (
            self.correction is not None and self.correction["action"] == "reject" and "outdated" not in self.correction
        )

    @property
    def counting(self) -> tuple[MatrixEvidence, ...]:
        """The evidence that is no copy, or all of it where there is nothing else."""
        return tuple(one for one in self.evidence if not one.copy_of) or self.evidence

    @property
    def ranked(self) -> tuple[MatrixEvidence, ...]:
        """The counting evidence, what speaks best for the cell first."""
        told = sorted(self.counting, key=weight, reverse=True)
        whole = next((one for one in told if _is_whole_of(one, told[0])), told[0])
        return (whole, *(one for one in told if one is not whole))

    @property
    def best(self) -> MatrixEvidence:
        """The evidence that speaks for the cell."""
        return self.ranked[0]


def cells_of(shown: Iterable[Shown], known: Sequence[Measure], copies: Mapping[str, str]) -> tuple[Cell, ...]:
    """The cells by place and in the order of `known`.

    `copies` maps the id of a document that repeats another to that one's.
    """
    order = {measure.name: number for number, measure in enumerate(known)}
    groups: dict[tuple[str, int, bool], list[Shown]] = {}
    for one in shown:
        said = one.evidence
        if said.measure in order:
            groups.setdefault((said.place, order[said.measure], said.level == "enterprise"), []).append(one)
    return tuple(_cell(known[key[1]], groups[key], copies) for key in sorted(groups))


def _cell(measure: Measure, shown: Sequence[Shown], copies: Mapping[str, str]) -> Cell:
    evidence = tuple(dict.fromkeys(_evidence(one, copies) for one in shown))
    first = shown[0].evidence
    cell = Cell(
        place=first.place,
        province=province_of(first.place),
        measure=measure.name,
        aspect=measure.aspect,
        state="uncertain",
        figure="",
        unit="",
        year="",
        evidence=evidence,
        level=first.level,
        copies=sum(bool(one.copy_of) for one in evidence),
    )
    best = cell.best
    state: State = "adopted" if best.modality == "done" else "uncertain"
    return replace(cell, state=state, figure=best.figure, unit=best.unit, year=best.year)


def _evidence(one: Shown, copies: Mapping[str, str]) -> MatrixEvidence:
    source, said = one.source, one.evidence
    return MatrixEvidence(
        document_id=source.document_id,
        file=source.file,
        quote=said.quote,
        start=said.start,
        end=said.end,
        modality=said.modality,
        figure=said.figure,
        unit=said.unit,
        year=said.year,
        level=said.level,
        title=source.title,
        published=source.published,
        chunk=said.chunk,
        is_spun=source.is_spun,
        copy_of=copies.get(source.document_id, ""),
    )


# Words of a sum: what a place has in all rather than what came to it.
_IN_ALL = re.compile(r"累计|共|总数|达到?|全[市省区县]|现有|已有|目前|截至|[、]?[省市县乡]{2,}|三级|各级")


def _is_whole_of(one: MatrixEvidence, best: MatrixEvidence) -> bool:
    """Whether a quote tells in all, and in the same unit, more than the best one counts: that one is then a part of it."""
    if _IN_ALL.search(best.quote) or not _IN_ALL.search(one.quote) or one.unit != best.unit or one.is_spun:
        return False
    if one.modality != "done" or best.modality != "done":
        return False
    return (value_of(one.figure) or 0.0) > (value_of(best.figure) or 0.0)


# What is told beside the whole, of one grade, is a part of it: 另有区级7家, 其中国家级6家.
_BESIDE = re.compile(r"(?:其中|另有|另外|此外|还有)[^，,；;。]{0,6}级")


def weight(one: MatrixEvidence) -> tuple[bool, bool, bool, bool, str, bool, bool, str]:
    """How well a quote speaks for its cell.

    What is done speaks before what is planned, the whole before a grade beside it, a figure before none, a sound page
    before a spun one, then the newest, and of one year what is told of the whole.
    """
    told = one.modality == "done", not _BESIDE.match(one.quote), bool(one.figure), not one.is_spun
    is_exact = not one.figure.rstrip("万亿").endswith(("余", "多")) and "余" not in one.unit
    return *told, one.year, bool(_IN_ALL.search(one.quote)), is_exact, one.published or ""
