"""Whether the places, bodies and persons that a sentence names are those of its evidence (the city guard included)."""

from __future__ import annotations

import re

from index.places import is_within, unknown_places
from rag.reading import Reading, Text, related
from rag.surnames import SURNAMES
from rag.wording import spans_of, words

_GEOGRAPHIC = "省市县区州盟旗"
_BODY = re.compile(
    r"(?P<left>[\u3400-\u9fff]{0,6}?)(?P<kind>总工会|工会|委员会|国资委|发改委|发展改革委|党委|市委|省委|区委|县委|工委|团委|人民政府|政府|人大|政协|公安局|人社局|"
    r"[财教税民文司审统农林水住交商科][政育务政化法计计业业务建通务技]局|税务局|保障局|[\u3400-\u9fff]{2}局|保障厅|[\u3400-\u9fff]{2}厅|教育部|财政部|保障部|宣传部|组织部|"
    r"国务院|党校|学院|大学|技校|职校|中学|小学|医院|法院|检察院|研究院|研究所|银行|集团|公司|协会|联合会|妇联|商会|基金会)"
)
CUT = re.compile(
    r".*(?:[年月日个名家所由和与及、在向对从为给被把经于到至以让请同跟等是有并后的]|联合|依托|按照|根据|加入|新建|建立|组建|了|共[设有建]|设有|所在|会同|建成|成立|组织|举办|召开|参加|赴|获|设立|打造|培育|出任|担任|当选|就任|持|凭|所属|上(?=大学))"
)
# Characters of grammar that stand before a 市 or a 县 without being part of a place's name (每所可获市总工会).
_NO_PLACE = frozenset("每可获给对向由为被把按从与及等的了")
_NOT_BODY = frozenset(["布局", "格局", "大局", "结局", "全局", "开局", "当局", "客厅", "餐厅", "大厅"])
_LIMITED = re.compile("(?:股份)?有限(?:责任)?")
_QUOTES = frozenset('"《')
_NO_PERSONS = frozenset({"高中生", "高职生", "高工", "高温", "张榜", "金秋", "万家", "安全", "雷锋", "许可证"})


def place_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each place that the evidence does not hold, and one where the evidence is another place's."""
    named = list(dict.fromkeys(mention.name for mention in sentence.places))
    known = frozenset().union(*(reading.known_places for reading in readings))
    problems = [f"地名「{name}」在引文及其文档中找不到" for name in named if not _stands(name, known, readings)]
    texts = [text.plain for reading in readings for text in (reading.counted, reading.around)]
    unknown = (name for name in unknown_places(sentence.plain) if not any(name in text for text in texts))
    problems += [f"地名「{name}」在引文及其文档中找不到" for name in unknown if not _is_phrase(name)]
    subjects = [mention.name for mention in sentence.places if not mention.is_incidental]
    for reading in readings if subjects and not problems else ():
        owners = [name for name in reading.attributed if name[-1] in _GEOGRAPHIC]
        if all(reading.names(name) for name in subjects):
            continue
        if owners and not any(related(name, owner) for name in subjects for owner in reading.attributed):
            problems.append(f"引文属于「{'、'.join(owners)}」，不能证明「{'、'.join(subjects)}」的情况")
    return list(dict.fromkeys(problems))


def _is_phrase(name: str) -> bool:
    """Whether what looks like a place is one of grammar and a common noun (据该市, 包括市总工会, 这一院区)."""
    row = words(name)
    return bool(_NO_PLACE & set(name)) or any(kind[0] in "vrpdmc" for _, _, kind in row[:-1])


def body_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each organisation that neither text, context, title nor attribution names."""
    known = "\n".join(part for r in readings for part in (r.counted.plain, r.around.plain, *r.attributed))
    # 远帆电子公司 is 远帆电子有限公司.
    known += "\n" + _LIMITED.sub("", known)
    return [f"机构「{body}」在引文及其文档中找不到" for body in _bodies(sentence) if not _is_named(body, known)]


def person_spans(text: str) -> list[tuple[int, int]]:
    """Where persons are named in a plain text; a surname may be cut from the name behind it."""
    row = words(text)
    found = []
    for at, (start, end, kind) in enumerate(row):
        if kind not in {"nr", "zg"} or text[start] not in SURNAMES:
            continue
        is_cut = end - start == 1 and at + 1 < len(row) and row[at + 1][1] - row[at + 1][0] <= 2
        stop = row[at + 1][1] if is_cut else end
        is_quoted = text[start - 1 : start] in _QUOTES or text[start:stop] in _NO_PERSONS
        if 2 <= stop - start <= 3 and text[start:stop].isalpha() and not is_quoted:
            found.append((start, stop))
    return found


def person_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each person's name that the evidence does not hold."""
    import rjieba

    known = "\n".join(part for r in readings for part in (r.counted.plain, r.around.plain))
    tagged: list[tuple[str, str]] = rjieba.tag(sentence.plain)
    people = (
        word
        for word, tag in tagged
        if tag == "nr" and len(word) in {2, 3} and word[0] in SURNAMES and not _NO_PLACE & set(word)
    )
    problems = [f"人名「{name}」在引文中找不到" for name in dict.fromkeys(people) if name not in known]
    return problems or _other_surname(sentence.plain, readings)


def _other_surname(sentence: str, readings: tuple[Reading, ...]) -> list[str]:
    """One line where a person of the evidence has another surname in the sentence (王大山, 李大山)."""
    for reading in readings:
        for start, end in person_spans(reading.counted.plain):
            name = reading.counted.plain[start:end]
            if len(name) < 3:
                continue
            for at in spans_of(name[1:], sentence):
                if at and sentence[at - 1] in SURNAMES and sentence[at - 1] != name[0]:
                    return [f"引文中的人是「{name}」，不是「{sentence[at - 1] + name[1:]}」"]
    return []


def _stands(name: str, known: frozenset[str], readings: tuple[Reading, ...]) -> bool:
    if name in known or any(is_within(other, name) for other in known):
        return True
    return any(name in text.plain for reading in readings for text in (reading.counted, reading.around))


def _bodies(sentence: Text) -> list[str]:
    found = []
    for match in _BODY.finditer(sentence.plain):
        left = CUT.sub("", match["left"])
        # A place before the body is checked as a place; what remains is the body's own name.
        if match["kind"] not in _NOT_BODY and match["kind"][-2:] not in _NOT_BODY:
            found.append(left[-4:] + match["kind"])
    return list(dict.fromkeys(found))


def _is_named(body: str, known: str) -> bool:
    """Whether the body's name, or its name without the words before it down to its kind and two more, stands there."""
    if body in known:
        return True
    match = _BODY.search(body)
    kind = match["kind"] if match else body
    left = body[: -len(kind)][-2:]
    shorter = [left + kind, kind] if not left or left[-1:] in "市省县区全" else [left + kind]
    return any(name in known for name in shorter)
