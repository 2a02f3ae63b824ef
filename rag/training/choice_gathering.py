"""The readings of every sentence that stands before the chooser, and whether it holds the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.library import Library
from index.normalise import search_form
from rag.choosing import clauses
from rag.choosing.chooser import read
from rag.lines import Clause, Line, lines
from rag.question import understand
from rag.retriever import passages
from rag.terms import weigh
from rag.training.choice_asked import Sought
from rag.types import Passage

DEPTH = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentences of one question: their readings (S, R) by `names`, and which hold its answer.

    `doubtful` are sentences of other documents that hold the words of the answer, so that they may answer too. `mode` is
    "given" for the passages of the document alone, "found" for those that retrieval found, "without" for the same but
    for the document. `question` and `texts` are in search form; `document` is what the question was asked of, by which folds are made.
    """

    mode: str
    document: str
    question: str
    texts: tuple[str, ...]
    names: tuple[str, ...]
    readings: NDArray[np.float32]
    right: NDArray[np.bool_]
    doubtful: NDArray[np.bool_]


def choices(library: Library, asked: Sequence[Sought], found_step: int = 1) -> Iterator[Choice]:
    """What is read for each question; retrieval is asked for every `found_step`-th."""
    by_name = {one.record or one.file: one.id for one in library.held()}
    for number, each in enumerate(asked):
        own = by_name.get(each.document)
        if own is None:
            continue
        question = understand(each.question, rarity=library)
        grams = weigh(question, library).grams
        proofs = proof_places(library, each, by_name)
        found = passages(library, question, DEPTH) if number % found_step == 0 else []
        scores = {passage.chunk.id: passage.score for passage in found}
        given = [
            Passage(chunk, library.document(own), scores.get(chunk.id, 1.0 if not found else 0.0))
            for chunk in library.chunks_of(own)
        ]
        without = [passage for passage in found if passage.document.id not in {own, *(name for name, _, _ in proofs)}]
        for mode, shown in (("given", given), ("found", found), ("without", without)):
            stood = [line for passage in shown for line in lines(passage)]
            if stood:
                answers = {library.document(name).text[start:end] for name, start, end in proofs}
                right = np.array([holds_proof(line, line.start, line.end, proofs) for line in stood])
                doubtful = np.array([any(answer in line.text for answer in answers) for line in stood]) & ~right
                forms = tuple(line.search for line in stood)
                known = read(question, grams, stood)
                table = np.stack(list(known.values()), axis=1).astype(np.float32)
                yield Choice(mode, each.document, question.search, forms, tuple(known), table, right, doubtful)


def clause_choices(library: Library, asked: Sequence[Sought]) -> Iterator[Choice]:
    """The clauses of each sentence that answers, and which of them hold a part of the answer."""
    by_name = {one.record or one.file: one.id for one in library.held()}
    for each in asked:
        own = by_name.get(each.document)
        if own is None or not each.proofs:
            continue
        question = understand(each.question, rarity=library)
        grams = weigh(question, library).grams
        proofs = proof_places(library, each, by_name)
        document = library.document(own)
        answering = [
            line
            for chunk in library.chunks_of(own)
            for line in lines(Passage(chunk, document, 1.0))
            if len(line.clauses) > 1 and holds_proof(line, line.start, line.end, proofs)
        ]
        for line in answering:
            right = np.array([_answers(line, clause, each, proofs) for clause in line.clauses])
            known = clauses.read(question, grams, [line])
            table = np.stack(list(known.values()), axis=1).astype(np.float32)
            forms = tuple(clause.search for clause in line.clauses)
            doubtful = np.zeros(len(right), dtype=np.bool_)
            if right.any():
                yield Choice("clauses", each.document, question.search, forms, tuple(known), table, right, doubtful)


def _answers(line: Line, clause: Clause, each: Sought, proofs: Sequence[tuple[str, int, int]]) -> bool:
    if each.answers:
        return any(search_form(answer) in clause.search for answer in each.answers)
    return holds_proof(line, clause.start, clause.end, proofs)


def proof_places(library: Library, each: Sought, by_name: dict[str, str]) -> list[tuple[str, int, int]]:
    """Document id, start and end of every proof that the library holds."""
    found = []
    for proof in each.proofs:
        document_id = by_name.get(proof.document)
        if document_id is None:
            continue
        start, end = proof.start, proof.end
        if proof.quote:
            start = library.document(document_id).text.find(proof.quote)
            end = start + len(proof.quote)
        if start >= 0:
            found.append((document_id, start, end))
    return found


def holds_proof(line: Line, start: int, end: int, proofs: Sequence[tuple[str, int, int]]) -> bool:
    """Whether a part of a line's joined text shares a character with a proof."""
    parts = line.parts(start, end)
    return any(
        name == line.passage.document.id and any(part.start < stop and begin < part.end for part in parts)
        for name, begin, stop in proofs
    )
