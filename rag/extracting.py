"""The answer with no model: passages found, read, verified and judged."""

from __future__ import annotations

import time
from collections.abc import Sequence

from index.library import Library
from rag import premises, refuse
from rag.choosing.joining import joined
from rag.confirmed import confirmed
from rag.conflicts import accounts, undated
from rag.dating import asks_of_today
from rag.draft import Draft
from rag.editions import other_edition
from rag.extract import Behind, Extract, around, extract, likeliest
from rag.itemised import itemised
from rag.other_employer import of_the_named_one
from rag.own_place import not_of_the_whole, of_the_place, planned_only
from rag.parts import open_parts
from rag.placeless import others_that_tell
from rag.procedure import without_way
from rag.retriever import passages
from rag.rungs import unsaid_rungs
from rag.same_document import UNSURE, of_a_short_message, of_the_first, of_this_turn, whole_is_better
from rag.telling import tell
from rag.terms import weigh
from rag.totals import told_on
from rag.types import Passage, Question
from rag.which import lacks_row

# The right sentence stands in the first passages nearly always; those of one city asked for are few and all looked through.
TOP_PASSAGES = 40
# Only a sentence whose chance comes so near to the best one's is told before one that misses the point.
AS_LIKELY = 0.1


class Extracting:
    """Extracts answers from one open library; what is surer than `threshold` is told."""

    def __init__(self, library: Library, threshold: float) -> None:
        self._library = library
        self._threshold = threshold

    def extracted(self, question: Question, share: float = 1.0) -> Draft:
        """The extract, verified; its `reason` is set and its sentences are empty when it is not good enough.

        A share of the threshold is enough where another answer vouches for this one.
        """
        question = undated(question)
        begun = time.perf_counter()
        found = passages(self._library, question, TOP_PASSAGES)
        spent = (time.perf_counter() - begun) * 1000
        item = itemised(question, found, self._library, self._threshold)
        own = of_this_turn(question) if item is None else None
        draft = item or (self.read(own, of_the_first(found), share) if own and found else Draft())
        short = draft.sentences and (of_a_short_message(question) or draft.confidence < UNSURE)
        if item is None and (short or not draft.sentences):
            whole = self.read(question, found, share)
            judged = bool(whole.sentences) or whole.reason is not None
            kept = short and not (judged and whole_is_better(question, whole.confidence, draft.confidence))
            draft = draft if kept else whole
        draft.passages = found
        draft.timings["retrieve"] = spent
        return draft

    def judged(self, question: Question, found: list[Passage], behind: Behind) -> Draft:
        """What answers a part of a question and how sure it is, with no sentence: it is told with the other parts."""
        terms = weigh(question, self._library)
        extracts = of_the_place(question, terms, extract(question, terms, found, behind), found)
        judged = refuse.judgement(question, terms, extracts, found, self._library)
        return Draft(confidence=judged.confidence, extracts=extracts)

    @staticmethod
    def _to_the_point(question: Question, ranked: Sequence[Extract]) -> list[Extract]:
        """The extracts, what misses the point of the question behind what meets it and is likely enough."""
        best = max((each.weighed for each in ranked), default=0.0)

        def is_behind(extract: Extract) -> bool:
            return extract.weighed < AS_LIKELY * best or refuse.misses_the_point(question, [extract])

        missed = bool(ranked) and refuse.misses_the_point(question, [ranked[0]])
        return sorted(ranked, key=is_behind) if missed else list(ranked)

    def read(self, question: Question, found: list[Passage], share: float) -> Draft:
        """The extract of the passages that were found, verified and judged."""
        draft = Draft()
        begun = time.perf_counter()
        terms = weigh(question, self._library)
        ranked = self._to_the_point(question, likeliest(question, terms, found))
        extracts = of_the_place(question, terms, joined(question, terms, ranked), found)
        extracts = [told_on(question, each) for each in extracts]
        judged = refuse.judgement(question, terms, extracts, found, self._library)
        draft.confidence = judged.confidence
        # A sentence that answers one of two things asked at once is sure of half of the question; the rest is told to be open.
        share = min(share, refuse.BESIDE) if question.asks > 1 else share
        if judged.confidence < share * self._threshold or lacks_row(question, extracts):
            draft.reason = refuse.after_search(question, judged.year_missed, self._library)
        extracts = of_the_named_one(question, extracts, self._library)
        told = confirmed(question, self._library, extracts, found) or accounts(question, terms, extracts, found)
        draft.of_today = asks_of_today(question.search)
        for each in told.extracts:
            text, evidence = tell(each, question)
            draft.write(text, (evidence,))
        draft.extracts = list(told.extracts)
        draft.notice = unsaid_rungs(question, told.extracts) or (told.notice if draft.reason is None else "")
        corrected = [premises.correction(question, each.text) for each in draft.sentences[:1]]
        part = premises.of_a_part(question, told.extracts[0].places) if told.extracts else ""
        part = part or not_of_the_whole(question, told.extracts)
        planned = [planned_only(question, each.text) for each in draft.sentences[:1]]
        unsaid = without_way(question, "".join(each.text for each in draft.sentences))
        draft.lead = (
            told.lead
            or part
            or "".join(corrected)
            or "".join(planned)
            or other_edition(question, told.extracts)
            or unsaid
        )
        if draft.reason is not None:
            draft.drop_sentences()
        elif draft.sentences:
            draft.notice += others_that_tell(question, terms, told.extracts, ranked, found, self._library)
            said = " ".join(f"{around(each.line)} {each.line.search}" for each in told.extracts)
            draft.unanswered += open_parts(question, said, self._library)
        draft.timings["extract"] = (time.perf_counter() - begun) * 1000
        return draft
