"""Understanding a question: its kind, places, years, the measure word wanted and the terms an answer must speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.normalise import search_form
from index.places import find_places, unknown_places
from rag.history import standalone
from rag.lexicon import plain_speech, stop_words
from rag.types import Kind, Question, Term, Turn

# Measure words that may follow a figure, longest first; a wanted one may be answered by another of its group.
UNIT_GROUPS: tuple[tuple[str, ...], ...] = (
    ("家", "个", "户", "所", "处", "座", "间"),
    ("人次", "人", "名", "位"),
    ("万元", "亿元", "元"),
    ("%", "个百分点", "百分点", "倍"),
    ("项", "条", "个", "件", "类", "种", "方面", "大"),
    ("次", "场", "期", "届", "轮"),
    ("对", "组", "批", "支"),
    ("级", "档", "层级", "层"),
    ("年", "月", "天", "小时"),
)
_UNIT = r"(?:人次|个百分点|百分点|万元|亿元|方面|层级|小时|[家个户所处座间人名位元%倍项条件类种大次场期届轮对组批支级档层年月天])"
_FIGURE = re.compile(
    rf"(?:多少|几)(?:万|亿)?(?P<unit>{_UNIT})?|多大|多高|占比|比例|百分之几|金额|总额|几分之几|多长|多久"
)
_MONEY = re.compile(
    r"多少钱|多少资金|多少经费|多少投资|金额|总额|多少补贴|补贴多少|补多少|报多少|标准是多少|奖多少|奖励多少"
)
_SHARE = re.compile(r"占比|比例|百分之几|百分比|比重|多高的?比")
_DATE = re.compile(r"什么时候|啥时候|何时|几时|哪一?年|哪个?月|哪一?天|几月|几号|日期|什么时间|多会儿|从何时|时间是")
_WHICH = re.compile(
    r"(?:哪些|哪几个|哪几|哪个|哪座|哪一个|有几个|多少个)(?:城市|地方|地区|省份|省市|省区市|省|市|地市|市州)|哪里都|哪些地"
)
_ENTITY = re.compile(
    r"谁|哪个(?:单位|部门|企业|公司|学校|学院|机构|媒体|报|组织|人|工会)|哪家|什么(?:单位|部门|机构|地方|公司|学校)|在哪|哪里|哪儿|何处|由哪|哪一家|地点"
)
_LIST = re.compile(
    r"哪些|哪几|分别是|分别叫|包括什么|包括啥|都有什么|有什么|有啥|哪[0-9]+|什么内容|列出|列举|几条通道分别"
)
_COMPARE = re.compile(
    r"相比|比较|区别|不同|差别|差异|谁更|哪个更|谁的更|对比|谁多|谁高|哪个多|哪个高|高还是|多还是|比.{0,12}(?:多|高|大|少|低)"
)
_YESNO = re.compile(r"吗[？?。！!]*$|吗[，,]|是否|是不是|有没有|能不能|可不可以|会不会|能否|可否|没有[？?]?$|了没")
_HOW = re.compile(r"怎么|怎样|如何|咋|什么办法|什么做法|什么措施|做法|办法|怎么办|流程|步骤|为什么|意义|目的")
_YEAR = re.compile(r"(?:19|20)\d{2}(?=\D|$)")
_PUNCTUATION = re.compile(r"[\s,.;:?!'\"()\[\]<>《》〈〉“”‘’「」『』【】、，。；：？！（）—…·~-]+")
_FUNCTION_TAGS = (
    "p",
    "c",
    "uj",
    "ul",
    "uv",
    "ud",
    "uz",
    "ug",
    "y",
    "e",
    "o",
    "r",
    "d",
    "q",
    "m",
    "x",
    "f",
    "zg",
)


def understand(text: str, history: Sequence[Turn] = (), place: str = "") -> Question:
    """The question as the answering room needs it; `place` is a filter that the person chose beside the question."""
    whole = standalone(text, history)
    form = search_form(whole)
    mentions = find_places(whole)
    places = tuple(dict.fromkeys([*([place] if place else []), *(mention.full_name for mention in mentions)]))
    return Question(
        text=text.strip(),
        standalone=whole,
        search=form,
        kind=_kind(form, len(places)),
        places=places,
        unknown_places=tuple(unknown_places(whole)),
        years=tuple(dict.fromkeys(_YEAR.findall(form))),
        units=_units(form),
        terms=_terms(whole, [(mention.start, mention.end) for mention in mentions]),
    )


def _kind(form: str, place_count: int) -> Kind:
    """The first kind whose wording is met; the order settles questions that hold several wordings."""
    if _COMPARE.search(form) and place_count >= 2:
        return "compare"
    if _WHICH.search(form):
        return "which"
    if _DATE.search(form):
        return "date"
    if _FIGURE.search(form) or _MONEY.search(form):
        return "figure"
    for kind, pattern in _AFTER_FIGURE:
        if pattern.search(form):
            return kind
    return "other"


_AFTER_FIGURE: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("yesno", _YESNO),
    ("entity", _ENTITY),
    ("how", _HOW),
    ("list", _LIST),
)


def _units(form: str) -> tuple[str, ...]:
    """Measure words that a figure answer may carry, in the order of likelihood."""
    if _MONEY.search(form):
        return ("元", "万元", "亿元", "%")
    if _SHARE.search(form):
        return ("%",)
    found = _FIGURE.search(form)
    unit = found["unit"] if found else None
    if not unit:
        return ()
    alike = [other for group in UNIT_GROUPS if unit in group for other in group]
    return tuple(dict.fromkeys([unit, *alike]))


def _terms(whole: str, placed: Sequence[tuple[int, int]]) -> tuple[Term, ...]:
    """Content words of the question without its places, years and question words, with wordings that mean the same."""
    import rjieba

    pieces, at = [], 0
    for start, end in placed:
        pieces.append(whole[at:start])
        at = max(at, end)
    pieces.append(whole[at:])
    form = _YEAR.sub(" ", search_form(" ".join(pieces)))
    words: list[str] = []
    for word, tag in rjieba.tag(form):
        if _PUNCTUATION.fullmatch(word) or not word.strip():
            continue
        if word in stop_words() or (tag in _FUNCTION_TAGS and word not in plain_speech()):
            continue
        words.append(word)
    table = plain_speech()
    phrases = [phrase for phrase in table if len(phrase) > 1 and phrase in form and phrase not in words]
    kept = [word for word in dict.fromkeys(words) if not any(word in phrase for phrase in phrases)]
    return tuple(Term(word, table.get(word, ())) for word in [*kept, *phrases] if len(word) > 1 or word in table)
