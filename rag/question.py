"""Understanding a question: its kind, places, years, the measure word wanted and the terms an answer must speak of."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from index.normalise import search_form
from index.places import find_places, narrowest, unknown_places
from rag.aside import relevant
from rag.content import content
from rag.filters import YEAR, measures_in, takes_away, without_places_and_years
from rag.gist import LONGEST, MOST_READ, gist, telling
from rag.history import standalone
from rag.quoted import places_in_names, places_spoken_of, places_written_before
from rag.slips import mend
from rag.spoken import as_written
from rag.story import last_asked
from rag.terms import Rarity
from rag.types import Kind, Question, Turn
from rag.units import asks_figure, counted_thing, wanted_units

_DATE = re.compile(
    r"什么时候|啥时候|何时|几时|哪[一1]?年|哪[个一1]?月|哪[一1]?天|几月|几号|日期|什么时间|多会儿|从何时|时间是"
)
_WHICH = re.compile(
    r"(?:哪些|哪几个|哪几|哪个|哪座|哪[一1]个)(?:城市|地方|地区|省份|省市|省区市|省|市|地市|市州|县区|区县)|"
    r"(?:有几个|^几个|有多少个?|(?<![了过到])多少个)(?:城市|地方|地区|省份|省市|地市|市州)|哪里都|哪些地|哪儿最|哪个地方|"
    # The same the other way round: 工匠学院最多的省是哪个, 有工匠日的城市有哪些.
    r"(?:最[多少高低大小早先]|第1)的(?:城市|地方|地区|省份|省市|省|市|地市|市州|县区|区县)(?:是|在)?哪"
    r"|的(?:城市|地方|地区|省份|省市|地市|市州)(?:都|分别)?[有是](?:哪[些几]|哪[里儿]?[？?。]*$)"
)
_ENTITY = re.compile(
    r"谁|哪位|哪[一1]?[个所座项种类支条家](?!城市|地方|地区|省|市)|叫啥|叫什么|什么名|什么(?:模式|体系|品牌|称号|平台)|哪个(?:单位|部门|企业|公司|学校|学院|机构|媒体|报|组织|人|工会)|哪家|什么(?:单位|部门|机构|地方|公司|学校)|在哪|哪里|哪儿|何处|由哪|哪一家|地点"
)
_LIST = re.compile(
    r"哪些|哪几|分别是|分别叫|包括什么|包括啥|都有什么|有什么|有啥|哪[0-9]+|什么内容|列出|列举|几条通道分别"
)
_COMPARE = re.compile(
    r"相比|比较|区别|不同|差别|差异|谁更|谁的更|对比|谁多|谁高|高还是|多还是|比.{0,12}(?:多|高|大|少|低)|相差|差(?:多少|几)"
    r"|(?:哪|谁)[个座边方家]?(?:城市|城|市|省|区|县|地方)?(?:的|要|会)?[^，。？,?哪谁]{0,12}(?:更|多|高|少|低|大|小|早|晚)(?!少)"
)
_YESNO = re.compile(
    r"对不对|吗[？?。！!]*$|吗[，,]|([要用算该给管收])不\1|是否|是不是|有没有|能不能|可不可以|会不会|能否|可否|没有[？?]?$|了没"
)
_HOW = re.compile(r"怎么|怎样|如何|咋|什么办法|什么做法|什么措施|做法|办法|怎么办|流程|步骤|为什么|意义|目的")
_ASK = re.compile(r"多少|(?<![哪就好这那十])几(?=[个家名项人所次条对位场期届万亿步台])|哪|谁|什么|怎么|怎样|如何|啥|咋")
_EACH = re.compile(
    r"各自?(?![地市省县区界类种级项位国族校乡镇方部单])(?=[^，。？?,各]{0,8}(?:多少|几|多[大高长]))|各[是有]|分别(?!人)|各自|多少男女"
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
BACKGROUND = 0.5


def understand(
    text: str,
    history: Sequence[Turn] = (),
    place: str = "",
    rarity: Rarity | None = None,
    without: Collection[str] = (),
) -> Question:
    """The question as the answering room needs it; `place` is a filter that the person chose beside the question.

    With `rarity`, slips of typing are mended and a long text is cut down by what the library holds. `without` are filters
    that the person took away, by value (白银市) or by kind (地区); what they name is left out of the question.
    """
    asked_now, slips = mend(text, rarity) if rarity else (text, ())
    turns = [
        replace(turn, content=_heard(turn.content, rarity) if turn.role == "user" else turn.content[:MOST_READ])
        for turn in history
    ]
    current_turn = gist(as_written(relevant(asked_now)), rarity)
    resolved = standalone(current_turn, turns)
    if resolved.background and takes_away(without, "topic", resolved.background):
        resolved = standalone(current_turn, ())
    whole, now = (without_places_and_years(part, without) for part in (resolved.text, resolved.asked))
    # What a story tells before it asks (跑了几趟) says nothing of the kind of its question.
    asked, form = search_form(last_asked(now)), search_form(whole)
    mentions = places_spoken_of(whole)
    within = places_in_names(whole) | places_written_before(whole, mentions)
    named = [mention.full_name for mention in mentions if mention.full_name not in within]
    chosen = [mention.full_name for mention in find_places(place)] or ([place] if place else [])
    places = tuple(dict.fromkeys([*chosen, *named]))
    words, runs = content(_without(whole, [(mention.start, mention.end) for mention in mentions]))
    own = content(now)[0] if resolved.background else ()
    current = {word.text for word in own}
    if len(text) > LONGEST:
        words = telling(words, rarity)
    said = measures_in(form, without)
    undone = {alias for measure in measures_in(form) if measure not in said for alias in measure.aliases}
    return Question(
        text=text.strip(),
        standalone=whole,
        search=form,
        kind=_kind(asked, len(narrowest(list(places)))),
        places=tuple(each for each in places if not takes_away(without, "place", each)),
        unknown_places=tuple(unknown_places(whole)),
        years=tuple(dict.fromkeys(YEAR.findall(form))),
        units=wanted_units(asked),
        terms=tuple(
            replace(
                word,
                alternatives=() if word.text in undone else word.alternatives,
                weight=word.weight * (BACKGROUND if current and word.text not in current else 1),
            )
            for word in words
        ),
        runs=runs,
        counted=counted_thing(asked),
        asked=now,
        own=own,
        asks=max(1, len(_ASK.findall(asked))) + len(_EACH.findall(asked)),
        measures=tuple(measure.name for measure in said),
        slips=slips,
        typed=search_form(text) if slips else "",
        without=tuple(without),
        carried=resolved.background,
        told=_told(turns),
    )


def _told(turns: Sequence[Turn]) -> tuple[str, ...]:
    """What the last answer said that the question before it had not, as words and figures in the search form."""
    if len(turns) < 2 or turns[-1].role != "assistant":
        return ()
    answered, before = search_form(turns[-1].content), search_form(turns[-2].content)
    words = [*(term.text for term in content(answered)[0]), *_FIGURE.findall(answered)]
    return tuple(word for word in dict.fromkeys(words) if word not in before)


def _heard(earlier: str, rarity: Rarity | None) -> str:
    """An earlier turn, mended and cut down as it was when it was asked."""
    return gist(as_written(relevant(mend(earlier, rarity)[0] if rarity else earlier)), rarity)


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
    return YEAR.sub(" ", search_form(" ".join(pieces)))
