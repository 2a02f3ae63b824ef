"""Understanding a question: its kind, places, years, the measure word wanted and the terms an answer must speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.normalise import search_form
from index.places import find_places, narrowest, unknown_places
from rag.history import standalone
from rag.lexicon import plain_speech, stop_words
from rag.types import Kind, Question, Term, Turn
from rag.units import asks_figure, counted_thing, wanted_units

_DATE = re.compile(
    r"什么时候|啥时候|何时|几时|哪[一1]?年|哪[个一1]?月|哪[一1]?天|几月|几号|日期|什么时间|多会儿|从何时|时间是"
)
_WHICH = re.compile(
    r"(?:哪些|哪几个|哪几|哪个|哪座|哪[一1]个)(?:城市|地方|地区|省份|省市|省区市|省|市|地市|市州|县区|区县)|"
    r"(?:有几个|有多少个?|多少个)(?:城市|地方|地区|省份|省市|地市|市州)|哪里都|哪些地|哪儿最|哪个地方"
)
_ENTITY = re.compile(
    r"谁|哪位|哪[一1]?[个所座项种类支条家](?!城市|地方|地区|省|市)|叫啥|叫什么|什么名|什么(?:模式|体系|品牌|称号|平台)|哪个(?:单位|部门|企业|公司|学校|学院|机构|媒体|报|组织|人|工会)|哪家|什么(?:单位|部门|机构|地方|公司|学校)|在哪|哪里|哪儿|何处|由哪|哪一家|地点"
)
_LIST = re.compile(
    r"哪些|哪几|分别是|分别叫|包括什么|包括啥|都有什么|有什么|有啥|哪[0-9]+|什么内容|列出|列举|几条通道分别"
)
_COMPARE = re.compile(
    r"相比|比较|区别|不同|差别|差异|谁更|哪个更|谁的更|对比|谁多|谁高|哪个多|哪个高|高还是|多还是|比.{0,12}(?:多|高|大|少|低)"
)
_YESNO = re.compile(
    r"对不对|吗[？?。！!]*$|吗[，,]|是否|是不是|有没有|能不能|可不可以|会不会|能否|可否|没有[？?]?$|了没"
)
_HOW = re.compile(r"怎么|怎样|如何|咋|什么办法|什么做法|什么措施|做法|办法|怎么办|流程|步骤|为什么|意义|目的")
# Four digits are a year unless they count something (2000元, 2000家).
_YEAR = re.compile(
    r"(?<![\d.])(?:19|20)\d{2}(?=年|[-—~至到.](?:19|20)?\d|[上下]半年|$|[^\d多余名人家个项万亿元所条次件种场位台册%.])"
)
_PUNCTUATION = re.compile(r"[\s,.;:?!'\"()\[\]<>《》〈〉“”‘’「」『』【】、，。；：？！（）—…·~-]+")
# Ways of asking that a dictionary would take for content.
_ASKING = re.compile(
    r"各有|各是|多少|几[个家名项人所次条对位场期届]?|哪[0-9]?[个家些几里儿项种]*|什么|怎么样?|如何|怎样|为什么|是不是|有没有|能不能|可不可以|会不会"
)
_ASK = re.compile(r"多少|(?<![哪就好这那十])几(?=[个家名项人所次条对位场期届万亿步台])|哪|谁|什么|怎么|怎样|如何|啥|咋")
_EACH = re.compile(r"各[是有多几]|分别|各自")
# A noun says most of what is asked; a verb or an adjective is often said otherwise in the document.
GRAMMAR = {
    "n": 1.0,
    "j": 1.0,
    "i": 1.0,
    "l": 1.0,
    "e": 1.0,
    "v": 0.55,
    "a": 0.45,
    "b": 0.7,
    "t": 0.5,
    "s": 0.6,
    "m": 0.6,
}
BACKGROUND = 0.5
_SUFFIXES = frozenset("日节周奖金法证班团队库站网院会部局室卡费险岗级制")
_KEPT = frozenset("和与") | _SUFFIXES
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
    resolved = standalone(text, history)
    whole = resolved.text
    asked = search_form(resolved.asked)
    mentions = find_places(whole)
    named = [mention.full_name for mention in mentions]
    chosen = [mention.full_name for mention in find_places(place)] or ([place] if place else [])
    places = tuple(dict.fromkeys([*chosen, *named]))
    words, runs = _content(_without(whole, [(mention.start, mention.end) for mention in mentions]))
    own = _content(resolved.asked)[0] if resolved.background else []
    current = {word.text for word in own}
    return Question(
        text=text.strip(),
        standalone=whole,
        search=search_form(whole),
        kind=_kind(asked, len(narrowest(list(places)))),
        places=places,
        unknown_places=tuple(unknown_places(whole)),
        years=tuple(dict.fromkeys(_YEAR.findall(search_form(whole)))),
        units=wanted_units(asked),
        terms=tuple(
            replace(word, weight=word.weight * BACKGROUND) if current and word.text not in current else word
            for word in words
        ),
        runs=runs,
        counted=counted_thing(asked),
        asked=resolved.asked,
        own=tuple(own),
        asks=max(1, len(_ASK.findall(asked))) + len(_EACH.findall(asked)),
    )


def _kind(form: str, place_count: int) -> Kind:
    """The first kind whose wording is met; the order settles questions that hold several wordings."""
    if _COMPARE.search(form) and place_count >= 2:
        return "compare"
    if _WHICH.search(form):
        return "which"
    if _DATE.search(form):
        return "date"
    if asks_figure(form):
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


def _without(whole: str, placed: Sequence[tuple[int, int]]) -> str:
    """The question with its places and years blanked out, in the search form."""
    pieces, at = [], 0
    for start, end in placed:
        pieces.append(whole[at:start])
        at = max(at, end)
    pieces.append(whole[at:])
    return _YEAR.sub(" ", search_form(" ".join(pieces)))


def _content(text: str) -> tuple[list[Term], tuple[str, ...]]:
    """Content terms with other wordings, and the runs of neighbouring content words."""
    import rjieba

    form = _ASKING.sub(" ", search_form(text))
    table, stops = plain_speech(), stop_words()
    found: dict[str, float] = {}
    runs = [""]
    for word, tag in rjieba.tag(form):
        if _PUNCTUATION.fullmatch(word) or not word.strip() or (word in stops and word not in _KEPT):
            runs.append("")
            continue
        if word in _SUFFIXES and found and runs[-1].endswith(last := next(reversed(found))):
            # 工匠日 is one thing, of which the dictionary knows only the first part.
            found[last + word] = found.pop(last)
            runs[-1] += word
            continue
        runs[-1] += word
        weight = GRAMMAR.get(tag[:1], 0.8) if tag not in _FUNCTION_TAGS or word in table else 0.0
        if weight and (len(word) > 1 or word in table):
            # A verb that stands for a term of the field (报销 for 补贴) is what the question is about.
            found.setdefault(word, 1.0 if tag in {"vn", "an"} or (word in table and weight > 0) else weight)
    # A phrase may hold a way of asking (补多少), which the terms leave out.
    asked = search_form(text)
    phrases = {phrase for phrase in table if len(phrase) > 1 and phrase in asked}
    kept = [word for word in found if not any(word != phrase and word in phrase for phrase in phrases)]
    words = dict.fromkeys([*kept, *phrases_in_order(phrases, asked)])
    terms = [Term(word, table.get(word, ()), found.get(word, 0.8)) for word in words]
    return terms, tuple(run.strip("和与及了的在") for run in runs if len(run.strip("和与及了的在")) > 1)


def phrases_in_order(phrases: set[str], form: str) -> list[str]:
    """Phrases by where they stand in the question, so that the same question always gives the same terms."""
    return sorted(phrases, key=lambda phrase: (form.index(phrase), phrase))
