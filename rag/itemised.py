"""The item of a document's own list that a question counts to (第五条), verified and told whole."""

from __future__ import annotations

from collections.abc import Sequence

from index.library import Library
from rag import refuse
from rag.conflicts import undated
from rag.draft import Draft
from rag.enumerated import asks_for_item, enumerated, without_number
from rag.question import understand
from rag.telling import tell
from rag.terms import weigh
from rag.types import Passage, Question


def itemised(question: Question, found: Sequence[Passage], library: Library, threshold: float) -> Draft | None:
    """The item that a question counts to, first and whole; a refusal where the list of which it is sure is shorter.

    None for a question that counts to nothing, and where it is not sure that it speaks of this list.
    """
    terms = weigh(question, library) if asks_for_item(question) else None
    item = enumerated(question, terms, found, library) if terms else None
    if item is None:
        return None
    plain = undated(understand(without_number(question.standalone), without=question.without))
    asked = weigh(plain, library)
    # A list is the one that is meant where what leads to it, or the item itself, answers the question without its number.
    runs = ([item.lead], [item.lead, *item.told], list(item.told))
    sure = max(refuse.judgement(plain, asked, each, found, library).confidence for each in runs)
    if sure < threshold:
        return None
    draft = Draft(passages=list(found), extracts=list(item.told))
    for each in item.told:
        text, evidence = tell(each, question)
        draft.write(text, (evidence,))
    draft.confidence = sure if draft.sentences else 0.0
    draft.reason = None if draft.sentences else refuse.after_search(question, False, library)
    return draft
