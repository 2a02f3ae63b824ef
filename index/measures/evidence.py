"""Evidence: each clause of a document that shows a measure of a place, with its figure, its year and how it is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

from index.counted import CountedText, is_heading, paragraphs
from index.measures.figures import figure_near, year_of
from index.measures.level import Level, Subject, level_of, subject_in
from index.measures.modality import Modality, directions_from, governed, is_directive
from index.measures.naming import Naming, names_any, namings, unquoted, without_names
from index.measures.speaking import clause_subjects, home_places, sentence_places
from index.measures.standing import shows
from index.normalise import normalise, search_form
from index.sentences import clause_spans, sentence_spans
from index.types import Chunk, Document, SearchForm, Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """A clause of a document that names a measure of a place.

    `chunk` is the ordinal of its passage, `start` and `end` are offsets in the document's text, whose words `quote` holds.
    """

    chunk: int
    measure: str
    place: str
    level: Level
    start: int
    end: int
    quote: str
    figure: str
    unit: str
    year: str
    modality: Modality

    @property
    def row(self) -> tuple[object, ...]:
        """The values in the order of the fields."""
        return astuple(self)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence that names a measure: its clauses with their search forms, its places, and whose deeds came before it."""

    chunk: int
    joined: CountedText
    form: str
    clauses: tuple[Span, ...]
    forms: tuple[SearchForm, ...]
    places: tuple[str, ...]
    subject: Subject

    def words(self, clause: Span) -> str:
        """A clause without noise, in its original characters."""
        return self.joined.text[clause.start : clause.end]


@dataclass(frozen=True, slots=True)
class _Said:
    """A clause that names measures, in search form, with the clauses of its sentence before it."""

    clause: Span
    form: SearchForm
    before: str
    namings: tuple[Naming, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """What holds for a whole document: the places that it is about, where it begins to give directions, whose deeds it tells."""

    document: Document
    home: tuple[str, ...]
    directions: int
    subject: Subject

    @property
    def is_spun(self) -> bool:
        """Whether a machine put other words in the place of some."""
        return "spun" in self.document.quality


def evidence_of(document: Document, chunks: Sequence[Chunk]) -> list[Evidence]:
    """The evidence of a document, in its order; a heading is none, and neither is a clause that speaks of no place."""
    # The search text of a passage holds its title and headings too, so the gate never misses.
    naming = [chunk for chunk in chunks if names_any(chunk.search_text)]
    if not naming:
        return []
    title = search_form(document.title)
    directions = 0 if is_directive(title) else directions_from(document.text)
    page = _Page(document, home_places(document), directions, subject_in(without_names(title)))
    return [one for sentence in _sentences(page, naming) for one in _of_sentence(page, sentence)]


def _sentences(page: _Page, chunks: Sequence[Chunk]) -> Iterator[_Sentence]:
    """The sentences that name a measure, each with whoever was last said to act before it."""
    for chunk in chunks:
        heading = " ".join(chunk.heading)
        for joined in _naming_paragraphs(page.document, chunk):
            carried: tuple[str, ...] = ()
            subject = page.subject
            for span in sentence_spans(joined.text):
                text = joined.text[span.start : span.end]
                form = search_form(text, spun=page.is_spun)
                # A sentence that names no place goes on with the place named before it.
                carried = sentence_places(text, form, page.home, heading, carried)
                parts = joined.original(span.start, span.end)
                if names_any(form) and not is_heading(page.document, parts[0].start, parts[-1].end):
                    yield _sentence(page, chunk, joined, span, carried, subject)
                subject = subject_in(without_names(form)) or subject


def _naming_paragraphs(document: Document, chunk: Chunk) -> Iterator[CountedText]:
    spun = "spun" in document.quality
    yield from (one for one in paragraphs(document, chunk.marks) if names_any(search_form(one.text, spun=spun)))


def _sentence(
    page: _Page, chunk: Chunk, joined: CountedText, span: Span, spoken: tuple[str, ...], subject: Subject
) -> _Sentence:
    clauses = tuple(clause_spans(joined.text, span.start, span.end))
    forms = tuple(normalise(joined.text[one.start : one.end], spun=page.is_spun) for one in clauses)
    form = search_form(joined.text[span.start : span.end], spun=page.is_spun)
    return _Sentence(chunk.ordinal, joined, form, clauses, tuple(map(unquoted, forms)), spoken, subject)


def _of_sentence(page: _Page, sentence: _Sentence) -> Iterator[Evidence]:
    words = [sentence.words(one) for one in sentence.clauses]
    spoken = clause_subjects(words, sentence.places, page.home)
    before = ""
    for clause, form, places in zip(sentence.clauses, sentence.forms, spoken, strict=True):
        said = _Said(clause, form, before, tuple(namings(form.text)))
        for naming in said.namings:
            if _is_first(said.namings, naming) and shows(form.text, naming):
                yield from _rows(page, sentence, said, naming, places)
        before += form.text


def _rows(page: _Page, sentence: _Sentence, said: _Said, naming: Naming, places: Sequence[str]) -> Iterator[Evidence]:
    document, form = page.document, said.form.text
    parts = sentence.joined.original(said.clause.start, said.clause.end)
    start, end = parts[0].start, parts[-1].end
    counted = figure_near(said.form, sentence.words(said.clause), naming, said.namings)
    subject = subject_in(without_names(said.before + form[: naming.start])) or sentence.subject
    for place in places:
        yield Evidence(
            chunk=sentence.chunk,
            measure=naming.measure.name,
            place=place,
            level=level_of(place, subject),
            start=start,
            end=end,
            quote=document.text[start:end],
            figure=counted.figure,
            unit=counted.unit,
            year=year_of(form, sentence.form, document.published),
            modality=governed(form, said.before, start >= page.directions),
        )


def _is_first(said: Sequence[Naming], naming: Naming) -> bool:
    """Whether a clause names the measure here for the first time: a second name for it is no second evidence."""
    return next(each for each in said if each.measure is naming.measure) is naming
