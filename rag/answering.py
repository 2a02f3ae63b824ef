"""The steps of one answer: guard the door, search, extract or generate, verify, cite, or refuse."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from dataclasses import replace

from index.errors import LanguageModelError
from index.library import Library
from index.places import find_places, narrowest
from rag import refuse, table
from rag.demands import unmet
from rag.draft import Draft
from rag.extract import around, extract
from rag.generate import LanguageModelSettings
from rag.parts import open_parts, separate_questions
from rag.retriever import passages
from rag.suggest import suggestions
from rag.telling import tell
from rag.terms import weigh
from rag.types import Answer, Event, Passage, Question, Reason
from rag.written import written_sentences

# The right sentence stands in the first passages nearly always; those of one city asked for are few and all looked through.
TOP_PASSAGES = 40


class Answering:
    """Answers questions over one open library, with or without a model; holds no state between questions."""

    def __init__(self, library: Library, llm: LanguageModelSettings | None = None) -> None:
        self._library = library
        self._llm = llm

    def events(self, question: Question, started: float) -> Iterator[Event]:
        """Verified sentences as they pass, then the answer; `started` is a `perf_counter` reading for the timings."""
        reason = refuse.at_the_door(question, self._library)
        if reason is not None:
            yield Event(answer=self._refusal(question, reason, 0.0, started))
            return
        draft = self._separately(question) or self._table(question)
        if draft is None:
            draft = self._extracted(question)
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

    def _separately(self, question: Question) -> Draft | None:
        """Several questions in one message, each about its own place, answered one after the other."""
        asked = separate_questions(question)
        if not asked:
            return None
        drafts = [(each.places[0], self._extracted(each)) for each in asked]
        return table.side_by_side(question, drafts) if any(draft.sentences for _, draft in drafts) else None

    def _table(self, question: Question) -> Draft | None:
        """Which-places and compare questions; None when the question is of another kind or the table is empty."""
        if question.kind == "which":
            return table.which_places(self._library, question)
        places = tuple(narrowest(list(question.places)))
        return self._each_place(question, places) if len(places) > 1 else None

    def _each_place(self, question: Question, places: tuple[str, ...]) -> Draft | None:
        """The same question asked of each place alone, so that no city's figure is given to another."""
        drafts = [
            (place, self._extracted(replace(question, places=(place,), asks=1), refuse.BESIDE)) for place in places
        ]
        if not any(draft.sentences and draft.confidence >= refuse.THRESHOLD for _, draft in drafts):
            return None
        return table.side_by_side(question, drafts)

    def _extracted(self, question: Question, threshold: float = refuse.THRESHOLD) -> Draft:
        """The extract, verified; its `reason` is set and its sentences are empty when it is not good enough."""
        draft = Draft()
        begun = time.perf_counter()
        found = passages(self._library, question, TOP_PASSAGES)
        draft.timings["retrieve"] = (time.perf_counter() - begun) * 1000
        draft.passages = found
        begun = time.perf_counter()
        terms = weigh(question, self._library)
        extracts = extract(question, terms, found)
        readings = refuse.readings(question, terms, extracts, self._library)
        draft.confidence = readings.confidence
        if readings.confidence < threshold or refuse.is_strange(question, readings) or unmet(question, extracts):
            draft.reason = refuse.after_search(question, bool(readings.year_missed), self._library)
        for each in extracts:
            text, evidence = tell(each, question)
            draft.write(text, (evidence,))
        if draft.reason is not None:
            draft.drop_sentences()
        elif draft.sentences:
            told = " ".join(f"{around(each.line)} {each.line.search}" for each in extracts)
            draft.unanswered += open_parts(question, told, self._library)
        draft.timings["extract"] = (time.perf_counter() - begun) * 1000
        return draft

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
            draft.notice = f"{error}以下为资料原文摘录。"
            draft.model_failed = True
        if not draft.sentences:
            fallback.notice = draft.notice or "模型的回答没有通过原文核对，以下为资料原文摘录。"
            fallback.raw_text = draft.raw_text or fallback.raw_text
            fallback.model_failed = draft.model_failed
            draft = fallback
        draft.timings["generate"] = (time.perf_counter() - begun) * 1000
        return draft

    def _refusal(
        self,
        question: Question,
        reason: Reason,
        confidence: float,
        started: float,
        draft: Draft | None = None,
    ) -> Answer:
        """A refusal in the wording of its reason, with questions that the library can answer, without source cards."""
        near: list[Passage] = draft.passages if draft else []
        offered = suggestions(self._library, question, near, self._answers)
        return Answer(
            question=question,
            text=refuse.wording(question, reason),
            refused=True,
            reason=reason,
            confidence=confidence,
            raw_text=draft.raw_text if draft else "",
            suggestions=offered,
            timings_ms=self._timings(draft or Draft(), started),
        )

    def _answers(self, question: Question) -> bool:
        return bool(self._extracted(question).sentences)

    @staticmethod
    def _timings(draft: Draft, started: float) -> dict[str, float]:
        return {**draft.timings, "total": (time.perf_counter() - started) * 1000}
