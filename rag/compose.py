"""From extracts to the sentences of an answer: the subject restored, the words verbatim, the ending clean."""

from __future__ import annotations

import re

from index.places import find_places, is_within, narrowest
from rag.extract import Extract
from rag.types import Evidence, Question

_OPEN_END = re.compile(r"[，,；;：:、\s]+$")
_OPEN_START = re.compile(r"^[，,；;：:、。.！!？?\s—-]+")
# Words that join a clause to one that is not quoted; 其中 and 另有 stay, because they say that a figure is a part or an addition.
_JOINING = re.compile(r"^(?:还有|此外|同时|另外|并且|而且|以及)[，,]?")
_NATIONWIDE = re.compile(r"中办|国办|国务院|党中央|中共中央|全国总工会|全总|人力资源社会保障部|我国|全国")
_FIRM = re.compile(
    r"(?:[^，,；;：:。]{0,12}\d年[^，,；;：:。]{0,6}[，,])?(?P<firm>(?:(?!每|给|对|与|和|同|由|在|为)[\u4e00-\u9fff]){3,16}?(?:公司|集团|油田|钢厂))"
    r"(?=[\u4e00-\u9fff\d])(?!的|等|和|与|、)"
)
# Words that name who does what they tell need no other doer.
_OTHER_DOER = re.compile(r"公司|集团|工会|政府|[局厅委]给|[市省县区]")
_TERMINAL = ("。", "！", "？", "!", "?", "…", ".”", "。”", "！”", "？”")
_PAIRS = (("“", "”"), ("‘", "’"), ("（", "）"), ("(", ")"), ("《", "》"), ("「", "」"), ("『", "』"))


def sentence(extract: Extract, evidence: Evidence, question: Question) -> str:
    """The verbatim clauses as one sentence, led by its place where the words themselves name none."""
    words = tidy(extract.text)
    subject = _firm(extract) or _subject(words, evidence, question)
    return f"{subject}：{words}" if subject else words


def tidy(words: str) -> str:
    """Closes the words with a full stop and drops quotation marks and brackets whose partner was cut off."""
    text = _JOINING.sub("", _OPEN_START.sub("", _OPEN_END.sub("", " ".join(words.split()))))
    for left, right in _PAIRS:
        text = _balanced(text, left, right)
    return text if text.endswith(_TERMINAL) else f"{text}。"


def _balanced(text: str, left: str, right: str) -> str:
    """The text without the marks of a pair that stand alone."""
    waiting: list[int] = []
    alone: set[int] = set()
    for at, character in enumerate(text):
        if character == left:
            waiting.append(at)
        elif character == right:
            if waiting:
                waiting.pop()
            else:
                alone.add(at)
    alone.update(waiting)
    return "".join(character for at, character in enumerate(text) if at not in alone)


def _firm(extract: Extract) -> str:
    """The firm that the sentence before the words begins with (某公司给高级工300元，给技师500元): what follows is not the city's."""
    line = extract.line
    if extract.start <= line.start:
        return ""
    before = line.joined.text[line.start : extract.start]
    found = _FIRM.match(before)
    return found["firm"] if found and found["firm"] not in extract.text and not _OTHER_DOER.search(extract.text) else ""


def _subject(words: str, evidence: Evidence, question: Question) -> str:
    """The place to put before words that name none: the narrowest one that they are about; none before nationwide words."""
    places = narrowest(list(evidence.places))
    if not places or find_places(words) or _NATIONWIDE.search(words):
        return ""
    asked = [place for place in places for wanted in question.places if is_within(place, wanted)]
    if asked:
        return asked[-1]
    return places[0] if len(places) == 1 and not question.places else ""
