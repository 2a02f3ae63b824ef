"""A part of a question as questions of its own, and what answers it best."""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.normalise import search_form
from rag.apart import Part, apart
from rag.draft import Draft
from rag.extract import Extract
from rag.one_sentence import at_name, document, same_sentence
from rag.question import understand
from rag.types import Question, Turn
from rag.wanted import figures

# Another document than the first must be so much surer.
SURER_ELSEWHERE = 0.1
# A second sentence that is so many times likelier takes the place of the first.
LIKELIER = 3.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a question as two questions: `alone` as it is asked, `leaning` with what the first part says before it asks.

    `name` is what a part of a row is asked of, in the search form, and `others` are the other names of the row.
    """

    part: Part
    alone: Question
    leaning: Question
    name: str = ""
    others: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether a figure is asked for."""
        return self.alone.kind == "figure"

    def unnamed(self, extract: Extract) -> bool:
        """Whether an extract is of a sentence without the name that is asked about."""
        return self.name not in extract.line.search


@dataclass(frozen=True, slots=True)
class Found:
    """The extract that answers a piece best, or None, with how sure it is; `vouched` is how sure the complete question is of it."""

    piece: Piece
    extract: Extract | None = None
    confidence: float = 0.0
    vouched: float = 0.0


def pieces(question: Question) -> tuple[Piece, ...]:
    """The parts of a question, each with the places and the years that it does not say again; () for one part.

    Of a follow-up, only what this turn asks has parts; each leans on the earlier question.
    """
    parts = apart(question.asked if question.carried else question.standalone)
    names = [search_form(part.name).strip("的那次") for part in parts]
    return tuple(
        replace(_piece(question, part), name=name, others=tuple(each for each in names if each and each != name))
        for part, name in zip(parts, names, strict=True)
    )


def _piece(question: Question, part: Part) -> Piece:
    alone = leaning = understand(part.text, without=question.without)
    if question.carried:
        leaning = understand(part.text, [Turn("user", question.carried)], without=question.without)
    elif part.topic:
        leaning = understand(f"{part.topic}，{part.text}", without=question.without)
    shared = question if question.carried or not part.topic else leaning
    places = alone.places or (shared.places if alone is not leaning else ())
    years = alone.years or (shared.years if len(shared.years) == 1 else ())
    alone, leaning = (
        replace(each, places=places, years=years, text=question.text, asks=1) for each in (alone, leaning)
    )
    return Piece(part, alone, leaning)


def likelier(piece: Piece, alone: Draft, leaning: Draft, elsewhere: Draft) -> Found:
    """What answers a piece: read by itself in the first document, where that finds nothing with its topic, else elsewhere."""
    best = alone if alone.extracts else leaning
    surer = bool(elsewhere.extracts) and elsewhere.confidence > best.confidence + SURER_ELSEWHERE
    if surer and (not best.extracts or document(elsewhere.extracts[0]) != document(best.extracts[0])):
        best = elsewhere
    if not best.extracts:
        return Found(piece)
    first, *others = best.extracts
    chosen = next((each for each in others if each.chance > LIKELIER * first.chance and not piece.name), first)
    alike = [each for each in (leaning, elsewhere) if each.extracts and same_sentence(first, each.extracts[0])]
    vouched = max((each.confidence for each in alike), default=0.0)
    return Found(piece, _at_its_name(piece, chosen), max(best.confidence, vouched), vouched)


def _at_its_name(piece: Piece, extract: Extract) -> Extract:
    """The run of a sentence that tells of the piece's own name."""
    return at_name(
        extract, piece.name, piece.others, lambda words: not piece.counts or figures(words, piece.alone.units) > 0
    )
