"""One question that asks several things, taken apart: each part complete by itself, with what they share."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from rag.name_row import LEADING, names_in_row, words_of

# What asks: 多少, 几 of a count, 哪, 谁 and their like; 几年来 counts nothing, and 没多少 asks nothing.
_ASKS = re.compile(
    r"(?<!没)多少|(?<![哪就好这那没前近])几(?![年天]来|乎|经)|(?:哪(?!怕)|谁|什么(?!的)|啥|怎么|怎样|如何(?!把)|咋|为何|多[大长高久远宽重](?!的))(?![也都])"
)
_SENTENCE_MARK = re.compile(r"[，,；;。？?！!]")
_LIGHT_MARK = re.compile(r"、|又(?=[是有])|还有|以及|并(?!列|且)")
_END = re.compile(r"[？?。！!\s]+$")
# Each of several: 各是, 各几家, 分别由; 各地 and 各类 are no such word.
_EACH = re.compile(r"各自?(?=[^，。？?]{0,12}(?:多少|几|哪|谁|什么|啥|多[大长高久远])|有多|是多)|分别(?!人)")
_NO_EACH = re.compile(r"各(?:地|市|省|县|区|界|类|种|级|项|位|方面|部门|单位|国|族|大|行|校|站|乡|镇|街)")
# 各几名 is asked of what the clause before asks for.
_OF_THEM = re.compile(r"\s*(?:各|分别|都|每[个家项人])")
# A comparison says which side is more, or by how much.
_MORE = r"(?:更|最|要)?(?:多|少|高|低|大|小|长|短|快|慢|贵|猛|早|晚|重)(?:一?些|一?点)?"
_WHICH_MORE = re.compile(
    rf"(?:谁|哪[一个种边座方家头样场次]{{0,2}})(?:的|要)?(?P<of>[^，。？?,哪谁多少几]{{0,8}}?){_MORE}(?=[，,。；;？?]|$)"
)
_DIFFERENCE = re.compile(r"有?(?:什么|啥|哪些)(?:地方)?(?:不同|区别|差别|不一样)")
_GAP = re.compile(r"(?:相差|差)(?:了|出)?(?:多少|几)[^，。？,?]{0,6}|" + _DIFFERENCE.pattern)
_OR = re.compile(
    r"(?P<one>[^，。？?,；;]+?)(?P<kind>多|高|大|长|快|贵)[，,]?还是(?P<other>[^，。？?,；;]+?)(?P=kind)(?=[，,。；;？?]|$)"
)
_STOPS = "，,、；;。？?！! "
MOST_PARTS = 4
LONGEST = 64


@dataclass(frozen=True, slots=True)
class Part:
    """One asked thing: its question, complete by itself, and the name of a row (陶进芳) that it is asked of, or ""."""

    text: str
    name: str = ""
    topic: str = ""


def apart(text: str) -> tuple[Part, ...]:
    """The parts of a question that asks several things; () when it asks one, or several that one clause tells together."""
    plain = _END.sub("", text)
    if len(plain) > LONGEST:
        return ()
    compared = _without_comparison(plain)
    asked = compared if _ASKS.search(compared) else plain
    found = _each_in_turn(asked) or _of_each(asked) or _of_compared(plain, compared) or _in_turn(asked)
    return found[:MOST_PARTS] if len(found) > 1 else ()


def _without_comparison(text: str) -> str:
    """The text without what only compares its sides (哪个多, 差多少); 「甲的多还是乙的多」 names them."""
    text = _OR.sub(lambda found: f"{found['one']}和{found['other']}", text)
    # 谁定得高 is how they are compared, no part of what is asked of each.
    text = _WHICH_MORE.sub(lambda found: "" if found["of"].endswith("得") else found["of"], _GAP.sub("", text))
    return re.sub(r"[，,；;。？?]+(?=[，,；;。？?]|$)", "", text)


def _of_compared(plain: str, compared: str) -> tuple[Part, ...]:
    """The two sides of a comparison that asks for no amount (甲和乙哪个奖金高): the amount of each."""
    if compared == plain or _ASKS.search(compared):
        return ()
    asked = "是什么" if _DIFFERENCE.search(plain) else "有多少"
    return _split(f"{compared}{asked}", len(compared), len(compared))


def _of_each(text: str) -> tuple[Part, ...]:
    """A part for each name of the row before 各 or 分别."""
    marker = next((each for each in _EACH.finditer(text) if not _NO_EACH.match(text, each.start())), None)
    return _split(text, marker.start(), marker.end()) if marker else ()


def _each_in_turn(text: str) -> tuple[Part, ...]:
    """The parts in turn, one of which asks of each of a row (几次案卷，活动和材料各多少); () where none behind the first does."""
    parts = [(part, _of_each(part.text) if part.topic else ()) for part in _in_turn(text)]
    if not any(row for _, row in parts):
        return ()
    return tuple(each for part, row in parts for each in ([replace(one, topic=part.topic) for one in row] or [part]))


def _split(text: str, start: int, end: int) -> tuple[Part, ...]:
    """A part for each name of the nearest row before text[start:end], the marker, which is left out of them."""
    bounds = [0, *(each.end() for each in _SENTENCE_MARK.finditer(text, 0, start))]
    for at in reversed(range(len(bounds))):
        begin, stop = bounds[at], bounds[at + 1] - 1 if at + 1 < len(bounds) else start
        names = names_in_row(text[begin:stop])
        if len(names) > 1:
            before, behind = text[:begin], text[stop:start] + text[end:]
            head, tail = text[begin : begin + names[0][0]], text[begin + names[-1][1] : stop]
            return tuple(
                Part(
                    before + head + text[begin + one : begin + other] + tail + behind, text[begin + one : begin + other]
                )
                for one, other in names
            )
    return ()


def _in_turn(text: str) -> tuple[Part, ...]:
    """A part for each clause that asks; the later ones take from the first what it says before it asks."""
    asking = list(_ASKS.finditer(text))
    bounds = [0]
    for one, other in pairwise(asking):
        mark = _mark(text, one.end(), other.start())
        if mark and not _OF_THEM.match(text, mark):
            bounds.append(mark)
    if len(bounds) < 2:
        return ()
    pieces = [text[one:other].strip(_STOPS) for one, other in pairwise([*bounds, len(text)])]
    topic = _topic(pieces[0])
    return tuple(Part(piece, topic=topic if at else "") for at, piece in enumerate(pieces))


def _mark(text: str, start: int, end: int) -> int:
    """Where between two asking words the later part begins; 0 where nothing parts them."""
    if mark := _SENTENCE_MARK.search(text, start, end):
        return mark.end()
    mark = _LIGHT_MARK.search(text, start, end)
    return mark.start() if mark else 0


def _topic(piece: str) -> str:
    """What a part says before it asks: the clauses before that, and of its own clause the words before what is done."""
    asks = _ASKS.search(piece)
    words = [word for word in words_of(piece) if asks and word.end <= asks.start()]
    while words and (words[-1].tag[:1] in LEADING or words[-1].text in _STOPS):
        words.pop()
    return piece[: words[-1].end] if words else ""
