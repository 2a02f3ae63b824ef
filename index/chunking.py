"""Passages of a document: whole sentences within a token budget, under one heading, with the noise left uncounted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from index.counted import CountedText
from index.passages import Passages
from index.sentences import clause_spans, sentence_spans
from index.settings import Settings
from index.token_counter import TokenCounter, tokens_of
from index.types import Chunk, Document, Heading, Span

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# A heading of this level or higher parts passages; a lower one goes with the text around it.
_PARTING_LEVEL = 2


def chunk_document(document: Document, settings: Settings) -> tuple[Chunk, ...]:
    """The passages of a document, in order and without overlap.

    A passage holds at most `settings.chunk_tokens` tokens of counted text; a sentence longer than that is cut at its clauses,
    and a clause longer than that where the budget ends. A heading of level 1 or 2 begins a new passage and joins the
    first sentence under it. A passage without a counted Chinese character is dropped.
    """
    noise = sorted((item.start, item.end) for item in document.noise)
    passages = Passages(document)
    chunks: list[Chunk] = []
    for group in _groups(document, _pieces(document, noise, settings), settings):
        marks = _counted(document.text, Span(group[0][0][0].start, group[-1][0][-1].end), noise)
        if any(_HAN.search(document.text, mark.start, mark.end) for mark in marks):
            chunks.append(passages.chunk(marks, _body_start(document, group), len(chunks)))
    return tuple(chunks)


# A piece is a sentence (or a part of a long one): its counted spans and the tokens in them.
_Piece = tuple[tuple[Span, ...], int]


def _pieces(document: Document, noise: Sequence[tuple[int, int]], settings: Settings) -> list[_Piece]:
    text, budget = document.text, settings.chunk_tokens
    counter = TokenCounter(text, settings.token_encoding)
    pieces: list[_Piece] = []
    first = 0
    for sentence in sentence_spans(text):
        # Sentences and noise are both sorted, so noise that ended before this one is never looked at again.
        while first < len(noise) and noise[first][1] <= sentence.start:
            first += 1
        marks = _counted(text, sentence, noise, first)
        if not marks:
            continue
        tokens = sum(counter.count(mark.start, mark.end) for mark in marks)
        if tokens <= budget:
            pieces.append((marks, tokens))
        else:
            pieces += _cut(text, marks, settings)
    return pieces


def _counted(text: str, span: Span, noise: Sequence[tuple[int, int]], first: int = 0) -> tuple[Span, ...]:
    """The parts of a span that no noise from number `first` on covers, trimmed of blanks."""
    marks = []
    at = span.start
    for start, end in islice(noise, first, None):
        if end <= span.start:
            continue
        if start >= span.end:
            break
        marks += _trimmed(text, at, min(start, span.end))
        at = max(at, end)
    marks += _trimmed(text, at, span.end)
    return tuple(marks)


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [Span(start, end)] if start < end else []


def _cut(text: str, marks: Sequence[Span], settings: Settings) -> Iterator[_Piece]:
    """The parts of a sentence that is longer than the budget: its clauses, and cuts inside a clause too long itself.

    Clauses are found with the noise cut out: a word into which spam was thrown stays whole.
    """
    joined = CountedText("".join(text[mark.start : mark.end] for mark in marks), tuple(marks))
    for clause in clause_spans(joined.text, 0, len(joined.text)):
        yield from _cut_clause(text, joined, clause, settings)


def _cut_clause(text: str, joined: CountedText, clause: Span, settings: Settings) -> Iterator[_Piece]:
    start = clause.start
    while start < clause.end:
        end = clause.end
        tokens = tokens_of(joined.text[start:end], settings.token_encoding)
        while tokens > settings.chunk_tokens:
            # Tokens are nearly proportional to characters, so two or three steps reach the budget.
            end = start + max(1, min(end - start - 1, (end - start) * settings.chunk_tokens // tokens))
            tokens = tokens_of(joined.text[start:end], settings.token_encoding)
            if end - start == 1:
                break
        parts = tuple(span for part in joined.original(start, end) for span in _trimmed(text, part.start, part.end))
        if parts:
            yield parts, tokens
        start = end


def _groups(document: Document, pieces: Sequence[_Piece], settings: Settings) -> Iterator[list[_Piece]]:
    """Neighbouring pieces that share a passage."""
    partings = sorted(heading.start for heading in document.headings if heading.level <= _PARTING_LEVEL)
    group: list[_Piece] = []
    held = 0
    for piece in pieces:
        # The blank between two sentences, mostly a line break, is counted as a token of its own.
        cost = piece[1] + 1
        # Headings in a row stay together: a heading alone is no passage while there is text below it.
        is_parted = bool(group) and _section(partings, piece) != _section(partings, group[-1])
        if group and (held + cost > settings.chunk_tokens or (is_parted and not _only_headings(document, group))):
            # A heading at the end belongs to the text below it.
            kept = len(group)
            while kept and _only_headings(document, group[kept - 1 : kept]):
                kept -= 1
            below = group[kept:] if kept else []
            if (
                held + cost > settings.chunk_tokens
                and sum(tokens + 1 for _, tokens in below) + cost > settings.chunk_tokens
            ):
                kept, below = len(group), []
            yield group[: kept or len(group)]
            group = below
            held = sum(tokens + 1 for _, tokens in group)
        group.append(piece)
        held += cost
    if group:
        yield group


def _section(partings: Sequence[int], piece: _Piece) -> int:
    return bisect_right(partings, piece[0][0].start)


def _only_headings(document: Document, group: Sequence[_Piece]) -> bool:
    return all(any(_covers(heading, marks[0]) for heading in document.headings) for marks, _ in group)


def _covers(heading: Heading, span: Span) -> bool:
    """Whether all of a span is heading; of an article of a law only the number is, and the rest is text."""
    return heading.start <= span.start and span.end <= heading.end


def _body_start(document: Document, group: Sequence[_Piece]) -> int:
    """Where the text below the group's own headings begins, or the last heading of a group of headings alone."""
    for marks, _ in group:
        if not any(_covers(heading, marks[0]) for heading in document.headings):
            return marks[0].start
    return group[-1][0][0].start
