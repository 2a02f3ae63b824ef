"""Whether a sentence says what its evidence says: promise 2 of the design, as a pure function."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.additions import addition_problems
from rag.arithmetic import direction_problems
from rag.binding import binding_problems
from rag.consequences import consequence_problems
from rag.coverage import COVERED, PARTLY, claim_problems, coverage, role_problems
from rag.date_check import date_problems
from rag.exchanged import exchange_problems
from rag.extremes import extreme_problems
from rag.figure_check import figure_problems
from rag.levels import level_problems
from rag.modality import modality_problems
from rag.names import body_problems, person_problems, place_problems
from rag.negation import negation_problems, opposite_problems
from rag.often import often_problems
from rag.orders import gives_order
from rag.reading import Reading, Text, attributed_places, read_evidence, read_text
from rag.recipients import recipient_problems
from rag.rewording import in_words_of
from rag.scenery import scenery_problems
from rag.shares import share_problems
from rag.small_words import small_word_problems
from rag.substitution import substitution_problems
from rag.types import Evidence, Verdict
from rag.wholes import whole_problems
from rag.wording import CLAUSE_STOPS, bigrams, spans_of

# A quote that begins right behind one of these says the contrary, or more, than its document.
_CUT_OFF = re.compile(r"(?:不|未|没有|尚未|不得|不予|禁止|严禁|并非|无法|不足|不到)$")
# Longer ones are no sentences, and would take their time by the square.
LONGEST = 600
_MARKER = re.compile(r"【\d+(?:[、,，]\d+)*】")


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on a sentence and, in Chinese, what speaks against it; no problem means supported."""

    verdict: Verdict
    problems: tuple[str, ...] = ()


def verify_sentence(sentence: str, evidence: Sequence[Evidence]) -> Verification:
    """Checks a sentence against its evidence; nothing but the arguments decides.

    Figures, units, qualifiers, denials and claims of rank must stand in the counted text; places, bodies and dates may
    stand in the context, the title or the metadata of the same document. `partly` means that the subject is right but
    something was left out or added (a plan told as a fact, too many words of its own); `unsupported` means that the
    evidence does not say so.
    """
    if obstacles := _obstacles(sentence, evidence):
        return Verification("unsupported", tuple(obstacles))
    spun = any("spun" in piece.document.quality for piece in evidence)
    near = tuple(name for piece in evidence for name in attributed_places(piece))
    text = read_text(_MARKER.sub("", sentence), spun, near)
    readings = tuple(read_evidence(piece, spun) for piece in evidence)
    places = place_problems(text, readings)
    if not places and any(is_whole_piece(text, reading.counted.plain) for reading in readings):
        lacking = modality_problems(text, readings)
        return Verification("partly", tuple(lacking)) if lacking else Verification("supported")
    if len(text.plain) > LONGEST:
        return Verification("unsupported", (f"句子超过 {LONGEST} 字，无法逐句核对",))
    text = read_text(in_words_of(text.plain, "\n".join(r.counted.plain for r in readings)), False, near)
    covered = coverage(text, readings)
    if wrong := [*places, *_contradictions(text, readings, covered)]:
        return Verification("unsupported", tuple(dict.fromkeys(wrong)))
    lacking = [*modality_problems(text, readings), *addition_problems(text, readings)]
    if covered < COVERED:
        lacking.append(f"句子只有 {covered:.0%} 的内容出自引文")
    return Verification("partly", tuple(lacking)) if lacking else Verification("supported")


def of_its_places(sentence: str, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence that may speak of the places that a sentence names; all of it where it names none, or none may.

    A model may mark a sentence with a passage of another city beside its own; what is left out here is not cited.
    """
    near = tuple(name for piece in evidence for name in attributed_places(piece))
    text = read_text(_MARKER.sub("", sentence), near=near)
    named = [mention.name for mention in text.places if not mention.is_incidental]
    kept = tuple(each for each in evidence if any(read_evidence(each).may_speak_of(name) for name in named))
    return kept or tuple(evidence)


def _obstacles(sentence: str, evidence: Sequence[Evidence]) -> list[str]:
    """What makes reading needless: no evidence, a quote that is not its document's, an empty sentence, an order."""
    if not evidence:
        return ["没有引文"]
    if not _MARKER.sub("", sentence).strip(" 。"):
        return ["句子是空的"]
    if gives_order(sentence):
        return ["句子是给机器的指令，不是资料的内容"]
    return [problem for piece in evidence for problem in quote_problems(piece)]


def _contradictions(text: Text, readings: tuple[Reading, ...], covered: float) -> list[str]:
    """Everything that the sentence says and the evidence does not."""
    wrong = [
        *figure_problems(text, readings),
        *direction_problems(text),
        *date_problems(text, readings),
        *body_problems(text, readings),
        *person_problems(text, readings),
        *negation_problems(text.plain, readings),
        *small_word_problems(text.plain, readings),
        *substitution_problems(text.plain, readings),
        *opposite_problems(text.plain, readings),
        *claim_problems(text, readings),
        *role_problems(text.plain, readings),
        *level_problems(text, readings),
        *binding_problems(text, readings),
        *recipient_problems(text.plain, readings),
        *extreme_problems(text.plain, readings),
        *scenery_problems(text, readings),
        *share_problems(text, readings),
        *whole_problems(text.plain, readings),
        *consequence_problems(text, readings),
        *exchange_problems(text.plain, readings),
        *often_problems(text, readings),
    ]
    if not text.figures and not bigrams(text.plain):
        wrong.append("句子没有可核对的内容")
    if covered < PARTLY:
        wrong.append(f"句子只有 {covered:.0%} 的内容出自引文")
    return wrong


def _cuts_number(evidence: Evidence) -> bool:
    """Whether the counted text begins or ends within a number of the document."""
    text, first, last = evidence.document.text, evidence.marks[0].start, evidence.marks[-1].end
    starts_inside = text[first - 1 : first].isdigit() and text[first].isdigit()
    return starts_inside or (text[last : last + 1].isdigit() and text[last - 1].isdigit())


def is_whole_piece(sentence: Text, counted: str) -> bool:
    """Whether a plain sentence, without a 「某地：」 before it, is one or more whole clauses of the counted text."""
    bare = sentence.plain.strip(CLAUSE_STOPS)
    prefix = sentence.places[0].end if sentence.places else 0
    after_place = bare[prefix + 1 :] if bare[prefix : prefix + 1] == "：" else bare
    for wanted in (bare, after_place):
        for at in spans_of(wanted, counted) if len(wanted) >= 4 else ():
            end = at + len(wanted)
            if (at == 0 or counted[at - 1] in CLAUSE_STOPS) and (end == len(counted) or counted[end] in CLAUSE_STOPS):
                return True
    return False


def quote_problems(evidence: Evidence) -> list[str]:
    """What is wrong with the offsets of one piece of evidence: an empty or outside quote, marks outside it, altered context."""
    text = evidence.document.text
    if not 0 <= evidence.start < evidence.end <= len(text):
        return ["引文的位置不在原文之内"]
    problems = []
    at = evidence.start
    for mark in evidence.marks:
        if not at <= mark.start < mark.end <= evidence.end:
            problems.append("引文的标记不在引文之内")
            break
        at = mark.end
    if not evidence.counted.strip():
        problems.append("引文没有可用的文字")
    elif _CUT_OFF.search(text[max(0, evidence.start - 8) : evidence.marks[0].start]) or _cuts_number(evidence):
        problems.append("引文截断了数字或否定词")
    for context in evidence.context:
        if context.end > context.start and text[context.start : context.end] != context.text:
            problems.append("上下文与原文不符")
    return problems
