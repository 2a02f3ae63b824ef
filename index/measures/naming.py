"""Where a text names measures: one compiled pattern over all names, the longest name of those that overlap."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.measures.taxonomy import GAP, NUMBER, Measure, measures
from index.types import SearchForm

_QUOTES = frozenset("\"'“”‘’「」『』")
_UNQUOTE = dict.fromkeys(map(ord, _QUOTES))
# Behind the first digit of a number.
_MORE = "\0"
# A gap stays within its clause and its item of a list, and short, so that matching stays linear.
_SPECIAL = {
    GAP: r"[^,，。;；:：!！?？、\s]{0,8}?",
    NUMBER: r"\d{1,15}(?:\.\d{1,6})?[余多]?",
    _MORE: r"\d{0,14}(?:\.\d{1,6})?[余多]?",
}


@dataclass(frozen=True, slots=True)
class Naming:
    """A measure named at [start, end) of a search form, by one of its names; "" where a heading names it."""

    start: int
    end: int
    measure: Measure
    name: str = ""

    @property
    def is_hint(self) -> bool:
        """Whether its name may mean much else."""
        return self.name in self.measure.hints


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a taxonomy as patterns: one for a first look, one that finds those that overlap, and whose they are."""

    any_name: re.Pattern[str]
    sure_name: re.Pattern[str]
    every_name: re.Pattern[str]
    bearer: dict[str, Measure]
    patterns: dict[str, list[tuple[re.Pattern[str], str, Measure]]]

    def name(self, said: str) -> tuple[str, Measure]:
        """Which name these words are, and whose; those of a pattern are looked up by trying all of its beginning."""
        if said in self.bearer:
            return said, self.bearer[said]
        likely = self.patterns.get(said[0], []) + self.patterns.get(NUMBER, [])
        return next((name, measure) for pattern, name, measure in likely if pattern.fullmatch(said))


def names_any(form: str) -> bool:
    """Whether a search form names a measure; the gate before everything that costs more."""
    return _names(measures()).any_name.search(form.translate(_UNQUOTE)) is not None


def namings(form: str) -> list[Naming]:
    """The measures that a search form names, in order; a name inside a longer one, or in a phrase that is not it, is none."""
    names = _names(measures())
    found = [(match.start(), match.start() + len(match[1]), match[1]) for match in names.every_name.finditer(form)]
    kept: list[Naming] = []
    end = 0
    # The starts ascend, so a name lies in an earlier one exactly where it ends no later than the furthest end so far.
    for start, stop, name in found:
        if stop <= end:
            continue
        known, measure = names.name(name)
        if known == name:
            # What a pattern leaves out may be the name of another measure.
            end = stop
        if not _is_excluded(form, start, stop, measure):
            kept.append(Naming(start, stop, measure, known))
    return _without_repeats(_without_hints(kept))


def _without_hints(found: list[Naming]) -> list[Naming]:
    """Without what only hints at a measure that is named by a clearer word too."""
    sure = {one.measure.name for one in found if not one.is_hint}
    return [one for one in found if not one.is_hint or one.measure.name not in sure]


def _without_repeats(found: list[Naming]) -> list[Naming]:
    """Without what a pattern finds around a name of the same measure: 职工建立劳模创新工作室 names it once."""
    kept: list[Naming] = []
    for one in found:
        same = next((other for other in reversed(kept) if other.measure is one.measure), None)
        if same is None or one.start >= same.end:
            kept.append(one)
        elif one.end - one.start <= same.end - same.start:
            kept[kept.index(same)] = one
    return kept


def unquoted(form: SearchForm) -> SearchForm:
    """A search form without its quotation marks, which may stand within a name: "能级工资"集体协商."""
    if not _QUOTES & set(form.text):
        return form
    kept = [at for at, sign in enumerate(form.text) if sign not in _QUOTES]
    return SearchForm(
        "".join(form.text[at] for at in kept),
        tuple(form.starts[at] for at in kept),
        tuple(form.ends[at] for at in kept),
    )


def without_names(form: str) -> str:
    """A search form with its names of measures blanked out: 工匠学院 is no school that might do something."""
    return _names(measures()).sure_name.sub(lambda name: " " * len(name[0]), form)


def _is_excluded(form: str, start: int, end: int, measure: Measure) -> bool:
    for phrase in measure.excluded:
        at = form.find(phrase, max(0, end - len(phrase)), start + len(phrase))
        if at >= 0:
            return True
    return False


# A taxonomy is asked for thousands of times a document, and its hash is that of all its words: it is known by identity.
_made: list[tuple[tuple[Measure, ...], _Names]] = []
_MOST_MADE = 8


def _names(known: tuple[Measure, ...]) -> _Names:
    for measures_of, names in _made:
        if measures_of is known:
            return names
    names = _compiled(known)
    _made.insert(0, (known, names))
    del _made[_MOST_MADE:]
    return names


def _compiled(known: tuple[Measure, ...]) -> _Names:
    bearer = {alias: measure for measure in known for alias in measure.aliases}
    every = {*bearer, *(name for measure in known for name in measure.patterns)}
    sure = _pattern(_opened(sorted(every.difference(*(measure.hints for measure in known)))))
    pattern = _pattern(_opened(sorted(every)))
    patterns: dict[str, list[tuple[re.Pattern[str], str, Measure]]] = {}
    for measure in known:
        for name in measure.patterns:
            patterns.setdefault(name[0], []).append((re.compile(_pattern([name])), name, measure))
    return _Names(re.compile(pattern), re.compile(sure), re.compile(f"(?=({pattern}))"), bearer, patterns)


def _opened(names: list[str]) -> list[str]:
    """Names that all begin with a plain character: a search skips what begins none, but only where each is plain."""
    plain = [name for name in names if not name.startswith(NUMBER)]
    return plain + [f"{digit}{_MORE}{name[1:]}" for name in names if name not in plain for digit in "0123456789"]


def _pattern(words: list[str]) -> str:
    """A pattern of all words as a tree of their beginnings, which prefers the longest; never matches without words."""
    if not words:
        return r"(?!)"
    tails: dict[str, list[str]] = {}
    for word in words:
        if word:
            tails.setdefault(word[0], []).append(word[1:])
    branches = [(_SPECIAL.get(first) or re.escape(first)) + _tail(rest) for first, rest in tails.items()]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _tail(rest: list[str]) -> str:
    longer = [word for word in rest if word]
    if not longer:
        return ""
    return f"(?:{_pattern(longer)})?" if len(longer) < len(rest) else _pattern(longer)
