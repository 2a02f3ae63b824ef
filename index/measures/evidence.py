"""Evidence: each clause of a document that shows a measure of a place, with its figure, its year and how it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace

from index.measures.features import Around, Clause, features, names_workers, tells_deed
from index.measures.figures import Figure, figure_near, is_of_one_grade, value_of, year_of
from index.measures.level import (
    Level,
    first_actor,
    is_employers_own,
    leads_enterprise,
    level_of,
    named_actors,
    subject_in,
)
from index.measures.modality import Modality, governed
from index.measures.naming import Naming, names_any, namings
from index.measures.reading import mentions_of
from index.measures.sentences import Page, Sentence, sentences
from index.measures.speaking import clause_subjects
from index.measures.standing import doubt
from index.measures.weighing import Weights, logistic, weights
from index.places import is_within, mentions_in
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
class _Said:
    """A clause that names measures, in search form, with the clauses of its sentence before it."""

    clause: Span
    form: SearchForm
    before: str
    namings: tuple[Naming, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence before it is weighed, and what is looked at of its clause."""

    evidence: Evidence
    clause: Clause


@dataclass(frozen=True, slots=True)
class Weighed:
    """All that a document of so many characters tells of one measure of one place, with the features that it is weighed by."""

    found: tuple[Found, ...]
    features: dict[str, float]
    size: int

    @property
    def is_hinted(self) -> bool:
        """Whether no clause names the measure by a word that means little else."""
        return all(one.clause.is_hint for one in self.found)


# Who acts is often named among the first characters.
_LEAD = 200
# From this chance on clauses count as evidence, and as the deed of an enterprise.
SHOWN, HINTED, OF_ENTERPRISE = 0.4, 0.4, 0.36
# 某市推行… tells what the place does, whoever acted before.
_DOES_BEHIND = re.compile(
    r"推[行动进出]|实[行施]|开展|建[立成设]|出台|印发|举办|组织|启动|打造|设立|成立|探索|率先|着力|积极"
)
# A note of so many characters has no room for the other measures by which a report on the reform is known.
NOTE, SHOWN_IN_NOTE = 400, 0.3


def evidence_of(document: Document, chunks: Sequence[Chunk]) -> list[Evidence]:
    """The evidence of a document, in its order; a heading is none, and neither is a clause that speaks of no place."""
    return counted(weighed_of(document, chunks), weights())


def counted(groups: Iterable[Weighed], weighed: Weights) -> list[Evidence]:
    """The evidence that counts by these weights, in the order of the document."""
    kept: list[Evidence] = []
    for group in groups:
        if _is_shown(group, weighed):
            kept += _levelled(group, logistic(weighed["enterprise"], group.features) >= OF_ENTERPRISE)
    return sorted(kept, key=lambda one: (one.chunk, one.start, one.measure, one.place))


def _is_shown(group: Weighed, weighed: Weights) -> bool:
    if group.is_hinted:
        return logistic(weighed["hinted"], group.features) >= HINTED
    return logistic(weighed["shown"], group.features) >= (SHOWN_IN_NOTE if group.size < NOTE else SHOWN)


def _levelled(group: Weighed, is_enterprise: bool) -> Iterator[Evidence]:
    """The evidence of a group with its level: what the text itself says of who acts goes before the score.

    Clauses whose subject is an employer show the deed of an enterprise, and prove nothing of a place that acts beside it.
    """
    is_enterprise = is_enterprise and not any(one.clause.is_places for one in group.found)
    others = [one for one in group.found if is_enterprise or not one.clause.is_employers]
    return (_of_level(one.evidence, is_enterprise or not others) for one in others or group.found)


def _of_level(evidence: Evidence, is_enterprise: bool) -> Evidence:
    return replace(evidence, level=level_of(evidence.place, "enterprise" if is_enterprise else "public"))


def weighed_of(document: Document, chunks: Sequence[Chunk]) -> list[Weighed]:
    """What a document tells of each measure of each place, to be weighed."""
    # The search text of a passage holds its title and headings too, so the gate never misses.
    naming = [chunk for chunk in chunks if names_any(chunk.search_text)]
    if not naming:
        return []
    page = Page(document)
    every: dict[tuple[str, str], list[Found]] = {}
    for sentence in sentences(page, naming):
        for one in _of_sentence(page, sentence):
            every.setdefault((one.evidence.place, one.evidence.measure), []).append(one)
    groups = {key: _clearest(found) for key, found in every.items()}
    if not groups:
        return []
    public, enterprises = named_actors(page.unnamed)
    lead = first_actor(page.unnamed[:_LEAD])
    in_title = {one.measure.name for one in namings(page.title)}
    is_for_workers = names_workers(page.form)
    return [
        Weighed(
            tuple(found),
            features(
                (one.clause for one in found),
                Around(
                    title_names=measure in in_title,
                    title=page.subject,
                    lead=lead,
                    public=public,
                    enterprises=enterprises,
                    homes=len(page.home),
                    is_home=place in page.home,
                    level=level_of(place, "public"),
                    measure=measure,
                    names_workers=is_for_workers,
                    is_directive=page.directions == 0,
                    size=len(page.form),
                    measures=len({name for _, name in groups}),
                    title_form=page.title,
                ),
            ),
            len(page.form),
        )
        for (place, measure), found in groups.items()
    ]


def _clearest(found: list[Found]) -> list[Found]:
    """What only hints at the measure, or is in doubt, is weighed only where nothing clearer is told."""
    named = [one for one in found if not one.clause.is_hint] or found
    return [one for one in named if not one.clause.doubt] or named


def _of_sentence(page: Page, sentence: Sentence) -> Iterator[Found]:
    told = list(_told(sentence))
    # Of measures that only the heading above it names the first clause that tells a deed is asked.
    deeds = (number for number, one in enumerate(told) if tells_deed(one.form.text))
    deed = next(deeds, None) if sentence.under else None
    asked = [number for number, one in enumerate(told) if one.namings or number == deed]
    if not asked:
        return
    words = [sentence.words(one.clause) for one in told[: asked[-1] + 1]]
    spoken = clause_subjects(words, sentence.places, page.home)
    for number in asked:
        for naming in told[number].namings:
            if _is_first(told[number].namings, naming):
                yield from _rows(page, sentence, told[number], naming, spoken[number])
    if deed is not None:
        for measure in sentence.under:
            naming = Naming(0, 0, measure)
            yield from _rows(page, sentence, replace(told[deed], namings=(naming,)), naming, spoken[deed])


def _told(sentence: Sentence) -> Iterator[_Said]:
    before = ""
    for clause, form in zip(sentence.clauses, sentence.forms, strict=True):
        yield _Said(clause, form, before, tuple(namings(form.text)))
        before += form.text


def _rows(page: Page, sentence: Sentence, said: _Said, naming: Naming, places: Sequence[str]) -> Iterator[Found]:
    if not places:
        return
    document, form, where = page.document, said.form.text, sentence.original(said.clause)
    behind = sentence.form.partition(form)[2]
    counted = Figure() if is_of_one_grade(form, naming, behind) else _counted(said, sentence.words(said.clause), naming)
    before = page.acting(said.before + form[: naming.start])
    own, leads = subject_in(before), leads_enterprise(before)
    # What only a heading names is done somewhere in the sentence.
    deed = len(before) if naming.end else len(sentence.acting)
    how = governed(
        form,
        said.before,
        where.start >= page.directions,
        sentence.is_spoken,
        sentence.is_called_plan,
        written=(document.published or "")[:4],
    )
    words = sentence.words(said.clause)
    named, around = mentions_of(words, page.home), mentions_in(said.before, page.home)
    opening = said.before or words
    opens = any(one.start == 0 and _DOES_BEHIND.match(opening, one.end) for one in (around if said.before else named))
    for place in places:
        evidence = Evidence(
            chunk=sentence.chunk,
            measure=naming.measure.name,
            place=place,
            level=level_of(place, own or sentence.subject),
            start=where.start,
            end=where.end,
            quote=document.text[where.start : where.end],
            figure=counted.figure,
            unit=counted.unit,
            year=year_of(form, sentence.form, document.published),
            modality=how,
        )
        clause = Clause(
            form=form,
            sentence=sentence.form,
            name_start=naming.start,
            name_end=naming.end,
            own=own,
            first=sentence.first,
            leads=leads,
            carried=sentence.subject,
            modality=how,
            has_figure=bool(counted.figure),
            names_place=any(is_within(one.full_name, place) for one in named),
            sentence_names_place=any(is_within(one.full_name, place) for one in around),
            start=where.start,
            name=naming.name,
            doubt=doubt(form, naming) if naming.end else "",
            is_places=opens and not sentence.first and not sentence.is_spoken,
            is_employers=not sentence.is_spoken and is_employers_own(sentence.acting, deed),
            places=len(places),
            measures=len({one.measure.name for one in said.namings}),
            is_spoken=sentence.is_spoken,
            is_hint=naming.is_hint,
            is_quoted=_is_quoted(words, form[naming.start : naming.end]),
        )
        yield Found(evidence, clause)


def _is_quoted(words: str, name: str) -> bool:
    """Whether the name of a measure stands in quotation marks, or some of it does."""
    at = max(0, words.find(name[:2]))
    return bool(name) and (words[:at].count("“") > words[:at].count("”") or "“" in words[at : at + len(name)])


def _counted(said: _Said, words: str, naming: Naming) -> Figure:
    """The figure of a measure in a clause; where the clause names the measure more than once, the largest."""
    same = [one for one in said.namings if one.measure is naming.measure]
    told = [figure_near(said.form, words, one, said.namings) for one in same]
    return max(told, key=lambda one: value_of(one.figure) or 0.0)


def _is_first(said: Sequence[Naming], naming: Naming) -> bool:
    """Whether a clause names the measure here for the first time: a second name for it is no second evidence."""
    return next(each for each in said if each.measure is naming.measure) is naming
