"""The content of a question: its terms with their weights and other wordings, and the runs that keep names whole."""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.normalise import search_form
from rag.lexicon import plain_speech, stop_words
from rag.phrases import phrases_in
from rag.types import Term

_PUNCTUATION = re.compile(r"[\s,.;:?!'\"()\[\]<>《》〈〉“”‘’「」『』【】、，。；：？！（）—…·~-]+")
# Ways of asking that a dictionary would take for content.
_ASKING = re.compile(
    r"各有|各是|多少|几[个家名项人所次条对位场期届]?|哪[0-9]?[个家些几里儿项种]*|什么|怎么样?|如何|怎样|为什么|是不是|有没有|能不能|可不可以|会不会"
)
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


def content(text: str) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    """Content terms with other wordings, and the runs of neighbouring content words, of a question without its places."""
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
    phrases = phrases_in(asked)
    kept = [word for word in found if word in phrases or not any(_same_thing(word, phrase) for phrase in phrases)]
    words = dict.fromkeys([*kept, *phrases])
    terms = tuple(Term(word, table.get(word, ()), found.get(word) or _worth(word, found)) for word in words)
    return terms, tuple(run.strip("和与及了的在") for run in runs if len(run.strip("和与及了的在")) > 1)


def _worth(phrase: str, words: Mapping[str, float]) -> float:
    """The weight of a phrase: as much as the words that it stands for."""
    return max([0.8, *(weight for word, weight in words.items() if word in phrase)])


def _same_thing(word: str, phrase: str) -> bool:
    """Whether a word is a part of the phrase, or was guessed around it (级产改 of 三级产改)."""
    import rjieba

    return word in phrase or (phrase in word and not rjieba.has_word(word))
