"""Pairs that look like copies and are none: another city in the same form, the next article of a law, one event twice."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from eval.documents.altering import containment, retold, shingles
from eval.documents.planting import bases
from eval.json_lines import json_lines

# Reports of one event share names and phrases; above the upper bound one was copied from the other.
SAME_EVENT = (0.08, 0.3)
MOST_EVENTS = 100
# A run of characters that more reports than this hold is common speech and tells no event.
COMMON = 5
_ARTICLE = re.compile(r"(?m)^(?=第[一二三四五六七八九十百零]+条)")
_SHORTEST_ARTICLE = 40


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the id that it is told by."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rival:
    """Two texts that are no copies of each other, and why one could think so."""

    kind: str
    one: Text
    other: Text


def brief_rivals() -> Iterator[Rival]:
    """Each brief of a city beside the same form with the name of the next city and other figures."""
    cities = [(base, base.title.split("市")[0]) for base in bases()[1] if "市" in base.title[:6]]
    for place, (base, city) in enumerate(cities):
        other = cities[(place + 1) % len(cities)][1]
        name = f"{base.name}::retold"
        text = retold(base.text, city, other, random.Random(name))
        yield Rival("same form", Text(base.name, base.text), Text(name, text))


def law_rivals(shared: Path) -> Iterator[Rival]:
    """Neighbouring articles of the laws."""
    corpus = shared / "corpus"
    for _, fields in json_lines(corpus / "core_laws.jsonl", "资料"):
        parts = [part.strip() for part in _ARTICLE.split(str(fields["text"]))[1:]]
        yield from _neighbours([Text(f"{fields['id']}#{number}", part) for number, part in enumerate(parts)])
    laws: defaultdict[str, list[Text]] = defaultdict(list)
    for _, fields in json_lines(corpus / "domain_laws.jsonl", "资料"):
        # Two versions of one law bear the same name, but not the same id: their articles are copies in truth.
        laws[str(fields["id"]).rpartition("_")[0]].append(Text(str(fields["id"]), str(fields["text"])))
    for articles in laws.values():
        yield from _neighbours(articles)


def _neighbours(articles: Sequence[Text]) -> Iterator[Rival]:
    for one, other in pairwise(articles):
        if min(len(one.text), len(other.text)) >= _SHORTEST_ARTICLE:
            yield Rival("next article", one, other)


def event_rivals(news: Sequence[Text]) -> list[Rival]:
    """Different reports of one event: pairs that share rare runs of characters, but far fewer than a copy would."""
    sets = [shingles(text.text) for text in news]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, runs in enumerate(sets):
        for run in runs:
            holders[run].append(place)
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    for places in holders.values():
        if 2 <= len(places) <= COMMON:
            for index, one in enumerate(places):
                for other in places[index + 1 :]:
                    shared[one, other] += 1
    ranked = sorted(shared, key=lambda pair: (-shared[pair], pair))
    close = (pair for pair in ranked if SAME_EVENT[0] <= containment(sets[pair[0]], sets[pair[1]]) < SAME_EVENT[1])
    return [Rival("one event", news[one], news[other]) for one, other in list(close)[:MOST_EVENTS]]
