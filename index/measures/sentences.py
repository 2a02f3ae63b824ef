"""The sentences of a document that may tell of a measure: those that name one, and what stands under a heading that does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.counted import CountedText, is_heading, paragraphs
from index.measures.employers import Employers
from index.measures.features import tells_deed
from index.measures.level import Subject, subject_in
from index.measures.modality import calls_plan, is_speech
from index.measures.naming import names_any, namings, unquoted, without_names
from index.measures.speaking import sentence_places
from index.measures.taxonomy import Measure
from index.normalise import normalise, search_form
from index.sentences import clause_spans, sentence_spans
from index.types import Chunk, Document, SearchForm, Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that names a measure: its clauses with their search forms, its places, and whose deeds came before it.

    `under` are measures that only the heading above it names; `is_called_plan` says that the next sentence calls it a plan.
    """

    chunk: int
    joined: CountedText
    form: str
    clauses: tuple[Span, ...]
    forms: tuple[SearchForm, ...]
    places: tuple[str, ...] = ()
    subject: Subject = ""
    is_spoken: bool = False
    is_called_plan: bool = False
    under: tuple[Measure, ...] = ()

    def words(self, clause: Span) -> str:
        """A clause without noise, in its original characters."""
        return self.joined.text[clause.start : clause.end]


@dataclass(frozen=True, slots=True)
class Page:
    """What holds for a whole document: its places, where it begins to give directions, whose deeds it tells, its employers."""

    document: Document
    home: tuple[str, ...]
    directions: int
    subject: Subject
    employers: Employers

    @property
    def is_spun(self) -> bool:
        """Whether a machine put other words in the place of some."""
        return "spun" in self.document.quality


def sentences(page: Page, chunks: Sequence[Chunk]) -> Iterator[Sentence]:
    """The sentences that may tell of a measure, each with whoever was last said to act before it.

    Under a heading that names a measure, the first sentence that tells a deed does where none there names it.
    """
    for chunk in chunks:
        under = _headed(page, chunk)
        for joined in paragraphs(page.document, chunk.marks):
            for sentence in _of_paragraph(page, chunk, joined, under):
                yield sentence
                if sentence.under:
                    under = ()


def _of_paragraph(page: Page, chunk: Chunk, joined: CountedText, under: tuple[Measure, ...]) -> Iterator[Sentence]:
    spans = list(sentence_spans(joined.text))
    forms = [search_form(joined.text[one.start : one.end], spun=page.is_spun) for one in spans]
    naming = [names_any(form) for form in forms]
    if not (under or any(naming)):
        return
    heading = " ".join(chunk.heading)
    carried: tuple[str, ...] = ()
    subject = page.subject
    is_spoken = False
    for span, form, names, following in zip(spans, forms, naming, [*forms[1:], ""], strict=True):
        text = joined.text[span.start : span.end]
        # A sentence that names no place goes on with the place named before it.
        carried = sentence_places(text, form, page.home, heading, carried)
        parts = joined.original(span.start, span.end)
        is_headed = bool(under) and tells_deed(form) and not is_spoken
        if (names or is_headed) and not is_heading(page.document, parts[0].start, parts[-1].end):
            found = replace(
                _sentence(page, chunk, joined, span, form),
                places=carried,
                subject=subject,
                is_spoken=is_spoken,
                is_called_plan=calls_plan(following),
                under=under if is_headed else (),
            )
            under = () if is_headed else under
            yield found
        # What somebody said goes on until somebody else is named.
        acting = subject_in(page.employers.marked(without_names(form)))
        is_spoken = is_speech(form) or (is_spoken and not acting)
        subject = acting or subject


def _headed(page: Page, chunk: Chunk) -> tuple[Measure, ...]:
    """The measures that the heading nearest above a passage names and nothing in the passage does."""
    headed = namings(search_form(chunk.heading[-1])) if chunk.heading else []
    if not headed:
        return ()
    said = {
        one.measure.name
        for joined in paragraphs(page.document, chunk.marks)
        for span in sentence_spans(joined.text)
        if not is_heading(page.document, *_ends(joined, span))
        for one in namings(search_form(joined.text[span.start : span.end], spun=page.is_spun))
    }
    return tuple({one.measure.name: one.measure for one in headed if one.measure.name not in said}.values())


def _ends(joined: CountedText, span: Span) -> tuple[int, int]:
    parts = joined.original(span.start, span.end)
    return parts[0].start, parts[-1].end


def _sentence(page: Page, chunk: Chunk, joined: CountedText, span: Span, form: str) -> Sentence:
    clauses = tuple(clause_spans(joined.text, span.start, span.end))
    forms = tuple(normalise(joined.text[one.start : one.end], spun=page.is_spun) for one in clauses)
    return Sentence(chunk.ordinal, joined, form, clauses, tuple(map(unquoted, forms)))
