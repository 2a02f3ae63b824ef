"""Place × measure: every passage is read, and every cell rests on a verbatim clause (thin first form)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.counted import CountedText, is_heading, paragraphs
from index.errors import SettingsError
from index.library import Library
from index.measures import Measure, measures
from index.normalise import search_form
from index.places import clause_places, find_places, is_within, narrowest, passage_places, province_of
from index.sentences import clause_spans, sentence_spans
from index.types import Chunk, Document, Span

State = Literal["adopted", "uncertain"]
Modality = Literal["done", "planned", "negated"]
_PLANNED = re.compile(
    r"拟(?!定|合)|计划(?=[到在于用投建新培开实打从向每三两\d])|规划建|将(?=[建在推开设完投新有达于])|力争|争取(?!补助|资金|到)|目标(?:是|为)|"
    r"今后|未来|到20\d\d年(?![^，。；]{0,24}(?:已|达到?|累计|建成|共有|增加到))|下一步|探索|要求|应当"
)
_NEGATED = re.compile(r"未(?:建|设|开|实|能|提|出)|没有|尚无|不再|取消|停止")
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_UNITS = dict.fromkeys(("家", "个", "所"), ("家", "个", "所"))
_COUNT = r"(\d+(?:\.\d+)?(?:多|余)?)({units})"


@dataclass(frozen=True, slots=True)
class MatrixEvidence:
    """One quote for a cell, with where it stands and whether it speaks of something done."""

    document_id: str
    file: str
    quote: str
    start: int
    end: int
    modality: Modality


@dataclass(frozen=True, slots=True)
class Cell:
    """A place with a measure: adopted when some evidence speaks of it as done, else uncertain."""

    place: str
    province: str
    measure: str
    aspect: str
    state: State
    figure: str
    unit: str
    year: str
    evidence: tuple[MatrixEvidence, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    place: str
    measure: Measure
    evidence: MatrixEvidence
    figure: str
    unit: str
    year: str


def matrix(library: Library, place: str = "", measure: str = "") -> tuple[Cell, ...]:
    """All cells, by place and in the order of the taxonomy; `place` keeps it and what lies within, `measure` one name.

    A document that repeats another is left out, so that a copy counts once.
    """
    asked = search_form(measure)
    wanted = [each for each in measures() if not measure or each.name == measure or asked in each.aliases]
    # A part of a name (创新工作室) stands for every measure that holds it.
    wanted = wanted or [each for each in measures() if asked and any(asked in alias for alias in each.aliases)]
    if not wanted:
        raise SettingsError(
            f"没有名为「{measure}」的举措；请从这些里选：{'、'.join(each.name for each in measures())}。"
        )
    groups: dict[tuple[str, str], list[_Mention]] = {}
    for document in library.documents():
        if "duplicate" in document.quality:
            continue
        for chunk in library.chunks_of(document.id):
            for mention in _mentions(document, chunk, wanted):
                if not place or is_within(mention.place, place):
                    groups.setdefault((mention.place, mention.measure.name), []).append(mention)
    order = {each.name: number for number, each in enumerate(wanted)}
    ranked = sorted(groups.items(), key=lambda group: (group[0][0], order[group[0][1]]))
    return tuple(_cell(mentions) for _, mentions in ranked)


def _cell(mentions: list[_Mention]) -> Cell:
    """One cell; a mention that is done and has a figure speaks first."""
    best = max(mentions, key=lambda each: (each.evidence.modality == "done", bool(each.figure), each.year))
    return Cell(
        place=best.place,
        province=province_of(best.place),
        measure=best.measure.name,
        aspect=best.measure.aspect,
        state="adopted" if best.evidence.modality == "done" else "uncertain",
        figure=best.figure,
        unit=best.unit,
        year=best.year,
        evidence=tuple(dict.fromkeys(each.evidence for each in mentions)),
    )


def _mentions(document: Document, chunk: Chunk, wanted: list[Measure]) -> Iterator[_Mention]:
    spun = "spun" in document.quality
    heading = " ".join(chunk.heading)
    for joined in paragraphs(document, chunk.marks):
        for span in sentence_spans(joined.text):
            parts = joined.original(span.start, span.end)
            if is_heading(document, parts[0].start, parts[-1].end):
                continue
            text = joined.text[span.start : span.end]
            form = search_form(text, spun=spun)
            said = [measure for measure in wanted if measure.said_in(form)]
            if said:
                year = next(iter(_YEAR.findall(form)), (document.published or "")[:4])
                whole = passage_places(document.places, text, "" if find_places(text) else heading)
                clauses = clause_spans(joined.text, span.start, span.end)
                spoken = clause_places([joined.text[c.start : c.end] for c in clauses], whole, document.places)
                for clause, places in zip(clauses, spoken, strict=True):
                    yield from _clause(document, joined, clause, said, narrowest(list(places)), year)


def _clause(
    document: Document, joined: CountedText, clause: Span, said: list[Measure], places: list[str], year: str
) -> Iterator[_Mention]:
    words = search_form(joined.text[clause.start : clause.end], spun="spun" in document.quality)
    parts = joined.original(clause.start, clause.end)
    start, end = parts[0].start, parts[-1].end
    evidence = MatrixEvidence(document.id, document.file, document.text[start:end], start, end, modality(words))
    for measure in said:
        if measure.said_in(words):
            figure, unit = _figure(words, measure)
            for place in places:
                yield _Mention(place, measure, evidence, figure, unit, year)


def modality(words: str) -> Modality:
    """Whether a search form speaks of something done, planned or denied."""
    if _NEGATED.search(words):
        return "negated"
    return "planned" if _PLANNED.search(words) else "done"


def _figure(words: str, measure: Measure) -> tuple[str, str]:
    """The figure counted in the measure's unit in the same clause, nearest to the measure's name."""
    if not measure.unit:
        return "", ""
    pattern = _COUNT.format(units="|".join(_UNITS.get(measure.unit, (measure.unit,))))
    name = min((alias for alias in measure.aliases if alias in words), key=words.find)
    start, end = words.find(name), words.find(name) + len(name)

    def gap(found: re.Match[str]) -> int:
        return found.start() - end if found.start() >= end else start - found.end() + 1

    found = sorted(re.finditer(pattern, words), key=gap)
    return (found[0].group(1), found[0].group(2)) if found else ("", "")
