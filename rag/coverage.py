"""How much of a sentence's content stands in its evidence, and whether one sentence of it carries each clause."""

from __future__ import annotations

import re

from rag.arithmetic import drawn_words
from rag.reading import Reading, Text
from rag.synonyms import without_light_words
from rag.wording import CLAUSE_STOPS, SENTENCE_STOPS, bigrams, piece_spans, pieces, spans_of, words

COVERED = 0.65
PARTLY = 0.5
_ONE_SENTENCE = 0.55
_WHOLE = 0.65
# Conjunctions, adverbs, prepositions, pronouns, particles.
_GRAMMAR = frozenset("cdpru")
_CLAIMS = re.compile(
    r"首[个家批次创位例座届席]|个人|不论|无论|不管|[办做修建]完|第[\d一二三]+(?:名|位)?|最(?![高低多少][\u3400-\u9fff]{0,5}\d)[\u3400-\u9fff]|唯一|率先|领先|居首|位居|位列|排名|名列|(?<![不没])高于|(?<![不没])低于|优于|翻番|连续(?:\d+[年届次个])?|持平|相当于|[特一二三\d]等[奖功]|每[十百千万]+[名人个家户]|独自|单独|独家|多数|少数|大部分|普遍|全体|国有|民营|非公|外资|国企|央企|同比|环比|(?<!其中)之一|仅|全部|所有|一律|"
    r"全国|全省|全市|全球|世界|国际|国家级|省级|市级|区级|县级|副省级|正式|免费|强制|必须|自愿|优先|一次性"
)
_RELATION = re.compile(r"(?:应当|应|可以|可|必须|将|要)?(向|给(?![付予])|被|比|会同|代表|委托)")
# What a writer puts around a statement without stating anything.
_GLUE = re.compile(
    r"(?:截至|据|根据|按照?)(?:[^，。]{0,8}(?:报道|资料|消息|介绍)|目前|规定|文件)(?:发布|公布|显示|表明)?[时称说]?|"
    r"具体(?:如下|来说|而言|包括)?|据悉|此外|同时|另外|其中|总体来看|主要(?:包括|有)|分别(?:是|为)|例如|比如|目前|一共|总共"
)
_MUST = re.compile("应当|应该|须|不得")
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
        and not (word == "必须" and _MUST.search(counted))
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


def splice_problems(sentence: Text, readings: tuple[Reading, ...]) -> list[str]:
    """One line for each clause of the sentence whose content no single sentence of the evidence carries."""
    problems = []
    known = frozenset().union(*(unit for reading in readings for unit in _units(reading)))
    for start, end in piece_spans(sentence.plain, CLAUSE_STOPS):
        clause = _GLUE.sub("", sentence.plain[start:end])
        place = sentence.place_before(end)
        wanted = bigrams(without_light_words(clause))
        speaking = [_units(reading) for reading in readings if reading.may_speak_of(place)]
        # What the evidence has nowhere is asked elsewhere; here it is asked whether one sentence has all of it.
        wanted &= known
        best = max((len(wanted & unit) for units in speaking for unit in units), default=0)
        least = _ONE_SENTENCE if len(wanted) >= 4 else 0.5
        if best < least * len(wanted) and not any(_in_words(clause, unit) >= _WHOLE for s in speaking for unit in s):
            problems.append(f"引文中没有一句话说到「{clause[:16]}」")
    return problems


def _units(reading: Reading) -> list[frozenset[str]]:
    """The content of each sentence of the evidence, each with that of the context, the title and the attribution."""
    shared = bigrams(reading.around.plain) | {pair for name in reading.attributed for pair in bigrams(name)}
    return [bigrams(piece) | shared for piece in pieces(reading.counted.plain, SENTENCE_STOPS)]
