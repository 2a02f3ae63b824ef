"""The rows from which refusing is learned: questions that are answered, that are not, and near misses made from them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from eval.dataset import GoldQuestion
from eval.normal import groups_met
from eval.trust.judging import Judged, judged, of_document, reaches_extract, without
from eval.trust.sets import Given
from eval.trust.silenced import silenced
from eval.trust.swapped import near_misses
from index.library import Library
from index.normalise import search_form
from rag.choosing.models import choosing_by
from rag.content import content
from rag.extracting import TOP_PASSAGES
from rag.question import understand
from rag.retriever import passages
from rag.terms import pairs_of
from rag.training.folds import Folded
from rag.types import Question

# So much of a document is looked through for terms to swap in.
_LONGEST = 3000
_MOST_SWAPS = 3
# Two answers that share so much of what the question does not say itself tell of the same event.
SAME_SHARE = 0.3
SEED = 20211022


@dataclass(frozen=True, slots=True)
class Row:
    """One question that reached the extract, with what is known of it.

    `source` names its set and `group` what it may not be split from; `made` is how it came about: "" as asked,
    "without" its document, "silent" for the document without the sentences that answer, "swap-…" for a near miss made
    from it; `right` is whether the words told hold the answer.
    """

    id: str
    group: str
    source: str
    made: str
    answerable: bool
    right: bool
    readings: dict[str, float]


def gold_rows(
    library: Library, questions: Sequence[GoldQuestion], source: str, most: int = 0, folded: Folded | None = None
) -> Iterator[Row]:
    """The questions of a gold set asked of the library, and asked again where the sentences that answer are cut out.

    Each that it answers is followed by at most so many near misses of it. `folded` are choosers for questions that the
    shipped ones learned from.
    """
    swaps = _Swaps(library, _things_asked([gold.question for gold in questions]), random.Random(SEED))
    documents = {name: held.id for held in library.held() for name in (held.id, held.record, held.file) if name}
    for gold in questions:
        with choosing_by(folded.of(gold.evidence[0].document if gold.evidence else gold.id) if folded else None):
            made = list(_asked(library, gold, source, swaps, documents, most))
        yield from made


def _asked(
    library: Library, gold: GoldQuestion, source: str, swaps: _Swaps, documents: dict[str, str], most: int
) -> Iterator[Row]:
    question = understand(gold.question, gold.history, rarity=library)
    if not reaches_extract(library, question):
        yield Row(gold.id, _pair(gold.id), source, "", gold.answerable, False, {})
        return
    hits = passages(library, question, TOP_PASSAGES)
    found = judged(library, question, hits)
    right = gold.answerable and groups_met(found.told, gold.answers) > 0
    row = Row(gold.id, _pair(gold.id), source, "", gold.answerable, right, found.readings or {})
    yield row
    if gold.answerable and (rest := silenced(hits, gold.answers)):
        other = judged(library, question, rest)
        yield replace(row, made="silent", answerable=False, right=False, readings=other.readings or {})
    document = documents.get(gold.evidence[0].document) if gold.evidence else None
    if most and document and right and not gold.history:
        yield from islice(swaps.of(question, document, found, row), most)


def given_rows(library: Library, questions: Sequence[Given], source: str) -> Iterator[Row]:
    """Questions each asked of its own text alone."""
    documents = {held.record: held.id for held in library.held()}
    for given in questions:
        question = understand(given.question, rarity=library)
        if given.record not in documents or not reaches_extract(library, question):
            continue
        found = judged(library, question, of_document(library, question, documents[given.record]))
        yield Row(given.id, given.record, source, "", given.answerable, _right(given, found), found.readings or {})


def held_out_rows(library: Library, questions: Sequence[Given], source: str, most: int) -> Iterator[Row]:
    """Questions asked of the whole library, of the library without their text, and at most so many near misses of each."""
    swaps = _Swaps(library, _things_asked([given.question for given in questions]), random.Random(SEED))
    documents = {held.record: held.id for held in library.held()}
    for given in questions:
        question = understand(given.question, rarity=library)
        if given.record not in documents or not reaches_extract(library, question):
            continue
        found = judged(library, question, passages(library, question, TOP_PASSAGES))
        row = Row(given.id, given.record, source, "", True, _right(given, found), found.readings or {})
        yield row
        other = judged(library, question, without(library, question, {given.record}))
        if not _says_it_too(given, found, other, question):
            yield replace(row, made="without", answerable=False, right=False, readings=other.readings or {})
        yield from islice(swaps.of(question, documents[given.record], found, row), most)


def _says_it_too(given: Given, found: Judged, other: Judged, question: Question) -> bool:
    """Whether the library answers without the text as well: by the words known, else by those that the text told."""
    if given.answers:
        return _right(given, other)
    new = [pair for pair in pairs_of(found.told) if pair not in question.search]
    return not new or sum(pair in other.told for pair in new) > SAME_SHARE * len(new)


def _right(given: Given, found: Judged) -> bool:
    if not given.answers:
        return given.answerable and found.record == given.record
    return groups_met(found.told, (given.answers,)) > 0


@dataclass(frozen=True, slots=True)
class _Swaps:
    """Near misses of the questions of one set; `pool` are the things that its questions speak of."""

    library: Library
    pool: Sequence[str]
    chance: random.Random

    def of(self, question: Question, document: str, found: Judged, row: Row) -> Iterator[Row]:
        """At most four near misses of a question that a document answers, asked of the whole library."""
        text = search_form(self.library.document(document).text)
        own = [term for term in _things(text[:_LONGEST]) if term not in found.sentence and term not in question.search]
        made = near_misses(question, text, own, self.pool, self.chance)
        self.chance.shuffle(made)
        for one in made[:_MOST_SWAPS]:
            asked = understand(one.question, rarity=self.library)
            if reaches_extract(self.library, asked):
                other = judged(self.library, asked, passages(self.library, asked, TOP_PASSAGES))
                read = other.readings or {}
                yield replace(row, made=f"swap-{one.kind}", answerable=False, right=False, readings=read)


def _things(text: str) -> list[str]:
    return [term.text for term in content(text)[0] if term.weight >= 0.7 and len(term.text) > 1]


def _things_asked(questions: Sequence[str]) -> list[str]:
    return [term for question in questions for term in _things(search_form(question))]


def _pair(name: str) -> str:
    """A near miss and its twin (nearmiss-pairs-dev-014-year and nearmiss-pairs-dev-014) stay together."""
    return "-".join(name.split("-")[:4])
