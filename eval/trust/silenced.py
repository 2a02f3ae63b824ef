"""Passages from which the sentences that answer a question are cut out: the document is found and is silent on the point.

Such rows are what a hard unanswerable question looks like (the right document, the right event, the fact not told), and
every answered question gives one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from eval.normal import groups_met
from index.normalise import search_form
from index.types import Span
from rag.lines import Line, lines
from rag.types import Passage

Groups = Sequence[Sequence[str]]


def silenced(passages: Sequence[Passage], answers: Groups) -> list[Passage] | None:
    """The passages without every sentence that holds a string of the answers; None where that leaves the answer standing.

    A title cannot be cut out, and where nothing was cut the answer had not been found in these words.
    """
    if not answers or any(groups_met(passage.document.title, answers) for passage in passages):
        return None
    cut = [
        _without(passage, [line for line in lines(passage) if groups_met(line.text, answers)]) for passage in passages
    ]
    return [passage for passage in cut if passage.chunk.marks] if cut != list(passages) else None


def _without(passage: Passage, said: Sequence[Line]) -> Passage:
    holes = [part for line in said for part in line.parts(line.start, line.end)]
    if not holes:
        return passage
    marks = tuple(rest for mark in passage.chunk.marks for rest in _rest(mark, holes))
    text = passage.document.text
    context = passage.chunk.search_text.removesuffix(search_form(_joined(text, passage.chunk.marks)))
    form = f"{context} {search_form(_joined(text, marks))}"
    return replace(passage, chunk=replace(passage.chunk, marks=marks, search_text=form))


def _joined(text: str, marks: Sequence[Span]) -> str:
    return "".join(text[mark.start : mark.end] for mark in marks)


def _rest(mark: Span, holes: Sequence[Span]) -> Iterator[Span]:
    """What is left of a mark without the holes."""
    at = mark.start
    for hole in sorted(holes, key=lambda each: each.start):
        if hole.end <= at or hole.start >= mark.end:
            continue
        if hole.start > at:
            yield Span(at, hole.start)
        at = max(at, hole.end)
    if at < mark.end:
        yield Span(at, mark.end)
