"""The steps of one answer: guard the door, search, extract or generate, verify, cite, or refuse."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from dataclasses import replace

from index.errors import LanguageModelError
from index.library import Library
from index.places import find_places, narrowest
from rag import comparing, piecewise, premises, refuse, supposed
from rag.conflicts import undated
from rag.demands import total_for_one
from rag.draft import Draft
from rag.extract import Behind, extract
from rag.extracting import TOP_PASSAGES, Extracting
from rag.generate import LanguageModelSettings
from rag.in_their_words import reworded
from rag.nearby import around_the_place, of_the_whole, tells_of_the_whole
from rag.parts import by_clause, in_turn, opens_another, separate_questions
from rag.piece import Found, Piece, likelier, pieces
from rag.question import understand
from rag.refusal import refusal
from rag.retriever import passages
from rag.rungs import unsaid_rungs
from rag.same_document import of_the_first
from rag.supposed_year import of_another_year
from rag.tabled import tabled
from rag.terms import weigh
from rag.types import Answer, Event, Question, Reason
from rag.written import written_sentences

# A name that the question is about stands in the very first ones.
FEW_PASSAGES = 8


class Answering:
    """Answers questions over one open library, with or without a model; safe to share between threads."""

    def __init__(self, library: Library, llm: LanguageModelSettings | None = None) -> None:
        self._library = library
        self._llm = llm
        self._threshold = refuse.threshold(library)
        self._extracting = Extracting(library, self._threshold)

    def events(self, question: Question, started: float) -> Iterator[Event]:
        """Verified sentences as they pass, then the answer; `started` is a `perf_counter` reading for the timings."""
        reason = refuse.at_the_door(question, self._library)
        corrected = self._corrected(question) or self._instead(question) if reason == "unknown_place" else None
        if reason is not None and corrected is None:
            yield Event(answer=self._refusal(question, reason, 0.0, started))
            return
        draft = corrected or self._separately(question) or self._table(question)
        if draft is None:
            draft = self._in_parts(question)
            told = "".join(each.text for each in draft.sentences)
            if premises.doubtful(question, draft.passages, told):
                draft = self._corrected(question) or draft
            written = None if draft.sentences else reworded(question, draft.passages)
            other = self._extracting.extracted(written) if written else draft
            other = draft if total_for_one(question, other.extracts) else other
            draft = self._around(question, self._openly(question, other if other.sentences else draft))
            if self._llm is not None and draft.sentences:
                draft = yield from self._generated(question, draft, self._llm)
        if not draft.sentences:
            yield Event(answer=self._refusal(question, draft.reason or "no_content", draft.confidence, started, draft))
            return
        if not draft.streamed:
            for text in draft.lines():
                yield Event(sentence=text)
        yield Event(answer=draft.answer(question, self._timings(draft, started)))

    def unheld(self, question: Question) -> bool:
        """Whether the question, as completed from earlier turns, is about a place that the library does not hold."""
        carried = question.text != question.standalone and not find_places(question.text)
        return carried and refuse.at_the_door(question, self._library) == "unknown_place"

    def _corrected(self, question: Question) -> Draft | None:
        """What the library says of a name that the question gives to another place; None where it does not."""
        places = narrowest(list(question.places))
        if len(places) + len(question.unknown_places) != 1 or question.kind == "which":
            return None
        # Most questions name no such thing, and then nothing need be searched for.
        if not premises.may_name(question, self._library):
            return None
        placeless = premises.without_places(question)
        terms = weigh(placeless, self._library)
        found = extract(placeless, terms, passages(self._library, placeless, FEW_PASSAGES))
        own = passages(self._library, question, FEW_PASSAGES) if question.places else []
        name, place = premises.name_of_another_place(question, found, own, self._library)
        if not name:
            return None
        draft = self._extracting.extracted(placeless)
        told = "".join(each.text for each in draft.sentences)
        draft.lead = premises.corrected_place(question, name, place, told)
        # A statement is put right only by words that say so.
        untold = draft.lead == premises.other_part(question) and supposed.only_confirms(question)
        return draft if draft.sentences and not untold else None

    def _openly(self, question: Question, draft: Draft) -> Draft:
        """The draft, or where it is empty the answer without the year or the part of a place that was taken for granted.

        A draft that stands all the same says first that the year is not the sources'.
        """
        if (other := of_another_year(question, draft, self._extracting.extracted)) is not None:
            return other
        if draft.sentences:
            years = [value for value in premises.assumed(question) if value in question.years]
            told = "".join(each.text for each in draft.sentences)
            draft.lead = draft.lead or next((lead for each in years if (lead := premises.instead_of(each, told))), "")
            return supposed.elsewhere(question, draft, self._library, self._extracting.extracted) or draft
        for value in premises.assumed(question):
            other = self._extracting.extracted(understand(question.standalone, without=(*question.without, value)))
            told = "".join(each.text for each in other.sentences)
            if told and (lead := premises.instead_of(value, told)):
                other.lead = lead
                return other
        return self._instead(question) or draft

    def _instead(self, question: Question) -> Draft | None:
        """What is told where a question that only wants to be confirmed supposes another place, year or figure."""
        return supposed.instead(question, self._library, self._extracting.extracted)

    def _around(self, question: Question, draft: Draft) -> Draft:
        """The draft, or where it is empty what passages say of the place that are filed under the place around it."""
        if draft.sentences or draft.reason not in {"place_silent", "unknown_place"}:
            return draft
        open_question = premises.without_places(question)
        found = passages(self._library, undated(open_question), TOP_PASSAGES)
        open_question, own, lead = around_the_place(question, found)
        if not own:
            return self._of_the_whole(question, draft)
        other = self._extracting.read(undated(open_question), own, 1.0)
        other.passages = own
        other.lead = other.lead or lead
        return other if other.sentences else draft

    def _of_the_whole(self, question: Question, draft: Draft) -> Draft:
        """The draft, or what is told of the city itself that the asked district is written behind, openly as the city's."""
        wide, lead = of_the_whole(question)
        if not lead:
            return draft
        other = self._extracting.extracted(wide)
        other.lead = lead
        return other if other.sentences and tells_of_the_whole(wide, other.extracts) else draft

    def _separately(self, question: Question) -> Draft | None:
        """Several questions in one message, answered one after the other; None when it is one question."""
        asked = separate_questions(question)
        if not asked:
            return None
        if len({each.places for each in asked}) == len(asked) and all(len(each.places) == 1 for each in asked):
            drafts = [(each.places[0], self._extracting.extracted(each)) for each in asked]
            return comparing.side_by_side(question, drafts) if any(draft.sentences for _, draft in drafts) else None
        if question.kind == "which" and (table := self._table(question)):
            return table
        # Where it is one question more likely than several, these are read only if the whole of it is not answered.
        first = None if opens_another(question) else self._in_parts(question)
        if first and first.sentences and not first.unanswered:
            return first
        answers = [(each, self._table(each) or self._extracting.extracted(each)) for each in asked]
        if first is None and not all(draft.sentences for _, draft in answers):
            first = self._in_parts(question)
            if first.sentences and not first.unanswered:
                return first
        return in_turn(answers) if any(draft.sentences for _, draft in answers) else None

    def _in_parts(self, question: Question) -> Draft:
        """The answer to a question, each of its parts found out by itself where it asks several things."""
        whole = self._extracting.extracted(question)
        asked = pieces(question)
        if not asked and not whole.sentences:
            return by_clause(question, self._extracting.extracted) or whole
        if not asked or not whole.passages or piecewise.counts_all(asked, whole):
            return whole
        first = of_the_first(whole.passages)

        def read(piece: Piece, behind: Behind) -> Found:
            alone = self._extracting.judged(piece.alone, first, behind)
            sure = piece.part != asked[0].part and alone.confidence >= self._threshold
            leaning = (
                alone if sure or piece.leaning == piece.alone else self._extracting.judged(piece.leaning, first, behind)
            )
            if max(alone.confidence, leaning.confidence) >= self._threshold:
                return likelier(piece, alone, leaning, Draft())
            searched = passages(self._library, piece.leaning, TOP_PASSAGES)
            return likelier(piece, alone, leaning, self._extracting.judged(piece.leaning, searched, behind))

        draft = piecewise.told(question, asked, read, self._threshold, whole)
        if draft is None:
            return whole
        draft.passages, draft.timings = whole.passages, whole.timings
        draft.notice = unsaid_rungs(question, whole.extracts)
        return draft

    def _table(self, question: Question) -> Draft | None:
        """Which-places and compare questions; None when the question is of another kind or the table is empty."""
        draft = tabled(self._library, question)
        if draft is not None or question.kind == "which":
            return draft
        places = tuple(narrowest(list(question.places)))
        if len(places) > 1:
            return self._each_place(question, places)
        return self._each_year(question) if len(question.years) > 1 else None

    def _each_place(self, question: Question, places: tuple[str, ...]) -> Draft | None:
        """The same question asked of each place alone, so that no city's figure is given to another."""
        drafts = [(place, self._extracting.extracted(comparing.one_side(question, place), 0.0)) for place in places]
        comparing.vouched(question, drafts, refuse.BESIDE * self._threshold)
        if not any(draft.sentences and draft.confidence >= self._threshold for _, draft in drafts):
            return None
        return comparing.side_by_side(question, drafts)

    def _each_year(self, question: Question) -> Draft | None:
        """The same question asked of each year alone; None when one of them has no answer or it asks for no figure."""
        if question.kind not in {"figure", "compare"}:
            return None
        drafts = [
            (year, self._extracting.extracted(replace(question, years=(year,), asks=1))) for year in question.years
        ]
        return comparing.year_by_year(question, drafts) if all(draft.sentences for _, draft in drafts) else None

    def _generated(
        self, question: Question, fallback: Draft, llm: LanguageModelSettings
    ) -> Generator[Event, None, Draft]:
        """Sentences of the model as they pass the verifier; the extract where the model fails or nothing passes."""
        begun = time.perf_counter()
        draft = Draft(passages=fallback.passages, confidence=fallback.confidence, streamed=True)
        try:
            for text in written_sentences(question, fallback.passages, llm, draft):
                yield Event(sentence=text)
        except LanguageModelError as error:
            shown = "以下是断开前写完并经核对的句子。" if draft.sentences else "以下为资料原文摘录。"
            draft.notice = f"{error}{shown}"
            draft.model_failed = True
        if not draft.sentences:
            fallback.notice = draft.notice or "模型的回答没有通过原文核对，以下为资料原文摘录。"
            fallback.raw_text = draft.raw_text or fallback.raw_text
            fallback.model_failed = draft.model_failed
            fallback.removed, fallback.usage = draft.removed, draft.usage
            draft = fallback
        draft.timings["generate"] = (time.perf_counter() - begun) * 1000
        return draft

    def _refusal(
        self, question: Question, reason: Reason, confidence: float, started: float, draft: Draft | None = None
    ) -> Answer:
        timings = self._timings(draft or Draft(), started)
        return refusal(self._library, question, reason, confidence, draft or Draft(), timings)

    @staticmethod
    def _timings(draft: Draft, started: float) -> dict[str, float]:
        return {**draft.timings, "total": (time.perf_counter() - started) * 1000}
