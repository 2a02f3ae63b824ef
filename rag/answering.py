"""The steps of one answer: guard the door, search, extract or generate, verify, cite, or refuse."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from dataclasses import replace

from index.errors import LanguageModelError
from index.library import Library
from index.places import find_places, narrowest
from rag import comparing, piecewise, premises, refuse
from rag.conflicts import accounts, undated
from rag.dating import asks_of_today
from rag.draft import Draft
from rag.extract import Behind, around, extract
from rag.generate import LanguageModelSettings
from rag.glossary import glosses
from rag.itemised import itemised
from rag.nearby import around_the_place
from rag.own_place import of_the_place
from rag.parts import in_turn, open_parts, opens_another, separate_questions
from rag.piece import Found, Piece, likelier, pieces
from rag.procedure import without_way
from rag.question import understand
from rag.retriever import passages
from rag.same_document import of_a_short_message, of_the_first, of_this_turn, whole_is_better
from rag.suggest import suggestions
from rag.tabled import tabled
from rag.telling import tell
from rag.terms import weigh
from rag.types import Answer, Event, Passage, Question, Reason
from rag.which import lacks_row
from rag.written import written_sentences

# The right sentence stands in the first passages nearly always; those of one city asked for are few and all looked through.
TOP_PASSAGES = 40
# A name that the question is about stands in the very first ones.
FEW_PASSAGES = 8


class Answering:
    """Answers questions over one open library, with or without a model; safe to share between threads."""

    def __init__(self, library: Library, llm: LanguageModelSettings | None = None) -> None:
        self._library = library
        self._llm = llm
        self._threshold = refuse.threshold(library)

    def events(self, question: Question, started: float) -> Iterator[Event]:
        """Verified sentences as they pass, then the answer; `started` is a `perf_counter` reading for the timings."""
        reason = refuse.at_the_door(question, self._library)
        corrected = self._corrected(question) if reason == "unknown_place" else None
        if reason is not None and corrected is None:
            yield Event(answer=self._refusal(question, reason, 0.0, started))
            return
        draft = corrected or self._separately(question) or self._table(question)
        if draft is None:
            draft = self._in_parts(question)
            told = "".join(each.text for each in draft.sentences)
            if premises.doubtful(question, draft.passages, told):
                draft = self._corrected(question) or draft
            draft = self._around(question, self._openly(question, draft))
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
        draft = self._extracted(placeless)
        draft.lead = premises.corrected_place(question, name, place)
        return draft if draft.sentences else None

    def _openly(self, question: Question, draft: Draft) -> Draft:
        """The draft, or where it is empty the answer without the year or the part of a place that was taken for granted.

        A draft that stands all the same says first that the year is not the sources'.
        """
        if draft.sentences:
            years = [value for value in premises.assumed(question) if value in question.years]
            told = "".join(each.text for each in draft.sentences)
            draft.lead = draft.lead or next((lead for each in years if (lead := premises.instead_of(each, told))), "")
            return draft
        for value in premises.assumed(question):
            other = self._extracted(understand(question.standalone, without=(*question.without, value)))
            told = "".join(each.text for each in other.sentences)
            if told and (lead := premises.instead_of(value, told)):
                other.lead = lead
                return other
        return draft

    def _around(self, question: Question, draft: Draft) -> Draft:
        """The draft, or where it is empty what passages say of the place that are filed under the place around it."""
        if draft.sentences or draft.reason != "place_silent":
            return draft
        open_question = premises.without_places(question)
        found = passages(self._library, undated(open_question), TOP_PASSAGES)
        open_question, own, lead = around_the_place(question, found)
        if not own:
            return draft
        other = self._read(undated(open_question), own, 1.0)
        other.passages = own
        other.lead = other.lead or lead
        return other if other.sentences else draft

    def _separately(self, question: Question) -> Draft | None:
        """Several questions in one message, answered one after the other; None when it is one question."""
        asked = separate_questions(question)
        if not asked:
            return None
        if len({each.places for each in asked}) == len(asked) and all(len(each.places) == 1 for each in asked):
            drafts = [(each.places[0], self._extracted(each)) for each in asked]
            return comparing.side_by_side(question, drafts) if any(draft.sentences for _, draft in drafts) else None
        if question.kind == "which" and (table := self._table(question)):
            return table
        answers = [(each, self._table(each) or self._extracted(each)) for each in asked]
        if not opens_another(question) or not all(draft.sentences for _, draft in answers):
            whole = self._in_parts(question)
            if whole.sentences and not whole.unanswered:
                return whole
        return in_turn(answers) if any(draft.sentences for _, draft in answers) else None

    def _in_parts(self, question: Question) -> Draft:
        """The answer to a question, each of its parts found out by itself where it asks several things."""
        whole = self._extracted(question)
        asked = pieces(question)
        if not asked or not whole.passages or piecewise.counts_all(asked, whole):
            return whole
        first = of_the_first(whole.passages)

        def read(piece: Piece, behind: Behind) -> Found:
            alone = self._judged(piece.alone, first, behind)
            sure = piece.part != asked[0].part and alone.confidence >= self._threshold
            leaning = alone if sure or piece.leaning == piece.alone else self._judged(piece.leaning, first, behind)
            if max(alone.confidence, leaning.confidence) >= self._threshold:
                return likelier(piece, alone, leaning, Draft())
            searched = passages(self._library, piece.leaning, TOP_PASSAGES)
            return likelier(piece, alone, leaning, self._judged(piece.leaning, searched, behind))

        draft = piecewise.told(question, asked, read, self._threshold, whole)
        if draft is None:
            return whole
        draft.passages, draft.timings = whole.passages, whole.timings
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
        drafts = [(place, self._extracted(comparing.one_side(question, place), refuse.BESIDE)) for place in places]
        if not any(draft.sentences and draft.confidence >= self._threshold for _, draft in drafts):
            return None
        return comparing.side_by_side(question, drafts)

    def _each_year(self, question: Question) -> Draft | None:
        """The same question asked of each year alone; None when one of them has no answer or it asks for no figure."""
        if question.kind not in {"figure", "compare"}:
            return None
        drafts = [(year, self._extracted(replace(question, years=(year,), asks=1))) for year in question.years]
        return comparing.year_by_year(question, drafts) if all(draft.sentences for _, draft in drafts) else None

    def _extracted(self, question: Question, share: float = 1.0) -> Draft:
        """The extract, verified; its `reason` is set and its sentences are empty when it is not good enough.

        A share of the threshold is enough where another answer vouches for this one.
        """
        question = undated(question)
        begun = time.perf_counter()
        found = passages(self._library, question, TOP_PASSAGES)
        spent = (time.perf_counter() - begun) * 1000
        item = itemised(question, found, self._library, self._threshold)
        own = of_this_turn(question) if item is None else None
        draft = item or (self._read(own, of_the_first(found), share) if own and found else Draft())
        short = draft.sentences and of_a_short_message(question)
        if item is None and (short or not draft.sentences):
            whole = self._read(question, found, share)
            judged = bool(whole.sentences) or whole.reason is not None
            kept = short and not (judged and whole_is_better(whole.confidence, draft.confidence))
            draft = draft if kept else whole
        draft.passages = found
        draft.timings["retrieve"] = spent
        return draft

    def _judged(self, question: Question, found: list[Passage], behind: Behind) -> Draft:
        """What answers a part of a question and how sure it is, with no sentence: it is told with the other parts."""
        terms = weigh(question, self._library)
        extracts = of_the_place(question, terms, extract(question, terms, found, behind), found)
        judged = refuse.judgement(question, terms, extracts, found, self._library)
        return Draft(confidence=judged.confidence, extracts=extracts)

    def _read(self, question: Question, found: list[Passage], share: float) -> Draft:
        """The extract of the passages that were found, verified and judged."""
        draft = Draft()
        begun = time.perf_counter()
        terms = weigh(question, self._library)
        extracts = of_the_place(question, terms, extract(question, terms, found), found)
        judged = refuse.judgement(question, terms, extracts, found, self._library)
        draft.confidence = judged.confidence
        # A sentence that answers one of two things asked at once is sure of half of the question; the rest is told to be open.
        share = min(share, refuse.BESIDE) if question.asks > 1 else share
        if judged.confidence < share * self._threshold or lacks_row(question, extracts):
            draft.reason = refuse.after_search(question, judged.year_missed, self._library)
        told = accounts(question, terms, extracts, found)
        draft.of_today = asks_of_today(question.search)
        for each in told.extracts:
            text, evidence = tell(each, question)
            draft.write(text, (evidence,))
        draft.extracts = list(told.extracts)
        draft.notice = told.notice
        corrected = [premises.correction(question, each.text) for each in draft.sentences[:1]]
        part = premises.of_a_part(question, told.extracts[0].places) if told.extracts else ""
        unsaid = without_way(question, "".join(each.text for each in draft.sentences))
        draft.lead = told.lead or part or "".join(corrected) or unsaid
        if draft.reason is not None:
            draft.drop_sentences()
        elif draft.sentences:
            said = " ".join(f"{around(each.line)} {each.line.search}" for each in told.extracts)
            draft.unanswered += open_parts(question, said, self._library)
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
        self,
        question: Question,
        reason: Reason,
        confidence: float,
        started: float,
        draft: Draft | None = None,
    ) -> Answer:
        """A refusal in the wording of its reason, with questions that the library can answer, without source cards."""
        offered = suggestions(self._library, question, draft.passages if draft else [])
        return Answer(
            question=question,
            text=refuse.wording(question, reason, self._library.settings.contact),
            refused=True,
            reason=reason,
            confidence=confidence,
            raw_text=draft.raw_text if draft else "",
            suggestions=offered,
            glossary=glosses(question, ""),
            timings_ms=self._timings(draft or Draft(), started),
        )

    @staticmethod
    def _timings(draft: Draft, started: float) -> dict[str, float]:
        return {**draft.timings, "total": (time.perf_counter() - started) * 1000}
