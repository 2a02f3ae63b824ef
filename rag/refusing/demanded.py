"""What a question demands beyond its words: the very ordinal, a figure of the part that it names, a name not in it."""

from __future__ import annotations

import re
from dataclasses import replace

from index.measures import modality
from rag.refusing.layers import Layers
from rag.terms import Rarity, pairs_of
from rag.types import Question

_ORDINAL = re.compile(r"第(\d{1,3})([届批期次轮条项章名位个家年季步阶]?)|[首头][1一]?([届批期次轮个家座条支])")
_FIGURE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
# 「77场比赛里，邮政行业占几场」: the part stands between the whole and the words of asking.
_PART = re.compile(
    r"(?:里面?|里头|[当之其]中|(?<=[\u4e00-\u9fff]{3})中(?![联国车铁央学小心级职等建石华纺医])|\d[^，,。]{2,14}(?=[，,]))[的，,]?"
    r"(?P<part>[^，,。？?\d]{1,12}?)的?(?:有|占|是|为|要占)(?:多少|几|多大)"
)
_WHOLE_END = re.compile(r"^(?:一共|总共|共|现在|到底|累计)+")
_NAMED = re.compile(r"(?P<name>[\u4e00-\u9fff]{2})(?:区|县|镇|乡|街道)(?![\u4e00-\u9fff]{0,1}[级域内])")
_NO_NAME = re.compile(r"[每几两各个县城小社片园辖大业发新乡]|全市|整个|哪|经开|技术|自贸|高新|开发")
_ASKING = re.compile(r"多少|几|哪|谁|什么|怎|如何|吗|啥|咋|是否|有没有|能不能|多[大高长久]")
_DONE = re.compile(r"实际|已经|到现在|到目前|现在|至今|完成了|建成了|花掉")
_AHEAD = re.compile(r"计划|打算|目标|要|将|规划|到20\d\d年|准备|今后|未来")
# A name whose rarest pair stands in more passages than that is no name of one body's own.
RARE = 5
_BESIDE = 8
_COMPANY = re.compile(r"[\u4e00-\u9fff]{2,4}(?:公司|集团|学院|技校|厂)")
_CONFIRMED = re.compile(r"[对是]?吧[?？]|属实|没记错|是真的|这样吗|对吗|对不对")
_WHO = re.compile(r"谁|哪位|什么人|那位.*叫什么|姓名|什么名字|哪[几1]?[家所](?:大学|学校|公司|企业|单位)")
_BODY = re.compile(r".+(?:公司|集团|学院|大学|学校|工会|委员会|[局厅部]|协会|中心|医院|银行|政府|党委)")


def demands(question: Question, layers: Layers, rarity: Rarity) -> dict[str, float]:
    """The readings of what is demanded, by name."""
    asking = asking_part(question.search)
    missing, other = ordinals(asking, layers.known)
    run = layers.run
    ahead = modality(layers.best.line.search) != "done"
    return {
        "ordinal_missing": missing,
        "ordinal_other": other,
        "part_asked": float(bool(part_of(asking))),
        "part_missing": float(question.asks == 1 and not layers.spun and part_missing(asking, layers.sentence)),
        "figures_new": new_figures(question.search, run),
        "figureless": float(question.kind == "figure" and not new_figures(question.search, run)),
        "named_missing": float(sum(name not in layers.known for name in _names(asking))),
        "unknown_missing": float(sum(name not in layers.known for name in question.unknown_places)),
        "ahead": float(ahead),
        "ahead_of_done": float(ahead and bool(_DONE.search(asking)) and not _AHEAD.search(asking)),
        "rival_name": float(_rival(question, layers, rarity)),
        "tail_missing": float(len(question.counted) > 2 and question.counted[-4:] not in layers.known),
        "doing_missing": float(doing_missing(asking, layers.sentence)),
        "new_share": new_share(question.search, run),
        "who_missing": float(bool(_WHO.search(asking)) and not names_beside(question.search, layers.sentence)),
    }


def asking_part(asked: str) -> str:
    """The clauses of a question that ask, each with the one before it; the whole where none is seen to ask."""
    clauses = [clause for clause in re.split(r"(?<=[，,。；;？?！!])", asked) if clause]
    kept = {at for at, clause in enumerate(clauses) if _ASKING.search(clause)}
    return "".join(clause for at, clause in enumerate(clauses) if at in kept or at + 1 in kept) or asked


def _names(asked: str) -> list[str]:
    """Districts, counties and towns that are named, by the characters before what they are."""
    return [found["name"] for found in _NAMED.finditer(asked) if not _NO_NAME.search(found["name"])]


def asked_openly(question: Question) -> Question:
    """The question as one that may be answered by no: who asks 「都建成了吧？」 may be told of the plan."""
    return replace(question, kind="yesno") if _CONFIRMED.search(question.search) else question


def ordinals(asked: str, form: str) -> tuple[float, float]:
    """How many ordinals of the question the form lacks, and of how many of these it has another of the same thing."""
    said = _ordinals_of(form)
    missing = [one for one in _ordinals_of(asked) if one not in said]
    return float(len(missing)), float(sum(any(unit == other for _, other in said) for _, unit in missing))


def _ordinals_of(form: str) -> set[tuple[int, str]]:
    return {(int(number or 1), unit or first) for number, unit, first in _ORDINAL.findall(form)}


def part_of(asked: str) -> str:
    """The part of a whole of which a figure is asked (邮政行业 of 「77场里，邮政行业占几场」), "" when none is."""
    found = _PART.search(asked)
    return _WHOLE_END.sub("", found["part"]).strip("的有是，, ") if found else ""


def part_missing(asked: str, form: str) -> bool:
    """Whether a part is asked and no clause of the form holds both a piece of its name and a figure that is not asked."""
    part = part_of(asked)
    if not part:
        return False
    pieces = {part[at : at + 2] for at in range(len(part) - 1)} or {part}
    known = set(_FIGURE.findall(asked))
    return not any(
        any(piece in clause for piece in pieces) and any(figure not in known for figure in _FIGURE.findall(clause))
        for clause in re.split(r"[，,。；;、]", form)
    )


def doing_missing(asked: str, form: str) -> bool:
    """Whether the verb beside the words of asking (走访了多少, 由谁起草) shares no character with the form."""
    import rjieba

    asks = list(_ASKING.finditer(asked))
    if not asks:
        return False
    found = asks[-1]
    before, after = asked[max(0, found.start() - _BESIDE) : found.start()], asked[found.end() : found.end() + _BESIDE]
    doings = [word for part in (before, after) for word, tag in rjieba.tag(part) if tag[:1] == "v" and len(word) > 1]
    return bool(doings) and not any(letter in form for word in doings for letter in word)


def _rival(question: Question, layers: Layers, rarity: Rarity) -> bool:
    """Whether the sentence lacks a rare name that the question has and has the name of another body."""
    sentence = layers.sentence
    missing = any(
        term.weight >= 0.7
        and term.text not in sentence
        and min(rarity.document_frequency(pair) for pair in pairs_of(term.text)) <= RARE
        for term in question.terms
    )
    return missing and any(name not in question.search for name in _COMPANY.findall(sentence))


def new_figures(asked: str, form: str) -> float:
    """How many figures of the form, years left out, the question does not name itself, at most three."""
    known = set(_FIGURE.findall(asked))
    return float(min(3, len([each for each in _FIGURE.findall(_YEAR.sub("", form)) if each not in known])))


def new_share(asked: str, form: str) -> float:
    """The share of the form's character pairs that the question does not say itself."""
    pairs = [form[at : at + 2] for at in range(len(form) - 1)]
    return sum(pair not in asked for pair in pairs) / len(pairs) if pairs else 0.0


def names_beside(asked: str, form: str) -> bool:
    """Whether the form names a person or a body that the question does not name itself."""
    import rjieba

    return any(
        word not in asked and ((tag in {"nr", "nrt"} and len(word) in {2, 3}) or tag == "nt" or _BODY.fullmatch(word))
        for word, tag in rjieba.tag(form)
    )
