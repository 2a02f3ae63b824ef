"""The sentences of a document that may tell of a measure: those that name one, and what stands under a heading that does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.counted import CountedText, is_heading, paragraphs
from index.measures.employers import Employers, employers_in
from index.measures.features import tells_deed
from index.measures.level import Subject, first_actor, subject_in
from index.measures.modality import calls_plan, directions_from, is_directive, is_speech
from index.measures.naming import names_any, namings, unquoted, without_names
from index.measures.reading import form_of
from index.measures.speaking import home_places, sentence_places
from index.measures.taxonomy import Measure
from index.normalise import search_form
from index.sentences import clause_spans, sentence_spans
from index.types import Chunk, Document, SearchForm, Span


@dataclass(frozen=True)
class Page:
    """What holds for a whole document, each looked for when it is first asked for: most documents tell of no measure."""

    document: Document

    @property
    def is_spun(self) -> bool:
        """Whether a machine put other words in the place of some."""
        return "spun" in self.document.quality

    @cached_property
    def title(self) -> str:
        """The title in search form."""
        return search_form(self.document.title)

    @cached_property
    def form(self) -> str:
        """The text in search form."""
        return search_form(self.document.text, spun=self.is_spun)

    @cached_property
    def unnamed(self) -> str:
        """The text in search form without the names of measures."""
        return without_names(self.form)

    @cached_property
    def home(self) -> tuple[str, ...]:
        """The places that it is about."""
        return home_places(self.document)

    @cached_property
    def directions(self) -> int:
        """Where it begins to give directions."""
        return 0 if is_directive(self.title) else directions_from(self.document.text)

    @cached_property
    def employers(self) -> Employers:
        """The employers that it goes on to call by short names."""
        return employers_in(f"{without_names(self.title)}。{self.unnamed}", self.document.places)

    @cached_property
    def subject(self) -> Subject:
        """Whose deeds it tells by its title."""
        return subject_in(self.acting(self.title))

    def acting(self, form: str) -> str:
        """A search form as it is read for those who act: without names of measures, its employers marked."""
        return self.employers.marked(without_names(form))


class _Paragraph:
    """The sentences of a paragraph; of those before one that is asked about only what that needs is read."""

    def __init__(self, page: Page, chunk: Chunk, joined: CountedText) -> None:
        self.page, self.chunk, self.joined = page, chunk, joined
        self.spans = list(sentence_spans(joined.text))
        self.forms = [form_of(self.words(one), page.is_spun).text for one in self.spans]
        self._actors: dict[int, Subject] = {}

    def words(self, span: Span) -> str:
        """A part without noise, in its original characters."""
        return self.joined.text[span.start : span.end]

    def is_heading(self, number: int) -> bool:
        """Whether the sentence of this number is a heading, which tells nothing."""
        parts = self.joined.original(self.spans[number].start, self.spans[number].end)
        return is_heading(self.page.document, parts[0].start, parts[-1].end)

    def is_spoken(self, number: int) -> bool:
        """Whether a sentence goes on with what somebody said, which ends where somebody else is named."""
        for before in range(number - 1, -1, -1):
            if is_speech(self.forms[before]):
                return True
            if self._actor(before):
                return False
        return False

    def subject(self, number: int) -> Subject:
        """Who was last said to act before a sentence."""
        said = (self._actor(before) for before in range(number - 1, -1, -1))
        return next((actor for actor in said if actor), self.page.subject)

    def places(self, number: int) -> tuple[str, ...]:
        """The places of a sentence; one that names none goes on with those of the sentence before it."""
        heading = " ".join(self.chunk.heading)
        for at in range(number, -1, -1):
            places = sentence_places(self.words(self.spans[at]), self.forms[at], self.page.home, heading)
            if places is not None:
                return places
        return ()

    def _actor(self, number: int) -> Subject:
        if number not in self._actors:
            self._actors[number] = subject_in(self.page.acting(self.forms[number]))
        return self._actors[number]


@dataclass(frozen=True)
class Sentence:
    """A sentence that names a measure; what goes on around it is looked for when it is first asked for.

    `under` are measures that only the heading above it names.
    """

    paragraph: _Paragraph
    number: int
    under: tuple[Measure, ...] = ()

    @property
    def chunk(self) -> int:
        """The ordinal of its passage."""
        return self.paragraph.chunk.ordinal

    @property
    def form(self) -> str:
        """The sentence in search form."""
        return self.paragraph.forms[self.number]

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        """Where its clauses stand in the joined text."""
        span = self.paragraph.spans[self.number]
        return tuple(clause_spans(self.paragraph.joined.text, span.start, span.end))

    @cached_property
    def forms(self) -> tuple[SearchForm, ...]:
        """The search forms of its clauses, without quotation marks."""
        is_spun = self.paragraph.page.is_spun
        return tuple(unquoted(form_of(self.words(one), is_spun)) for one in self.clauses)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places that it speaks of."""
        return self.paragraph.places(self.number)

    @cached_property
    def subject(self) -> Subject:
        """Whose deeds came before it."""
        return self.paragraph.subject(self.number)

    @cached_property
    def is_spoken(self) -> bool:
        """Whether somebody says it of what shall be done."""
        return self.paragraph.is_spoken(self.number)

    @cached_property
    def is_called_plan(self) -> bool:
        """Whether the next sentence calls it a plan."""
        following = self.paragraph.forms[self.number + 1 : self.number + 2]
        return any(map(calls_plan, following))

    @cached_property
    def acting(self) -> str:
        """The sentence in search form as it is read for those who act."""
        return self.paragraph.page.acting(self.form)

    @cached_property
    def first(self) -> Subject:
        """Who is named first in it."""
        return first_actor(self.acting)

    def words(self, clause: Span) -> str:
        """A clause without noise, in its original characters."""
        return self.paragraph.words(clause)

    def original(self, clause: Span) -> Span:
        """Where a clause stands in the document, with the noise in it."""
        parts = self.paragraph.joined.original(clause.start, clause.end)
        return Span(parts[0].start, parts[-1].end)


def sentences(page: Page, chunks: Sequence[Chunk]) -> Iterator[Sentence]:
    """The sentences that may tell of a measure, each with whoever was last said to act before it.

    Under a heading that names a measure, the first sentence that tells a deed does where none there names it.
    """
    for chunk in chunks:
        read = [_Paragraph(page, chunk, joined) for joined in paragraphs(page.document, chunk.marks)]
        under = _headed(chunk, read)
        for paragraph in read:
            for number, form in enumerate(paragraph.forms):
                is_headed = bool(under) and tells_deed(form) and not paragraph.is_spoken(number)
                if (is_headed or names_any(form)) and not paragraph.is_heading(number):
                    yield Sentence(paragraph, number, under if is_headed else ())
                    under = () if is_headed else under


def _headed(chunk: Chunk, read: Sequence[_Paragraph]) -> tuple[Measure, ...]:
    """The measures that the heading nearest above a passage names and nothing in the passage does."""
    headed = namings(search_form(chunk.heading[-1])) if chunk.heading else []
    if not headed:
        return ()
    said = {
        one.measure.name
        for paragraph in read
        for number, form in enumerate(paragraph.forms)
        if not paragraph.is_heading(number)
        for one in namings(form)
    }
    return tuple({one.measure.name: one.measure for one in headed if one.measure.name not in said}.values())
