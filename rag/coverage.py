"""How much of a sentence's content stands in its evidence, and whether one sentence of it carries each clause."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from rag.arithmetic import drawn_words
from rag.reading import Reading, Text
from rag.synonyms import without_light_words
from rag.wording import CLAUSE_STOPS, SENTENCE_STOPS, bigrams, piece_spans, pieces, spans_of, words

COVERED = 0.65
PARTLY = 0.5
# Conjunctions, adverbs, prepositions, pronouns, particles.
_GRAMMAR = frozenset("cdpru")
_CLAIMS = re.compile(
    r"首[个家批次创位例座届席]|个人|不论|无论|不管|[办做修建]完|第[\d一二三]+(?:名|位)?|最(?![终后近新初早]|[高低多少][\u3400-\u9fff]{0,5}\d)[\u3400-\u9fff]|唯一|率先|领先|居首|位居|位列|排名|名列|(?<![不没])高于|(?<![不没])低于|优于|翻番|连续(?:\d+[年届次个])?|持平|相当于|[特一二三\d]等[奖功]|每[十百千万]+[名人个家户]|独自|单独|独家|多数|少数|大部分|普遍|全体|国有|民营|非公|外资|国企|央企|同比|环比|(?<!其中)之一|(?<!不)仅|全部|所有|一律|"
    r"全国|全省|全市|全球|世界|国际|国家级|省级|市级|区级|县级|副省级|正式|免费|强制|必须|自愿|优先|一次性"
)
_RELATION = re.compile(r"(?:应当|应|可以|可|必须|将|要)?(向|给(?![付予])|被|比|会同|代表|委托)")
# What a writer puts around a statement without stating anything.
_GLUE = re.compile(
    r"(?:截至|据|根据|按照?)(?:[^，。]{0,8}(?:报道|资料|消息|介绍)|目前|规定|文件)(?:发布|公布|显示|表明)?[时称说]?|"
    r"具体(?:如下|来说|而言|包括)?|据悉|此外|同时|另外|其中|总体来看|主要(?:包括|有)|分别(?:是|为)|例如|比如|目前|一共|总共"
)
_EVERY = "(?<!平)均(?!衡)|都(?!市)|皆|所有|一律|全[部体数额]|每[个名位家]"
# What says the same where the evidence has it.
_LIKEWISE = {
    "必须": re.compile("应当|应该|须|不得"),
    "仅": re.compile("只"),
    "高于": re.compile("比[^,，。;；]{1,16}高|高出"),
    "低于": re.compile("比[^,，。;；]{1,16}低"),
    "相当于": re.compile("约?为|等于"),
    "办完": re.compile("办结|完成|办理完毕"),
    "建完": re.compile("建成|完工|竣工"),
    "免费": re.compile("无偿|不收|免[收交缴除]"),
    "全部": re.compile(_EVERY),
    "所有": re.compile(_EVERY),
    "一律": re.compile(_EVERY),
    "最多": re.compile("居首|第1|首位"),
    "最高": re.compile("居首|第1|首位"),
    "位居": re.compile("第\\d|[居列]"),
    "位列": re.compile("第\\d|[居列]"),
    "排名": re.compile("第\\d|[居列]"),
    # Only what was on trial before becomes regular by the word.
    "正式": re.compile("^(?!.*(?:试[行点用运营]|临时|暂))", re.DOTALL),
}
_POLES: tuple[tuple[str, Callable[[list[Decimal]], Decimal]], ...] = (("多高大长", max), ("少低小短", min))
_DUTY = re.compile("不得|应当|必须|有权|负责|可以")
_QUOTED = re.compile(r"《[^》]{2,}》|\"[^\"]{2,}\"")
_WORD = re.compile(r"[A-Za-z]+[\d.-]*[A-Za-z\d]*|\d[\d.]*[A-Za-z]+")


def claim_problems(text: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each rank, scope, comparison or Latin name of the sentence that the evidence does not use."""
    sentence, drawn = text.plain, drawn_words(text)
    counted = "\n".join(reading.counted.plain for reading in readings)
    around = "\n".join(reading.around.plain for reading in readings)
    problems = [
        f"「{word}」的说法在引文中找不到"
        for word in dict.fromkeys(_CLAIMS.findall(sentence))
        if word not in counted
        and word not in drawn
        and not _is_borne_out(word, text, readings)
        and not (word in _LIKEWISE and _LIKEWISE[word].search(counted))
        and not _is_own_place(word, readings)
    ]
    known = set(_WORD.findall(counted.lower() + "\n" + around.lower()))
    # C三类 is read as C3类.
    known |= {word.rstrip("0123456789") for word in known}
    # What stands in title or quotation marks is claimed to the letter.
    problems += [
        f"「{quoted}」在引文中找不到" for quoted in _QUOTED.findall(sentence) if quoted not in counted + around
    ]
    return problems + [f"「{word}」在引文中找不到" for word in _WORD.findall(sentence) if word.lower() not in known]


def _is_borne_out(word: str, text: Text, readings: tuple[Reading, ...]) -> bool:
    """Whether the figure of a 最高 or 最少 is the greatest or the least of its unit in a sentence of the evidence."""
    pole = next((choose for signs, choose in _POLES if word[1:] and word[1] in signs), None)
    at = text.plain.find(word)
    behind = [figure for figure in text.figures if figure.start > at] or list(text.figures[-1:])
    if not word.startswith("最") or pole is None or not behind:
        return False
    for reading in readings:
        for start, end in piece_spans(reading.counted.plain, SENTENCE_STOPS):
            row = [figure for figure in reading.counted.figures if start <= figure.start < end]
            like = [other.low for other in row if other.unit == behind[0].unit]
            if len(like) > 1 and behind[0].low == pole(like):
                return True
    return False


def _is_own_place(word: str, readings: tuple[Reading, ...]) -> bool:
    """Whether 全市 speaks of the city that all of the evidence is attributed to."""
    return len(word) == 2 and all(r.attributed and r.attributed[0].endswith(word[1]) for r in readings)


def role_problems(sentence: str, readings: tuple[Reading, ...]) -> list[str]:
    """One line where giver and receiver have changed places: 甲向乙捐赠 against 乙向甲捐赠."""
    counted = [piece for reading in readings for piece in pieces(reading.counted.plain, CLAUSE_STOPS)]
    for match in _RELATION.finditer(sentence):
        left, right = sentence[max(0, match.start() - 2) : match.start()], sentence[match.end() : match.end() + 2]
        if len(left) < 2 or len(right) < 2:
            continue
        sides = [
            (text[:at], text[at:])
            for text in counted
            for at in spans_of(match[1], text)
            if match[1] != "比" or text[max(0, at - 1) : at] not in {"相", "对", "占", "同", "环"}
        ]
        kept = any(left in before or right in after for before, after in sides if left not in after or left in before)
        turned = any(
            (left in after and left not in before) or (right in before and right not in after)
            for before, after in sides
        )
        if turned and not kept:
            return [f"「{match[1]}」前后的对象与引文相反"]
    for match in _DUTY.finditer(sentence):
        subject = sentence[max(0, match.start() - 2) : match.start()]
        sides = [(text[:at], text[at:]) for text in counted for at in spans_of(match[0], text)]
        if (
            len(subject) == 2
            and any(subject in after for _, after in sides)
            and not any(subject in b for b, _ in sides)
        ):
            return [f"引文中「{match[0]}」的主体不是「{subject}」"]
    return []


def coverage(sentence: Text, readings: tuple[Reading, ...]) -> float:
    """The share of the sentence's content bigrams that counted text, context, title and attribution hold; 1 if none."""
    said = without_light_words(_GLUE.sub("", sentence.plain))
    wanted = bigrams(said)
    known = frozenset().union(*(bigrams(r.counted.plain) | bigrams(r.around.plain) for r in readings))
    known |= {pair for reading in readings for name in reading.attributed for pair in bigrams(name)}
    return max(len(wanted & known) / len(wanted), _in_words(said, known)) if wanted else 1.0


def _in_words(said: str, known: frozenset[str]) -> float:
    """The share of the text's words, by length, whose pairs of characters are all known: 开设近900门课程 is 开设 and 课程."""
    lengths = [
        (end - start, bigrams(said[start:end]))
        for start, end, kind in words(said)
        if end - start > 1 and kind[0] not in _GRAMMAR
    ]
    total = sum(length for length, pairs in lengths if pairs)
    return sum(length for length, pairs in lengths if pairs and pairs <= known) / total if total else 0.0
