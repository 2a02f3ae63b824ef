"""The records of answering: question, citation, sentence and answer; all frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from index.types import Chunk, Document, Span
from rag.usage import Usage

Kind = Literal["figure", "date", "entity", "list", "which", "compare", "yesno", "how", "other"]
Reason = Literal["no_content", "unknown_place", "place_silent", "off_topic", "out_of_dates", "private"]
Verdict = Literal["supported", "partly", "unsupported"]
FilterKind = Literal["place", "year", "measure", "topic"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Term:
    """A content term that an answer must speak of, in the search form, with other wordings that count as well.

    `weight` is by grammar: a noun says more of what is asked than a verb, and what an earlier question named says less.
    """

    text: str
    alternatives: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Filter:
    """What a question restricts its answer to: a place (白银市), a year (2021), a measure (工匠学院), an earlier question.

    A place keeps other places out; a year and a measure only put first what they name; a topic is the earlier question that
    a follow-up leans on.
    """

    kind: FilterKind
    value: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of typing in a question: what was typed, and the term of the field that was meant."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood: `standalone` has what a follow-up left out; all lists are in order of appearance.

    `search` is the search form of `standalone`; `places` are full names found by the gazetteer (常州市);
    `unknown_places` are place-like names it does not hold; `years` are four-digit strings; `units` are the measure
    words a figure answer may have (家, 个, 户), empty when any will do; `asks` is how many things are asked at once;
    `counted` is what a figure shall count (多少个产业集群 → 产业集群), "" when the question does not say it after the unit;
    `asked` is the part that this turn itself asks, and `own` its terms where the rest was carried from an earlier turn;
    `runs` are the stretches of content words as they stand together, which keep names that a dictionary cuts apart;
    `measures` are the names of the reform measures that the question speaks of; `slips` are what was mended in `text`, and
    `typed` is the search form of the question as it was typed, "" where nothing was mended; `without` are the filters
    that the person took away; `carried` is the earlier question that this one leans on, "" for none; `whole` is the question
    of which this one is only what is asked at last; `told` is what the answer before said that its own question had not.
    """

    text: str
    standalone: str
    search: str
    kind: Kind
    places: tuple[str, ...] = ()
    unknown_places: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    runs: tuple[str, ...] = ()
    asks: int = 1
    counted: str = ""
    asked: str = ""
    own: tuple[Term, ...] = ()
    measures: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()
    typed: str = ""
    without: tuple[str, ...] = ()
    carried: str = ""
    whole: Question | None = None
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrieved chunk with its document; `score` is the fused score, higher is better."""

    chunk: Chunk
    document: Document
    score: float


@dataclass(frozen=True, slots=True)
class Context:
    """Text of the same document that a citation leans on (heading, an earlier sentence), with its offsets.

    Metadata that does not stand in the text (a title from front matter) has start == end == 0.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one answer sentence rests on: a quote of one document, its marks, and the context it leans on."""

    document: Document
    start: int
    end: int
    marks: tuple[Span, ...]
    context: tuple[Context, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def quote(self) -> str:
        """The verbatim text of the span, noise included."""
        return self.document.text[self.start : self.end]

    @property
    def counted(self) -> str:
        """The text of the marks alone, which is what the verifier reads."""
        return "".join(self.document.text[mark.start : mark.end] for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered piece of evidence as an outsider sees it (see the contract in the design).

    `page` is the printed page on which the quote begins, from 1, or None; `reasons` say why the quality codes are there.
    """

    number: int
    document_id: str
    title: str
    source: str
    published: str | None
    places: tuple[str, ...]
    quote: str
    start: int
    end: int
    marks: tuple[Span, ...]
    file: str
    context: tuple[Context, ...]
    quality: tuple[str, ...]
    verdict: Verdict
    before: str = ""
    after: str = ""
    card: str = ""
    page: int | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with the numbers of the citations it carries and the verifier's verdict."""

    text: str
    numbers: tuple[int, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Removed:
    """A sentence that did not pass the verifier and is not part of the answer, and in Chinese what speaks against it."""

    text: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns, for which-places and compare answers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Gloss:
    """A term of the field explained in one sentence of the project's own, no quote; a `common` one only when asked for."""

    term: str
    meaning: str
    common: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gets: cited sentences, or a refusal with its reason and the nearest questions.

    `notice` is one line for the person (the LLM failed; the source is of low quality); `raw_text` is what the extractor
    or the model wrote before verification; `model_failed` says that the LLM could not be had, not that it said nothing
    true; `removed` are its sentences that did not pass, `usage` is what it took; `suggestions` are questions that the
    library can answer; `glossary` explains a term in words of the project's own.
    """

    question: Question
    text: str
    refused: bool
    reason: Reason | None
    confidence: float
    raw_text: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    unanswered: tuple[str, ...] = ()
    table: Table | None = None
    suggestions: tuple[str, ...] = ()
    notice: str = ""
    model_failed: bool = False
    removed: tuple[Removed, ...] = ()
    usage: Usage | None = None
    glossary: tuple[Gloss, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """A step of a streamed answer: a verified sentence as it passes, then the whole answer as the last event."""

    sentence: str = ""
    answer: Answer | None = None
