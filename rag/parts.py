"""Questions that ask several things: questions in one message apart, and the parts that an answer leaves open."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from index.normalise import search_form
from index.places import find_places
from rag.draft import Draft
from rag.figures import find_figures
from rag.question import understand
from rag.scope import EARLIEST
from rag.story import end_of_story, is_story
from rag.terms import Rarity, presence, term_coverage, weigh
from rag.types import Question, Turn

# A part is open when the answer's words and what stands around them speak of less than this share of it.
OPEN = 0.34
# Only what a part asks about shows that it is open, not how it asks.
THING = 0.9
_SENTENCE_END = re.compile(r"(?<=[?？；;。！!])")
_PART_END = re.compile(r"[?？；;。，,！!]")
_CLAUSE_END = re.compile(r"(?<=[，,])")
# Words that open another question of the same message; 各几家 is asked of what the sentence before named.
_ANOTHER = re.compile(r"(?<=[，,])\s*(?=(?:另外|此外|还有|以及|再问|顺便|再就是|还想)(?!的))")
_EACH = re.compile(r"^\s*(?:各|分别|每[个家座]|都[是有叫])")
_ASKS = re.compile(r"多少|几[^年乎天]|哪|谁|什么|怎么|怎样|如何|啥|咋|吗")
_YES_OR_NO = re.compile(r"[了过]?[吗么没]$|[？?。]|有没有|是不是|是否|能不能|都|已经")
_MARKED = re.compile(r"[?？]")
MOST_QUESTIONS = 4


def separate_questions(question: Question) -> tuple[Question, ...]:
    """The questions of one message, each complete by itself; () when it is one question.

    Sentences that ask part it, and so do clauses that each ask about a place of their own; a later one takes what it
    leaves out (呢, 其中) from the one before, as a follow-up does. Of a story only what has a question mark asks.
    """
    if question.own or (is_story(question.standalone) and len(_MARKED.findall(question.standalone)) < 2):
        return ()
    sentences = [part for each in _SENTENCE_END.split(question.standalone) for part in _ANOTHER.split(each)]
    parts = _asking(sentences) or _of_own_places(question.standalone)
    found: list[Question] = []
    for part in parts[:MOST_QUESTIONS]:
        earlier = [Turn("user", found[-1].standalone)] if found else []
        asked = understand(part, earlier, without=question.without)
        if asked.terms:
            found.append(replace(asked, text=question.text))
    return tuple(found) if len(found) > 1 else ()


def by_clause(question: Question, read: Callable[[Question], Draft]) -> Draft | None:
    """A question that is not answered as a whole, each clause that asks as a question that goes on from the first.

    None where it has no two of them, or the first one is not answered either.
    """
    text = (is_story(question.standalone) and end_of_story(question.standalone)) or question.standalone
    asking = [part.strip() for part in _PART_END.split(text) if _ASKS.search(part)][:MOST_QUESTIONS]
    if question.own or len(asking) < 2:
        return None
    first = understand(asking[0], without=question.without)
    later = [understand(part, [Turn("user", asking[0])], without=question.without) for part in asking[1:]]
    asked = [replace(each, text=question.text) for each in (first, *later)]
    begun = read(asked[0])
    if not begun.sentences:
        return None
    return in_turn([(asked[0], begun), *[(each, read(each)) for each in asked[1:]]], asking)


def opens_another(question: Question) -> bool:
    """Whether a message says itself that it goes on to another question (另外, 还有, 再问一下)."""
    return bool(_ANOTHER.search(question.standalone))


def _asking(sentences: Sequence[str]) -> list[str]:
    """The sentences that ask, each with those before it that do not; [] where fewer than two ask."""
    found: list[str] = []
    before = ""
    for sentence in sentences:
        if found and not before and _EACH.match(sentence):
            found[-1] += sentence.strip()
            continue
        before += sentence.strip()
        if _ASKS.search(sentence):
            found.append(before)
            before = ""
    return found if len(found) > 1 else []


def _of_own_places(text: str) -> list[str]:
    """The clauses that ask when each names a place that the others do not, with the words before the first; else []."""
    clauses = [part for part in _CLAUSE_END.split(text) if part.strip()]
    asking = [at for at, clause in enumerate(clauses) if _ASKS.search(clause)]
    if len(asking) < 2:
        return []
    places = [{mention.full_name for mention in find_places(clauses[at])} for at in asking]
    apart = all(places) and len(set().union(*places)) == sum(map(len, places))
    if not apart:
        return []
    topic = "".join(clauses[: asking[0]])
    bounds = [*asking, len(clauses)]
    return [topic + "".join(clauses[at:end]) for at, end in pairwise(bounds)]


def in_turn(answers: Sequence[tuple[Question, Draft]], named: Sequence[str] = ()) -> Draft:
    """The answers of several questions in one, each sentence once; a question without an answer is left open.

    `named` are the words in which an open question is told, those that it asks in when there are none.
    """
    joined = Draft(confidence=min((draft.confidence for _, draft in answers if draft.sentences), default=0.0))
    names = named or [question.asked for question, _ in answers]
    for (question, draft), name in zip(answers, names, strict=True):
        joined.passages += draft.passages
        joined.raw_text += draft.raw_text
        told = [text for text, _ in joined.written]
        adds = any(text not in told for text, _ in draft.written)
        is_open = not adds and not _says_own(question, search_form("".join(told)), bool(draft.sentences))
        joined.unanswered += [name] if is_open else draft.unanswered
        for text, evidence in draft.written:
            if text not in [said for said, _ in joined.written]:
                joined.write(text, evidence)
    return joined


def _says_own(question: Question, told: str, is_answered: bool) -> bool:
    """Whether what was told already speaks of what a later question asks beyond the one before (钱什么时候到账)."""
    if EARLIEST.search(question.search) and EARLIEST.search(told):
        return True
    own = [term for term in question.own if len(term.text) > 1 and term.weight >= THING]
    return is_answered and (not own or any(presence(term, told) > 0 for term in own))


def open_parts(question: Question, told: str, rarity: Rarity) -> tuple[str, ...]:
    """The parts of a question that what was told, in the search form, does not speak of; () for a question of one part."""
    parts = [part.strip() for part in _PART_END.split(question.asked) if _ASKS.search(part)]
    if len(parts) < 2:
        return ()
    found = []
    for part in parts:
        understood = understand(part)
        things = tuple(term for term in understood.terms if term.weight >= THING and len(term.text) > 1)
        unsaid = things and term_coverage(weigh(replace(understood, terms=things), rarity), told) < OPEN
        if understood.kind == "yesno":
            unsaid = not _is_settled(part, understood, told)
        # Words without any figure but dates leave open how many there are.
        if unsaid or (understood.kind == "figure" and not find_figures(told)):
            found.append(part)
    return tuple(found) if len(found) < len(parts) else ()


def _is_settled(part: str, understood: Question, told: str) -> bool:
    """Whether what was told speaks of what a yes or no is asked of: of any of its words, or of what is done (完成 of 完成了吗)."""
    if words := [term for term in understood.terms if len(term.text) > 1]:
        return any(presence(term, told) > 0 for term in words)
    done = _YES_OR_NO.sub("", search_form(part))
    return len(done) < 2 or done in told
