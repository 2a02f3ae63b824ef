"""How an index stands after a kill: what it holds, and whether all its ways to an answer hold exactly that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, field, replace
from random import Random

from eval.documents.shelf import State
from index.backup import whole_backup
from index.library import Library
from index.part_store import STORE_FILE
from index.settings import Settings
from index.steps import Steps

_WORD = re.compile(r"zq[a-z]{5}")
# Every document of a shelf speaks of them, so that one question finds all.
_COMMON = "产业工人"


@dataclass(frozen=True, slots=True)
class Standing:
    """What was found: the own words of each document, those in its text alone, and what is wrong.

    `stale` are words that search or an answer still finds although no document holds them.
    """

    held: State = field(default_factory=dict)
    texts: State = field(default_factory=dict)
    stale: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    is_readable: bool = True


def standing(settings: Settings, steps: Steps, words: Set[str], random: Random) -> Standing:
    """Opens the index and looks; `words` are all that ever were in a document."""
    try:
        with Library.open(settings, steps) as library:
            found = _standing(library, words, random)
            return replace(found, faults=(*found.faults, *_without_backup(settings, library)))
    # Whatever it is, a reader that fails is what must not happen, and the line says how.
    except Exception as error:
        return Standing(faults=(f"{type(error).__name__}: {error}",), is_readable=False)


def _standing(library: Library, words: Set[str], random: Random) -> Standing:
    documents = library.documents()
    texts = {one.origin: _words([one.text]) for one in documents}
    held = {one.origin: texts[one.origin] | _words([one.title]) for one in documents}
    live = frozenset(word for each in held.values() for word in each)
    gone = words - live
    faults = list(library.notice)
    if len(held) < len(documents):
        faults.append("一个来源有两份资料")
    faults += [f"{word} 在资料里却查不到" for word in sorted(live) if not _is_found(library, word)]
    stale = {word for word in gone if _is_found(library, word)}
    for leg in (library.keyword_hits, library.vector_hits):
        chunks = library.chunks([hit.chunk_id for hit in leg(_COMMON, library.manifest.chunks + 1)])
        stale |= gone & _words(chunk.search_text for chunk in chunks)
        if {chunk.document_id for chunk in chunks} != {one.id for one in documents}:
            faults.append(f"{leg.__name__} 与资料不一致")
    stale |= gone & _cited(library, [_one(gone, random), _one(live, random)])
    return Standing(held, texts, tuple(sorted(stale)), tuple(faults))


def _without_backup(settings: Settings, library: Library) -> list[str]:
    """A line for each store of the index that could not be made whole again if the disk damaged it."""
    stores = {name: known for name, known in library.manifest.files.items() if name.endswith(STORE_FILE)}
    whole = [name for name, known in stores.items() if whole_backup(settings.folder, name, *known)]
    return [f"{name} 没有完好的备份" for name in stores if name not in whole]


def _is_found(library: Library, word: str) -> bool:
    """Whether the keyword leg finds a passage with the word."""
    return bool(library.keyword_hits(word, 1))


def _cited(library: Library, asked: Iterable[str]) -> frozenset[str]:
    """The own words in what the answers to questions about some words cite."""
    from rag.chain import make_chain

    chain = make_chain(library)
    answers = [chain.invoke({"question": f"{word}有多少名产业工人参加？"}) for word in asked if word]
    return _words(text for answer in answers for one in answer.citations for text in (one.quote, one.title))


def _one(words: Set[str], random: Random) -> str:
    return random.choice(sorted(words)) if words else ""


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(text))
