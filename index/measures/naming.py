"""Where a text names measures: the longest name of those that overlap."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.measures.finding import NameFinder, pattern_of
from index.measures.taxonomy import NUMBER, Measure, measures
from index.types import SearchForm

_QUOTES = frozenset("\"'“”‘’「」『』")
_QUOTE = re.compile(f"[{''.join(sorted(_QUOTES))}]")


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
    """The names of a taxonomy: what finds them all, what finds those that hint at nothing else, and whose they are."""

    every: NameFinder
    sure: NameFinder
    bearer: dict[str, Measure]
    patterns: dict[str, list[tuple[str, Measure]]]

    def name(self, said: str) -> tuple[str, Measure]:
        """Which name these words are, and whose; those of a pattern are looked up by trying all of its beginning."""
        if said in self.bearer:
            return said, self.bearer[said]
        likely = self.patterns.get(said[0], []) + self.patterns.get(NUMBER, [])
        return next((name, measure) for name, measure in likely if pattern_of(name).fullmatch(said))


def names_any(form: str) -> bool:
    """Whether a search form names a measure; the gate before everything that costs more."""
    return _names(measures()).every.is_in(_QUOTE.sub("", form))


def namings(form: str) -> list[Naming]:
    """The measures that a search form names, in order; a name inside a longer one, or in a phrase that is not it, is none."""
    names = _names(measures())
    kept: list[Naming] = []
    end = 0
    # The starts ascend, so a name lies in an earlier one exactly where it ends no later than the furthest end so far.
    for start, stop in names.every.all_in(form):
        if stop <= end:
            continue
        name = form[start:stop]
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
    if _QUOTE.search(form.text) is None:
        return form
    kept = [at for at, sign in enumerate(form.text) if sign not in _QUOTES]
    return SearchForm(
        "".join(form.text[at] for at in kept),
        tuple(form.starts[at] for at in kept),
        tuple(form.ends[at] for at in kept),
    )


def without_names(form: str) -> str:
    """A search form with its names of measures blanked out: 工匠学院 is no school that might do something."""
    blanked, end = "", 0
    for start, stop in _names(measures()).sure.all_in(form):
        if start >= end:
            blanked += form[end:start] + " " * (stop - start)
            end = stop
    return blanked + form[end:] if end else form


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
    hints = {name for measure in known for name in measure.hints}
    patterns: dict[str, list[tuple[str, Measure]]] = {}
    for measure in known:
        for name in measure.patterns:
            patterns.setdefault(name[0], []).append((name, measure))
    return _Names(NameFinder(every), NameFinder(every - hints), bearer, patterns)
