"""What a question itself restricts its answer to, shown so that a person can take it away: places, years, measures."""

from __future__ import annotations

import re
from collections.abc import Collection

from index.measures import Measure, measures
from index.normalise import normalise
from index.places import find_places, narrowest, unknown_places
from index.types import SearchForm
from rag.types import Filter, FilterKind, Question

# How a person names the kinds, in what is taken away and on the page.
KIND_NAMES: dict[FilterKind, str] = {"place": "地区", "year": "年份", "measure": "举措", "topic": "接着问"}
# Four digits are a year unless they count something (2000元, 2000家).
YEAR = re.compile(
    r"(?<![\d.])(?:19|20)\d{2}(?=年|[-—~至到.](?:19|20)?\d|[上下]半年|$|[^\d多余名人家个项万亿元所条次件种场位台册%.])"
)
# What hangs on a year and says nothing without it: 2021年10月, 2021年底.
_YEAR_TAIL = r"(?:年(?:度|[初底末中](?!学)|上半年|下半年|\d{1,2}月(?:\d{1,2}日)?)?)?"
# What a place or a year leaves dangling when it goes.
_DANGLING = re.compile(r"^[的，,、。\s]+|(?<=[，,。；;？?])[的，,、\s]+")


def filters_of(question: Question) -> tuple[Filter, ...]:
    """The filters that a question was understood with, places first, each once; of places in one another the nearest."""
    return (
        *(Filter("place", place) for place in dict.fromkeys(narrowest(list(question.places)))),
        *(Filter("place", place) for place in question.unknown_places),
        *(Filter("year", year) for year in question.years),
        *(Filter("measure", measure) for measure in question.measures),
        *([Filter("topic", question.carried)] if question.carried else []),
    )


def understood_lines(question: Question) -> list[str]:
    """What a terminal shows of how a question was understood: what was mended, and what was taken away."""
    mended = "、".join(f"“{slip.meant}”" for slip in question.slips)
    left_out = "、".join(question.without)
    return [*([f"已按{mended}查找。"] if mended else []), *([f"已不限：{left_out}。"] if left_out else [])]


def takes_away(without: Collection[str], kind: FilterKind, value: str) -> bool:
    """Whether a filter is among those to do without: by its value (白银市) or by the name of its kind (地区, place)."""
    return value in without or kind in without or KIND_NAMES[kind] in without


def without_places_and_years(text: str, without: Collection[str]) -> str:
    """The text less the words of the places and years that are to be done without; the rest stays as it was written."""
    if not without:
        return text
    form = normalise(text)
    spans = [
        (mention.start, mention.end) for mention in find_places(text) if takes_away(without, "place", mention.full_name)
    ]
    for name in unknown_places(text):
        if takes_away(without, "place", name):
            spans += _original(form, re.escape(name))
    for year in dict.fromkeys(YEAR.findall(form.text)):
        if takes_away(without, "year", year):
            spans += _original(form, rf"(?<!\d){year}{_YEAR_TAIL}")
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces.append(text[at:start])
        at = max(at, end)
    left = "".join([*pieces, text[at:]])
    # A question that is nothing but its filters stays as it is.
    return (_DANGLING.sub("", left) if spans else text) or text


def measures_in(form: str, without: Collection[str] = ()) -> tuple[Measure, ...]:
    """The measures that a search form names, the longest name of overlapping ones, less those to be done without."""
    said = [(alias, measure) for measure in measures() for alias in measure.aliases if alias in form]
    longest = [
        (alias, measure) for alias, measure in said if not any(alias != other and alias in other for other, _ in said)
    ]
    named = dict.fromkeys(measure for _, measure in sorted(longest, key=lambda pair: form.index(pair[0])))
    return tuple(measure for measure in named if not takes_away(without, "measure", measure.name))


def _original(form: SearchForm, pattern: str) -> list[tuple[int, int]]:
    """Where a pattern of the search form stands in the original text."""
    spans = (form.span(found.start(), found.end()) for found in re.finditer(pattern, form.text))
    return [(span.start, span.end) for span in spans]
