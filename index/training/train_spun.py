"""Trains the detector of exchanged words: `python -m index.training.train_spun SHARED DICTIONARY index/data/spun_model.npz`.

SHARED is the data folder; DICTIONARY is jieba's `dict.txt` (MIT licence), whose words the imitation spinner may put in.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.normalise.characters import simplify
from index.quality.spinning.evidence import features
from index.quality.spinning.packing import packed, unpacked
from index.quality.spinning.tables import Counts, Model, Network
from index.quality.spinning.tokens import FIRST_WORD, Tokens, cut, tokens_of
from index.quality.spinning.verdict import text_facts, word_ratios
from index.training.spinning import Spinner
from index.training.spun_counts import count
from index.training.spun_networks import fit_network
from index.training.spun_screen import screen_of

SEED = 20170619
RATES = (0.04, 0.06, 0.08, 0.12, 0.18, 0.25)
FOR_WORDS, FOR_TEXTS = 3_000, 9_000
SHORTEST, LONGEST = 150, 700
# Reports, notices and rules are what is spun; talk and encyclopaedias only teach what honest text can look like.
SPUN_SOURCES = ("crud", "news", "law")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text for training, with the words that were exchanged in it."""

    tokens: Tokens
    exchanged: NDArray[np.bool_]
    source: str

    @property
    def rate(self) -> float:
        """The share of words exchanged."""
        is_word = self.tokens.numbers >= FIRST_WORD
        return float(self.exchanged[is_word].mean()) if is_word.any() else 0.0


def honest_texts(shared: Path) -> Iterator[tuple[str, str]]:
    """Source and text of everything that is counted; the domain news, over which false alarms are measured, is left out."""
    domain = (json.loads(line)["id"] for line in (shared / "corpus" / "domain_news.jsonl").open(encoding="utf-8"))
    kept_out = frozenset(domain)
    for fields in _lines(shared / "data" / "crud" / "passages.jsonl.gz"):
        if fields["id"] not in kept_out:
            yield "crud", fields["text"]
    for fields in _lines(shared / "data" / "train" / "news_titles.jsonl.gz"):
        yield "news", f"{fields['title']}\n{fields['text']}"
    for group in _groups(fields["text"] for fields in _lines(shared / "data" / "train" / "law_articles.jsonl.gz")):
        yield "law", group


def other_texts(shared: Path) -> Iterator[tuple[str, str]]:
    """Source and text of other kinds of honest Chinese: encyclopaedia, judgements, questions with answers."""
    for source in ("cmrc2018", "cail2019"):
        with (shared / "data" / source / "passages.jsonl").open(encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % 5 < 3:
                    yield source, json.loads(line)["text"]
    pairs = (f"{fields['a']}\n{fields['b']}" for fields in _lines(shared / "data" / "train" / "pairs.jsonl.gz"))
    for group in _groups(pairs):
        yield "pairs", group


def lessons(
    texts: Sequence[tuple[str, str]], spinner: Spinner, counts: Counts, chance: random.Random
) -> Iterator[Lesson]:
    """A stretch of each text, three of five with words exchanged."""
    for source, text in texts:
        start = chance.randrange(max(1, len(text) - LONGEST))
        stretch = simplify(text[start : start + chance.randrange(SHORTEST, LONGEST)])
        if len(stretch) < SHORTEST * 2 // 3:
            continue
        marks = np.zeros(len(stretch), dtype=bool)
        if chance.random() < 0.6:
            stretch, marks = spinner.spin(stretch, chance.choice(RATES))
        tokens = tokens_of(cut(stretch), counts)
        lengths = np.fromiter(map(len, tokens.strings), np.int64, len(tokens))
        starts = np.cumsum(lengths) - lengths
        yield Lesson(tokens, np.add.reduceat(marks.astype(np.int64), starts) > 0, source)


def priors(taught: Sequence[Lesson], counts: Counts) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Log odds that a word, or an unknown word of a kind, was put in; rare words lean on others as common and of their kind."""
    numbers = np.concatenate([each.tokens.numbers for each in taught])
    kinds = np.concatenate([each.tokens.kinds for each in taught])
    put_in = np.concatenate([each.exchanged for each in taught])
    known = numbers < counts.size
    seen = np.bincount(numbers[known], minlength=counts.size).astype(float)
    exchanged = np.bincount(numbers[known & put_in], minlength=counts.size).astype(float)
    group = counts.kinds.astype(np.int64) * 16 + np.minimum(np.log2(np.arange(counts.size) + 1).astype(int), 15)
    base = (np.bincount(group, exchanged, 256) + 1) / (np.bincount(group, seen, 256) + 20)
    share = (exchanged + 20 * base[group]) / (seen + 20)
    of_kind = (np.bincount(kinds[~known & put_in], minlength=16) + 1) / (np.bincount(kinds[~known], minlength=16) + 20)
    return np.log(share / (1 - share)).astype(np.float32), np.log(of_kind / (1 - of_kind)).astype(np.float32)


def main(arguments: Sequence[str] | None = None) -> None:
    """Counts, makes lessons, fits both networks and the screen, and writes the file."""
    parser = argparse.ArgumentParser(description="训练洗稿检测模型")
    parser.add_argument("shared", type=Path)
    parser.add_argument("dictionary", type=Path)
    parser.add_argument("target", type=Path)
    given = parser.parse_args(arguments)
    begun = time.monotonic()

    def tell(what: str) -> None:
        sys.stdout.write(f"{time.monotonic() - begun:6.0f}s  {what}\n")
        sys.stdout.flush()

    chance = random.Random(SEED)
    texts = list(honest_texts(given.shared))
    counts = count(simplify(text) for _, text in texts)
    tell(f"counted {len(texts)} texts, {counts.total:.0f} words, {len(counts.pairs)} pairs")
    dictionary = [line.split(" ") for line in given.dictionary.read_text(encoding="utf-8").splitlines()]
    spinner = Spinner(counts, [word for word, often, _ in dictionary if int(often) >= 3], chance)
    chosen = chance.sample(texts, len(texts) // 4) + list(other_texts(given.shared))
    chance.shuffle(chosen)
    taught = list(lessons(chosen, spinner, counts, chance))
    tell(f"made {len(taught)} lessons")
    for_words, for_texts = taught[:FOR_WORDS], taught[FOR_WORDS : FOR_WORDS + FOR_TEXTS]
    known_words, of_kind = priors(taught[FOR_WORDS + FOR_TEXTS :], counts)
    blank = Network(*(np.zeros((1, 1), np.float32) for _ in range(4)))
    nothing = np.zeros(1, dtype=np.float32)
    signs = screen_of(taught[FOR_WORDS + FOR_TEXTS :])
    # What is trained on goes through the bytes of the file first, so that it is what will be used.
    model = unpacked(packed(Model(counts, known_words, of_kind, blank, blank, nothing, nothing, signs)))
    known = [features(each.tokens, model, each.exchanged) for each in for_words]
    is_word = [each.tokens.numbers >= FIRST_WORD for each in for_words]
    inputs = np.concatenate([rows[mask] for rows, mask in zip(known, is_word, strict=True)])
    answers = np.concatenate([each.exchanged[mask] for each, mask in zip(for_words, is_word, strict=True)])
    of_word, loss = fit_network(inputs, answers, hidden=24, steps=3000)
    tell(f"network of words: loss {loss:.4f} over {len(answers)} words, {answers.mean():.3f} exchanged")
    model = Model(model.counts, model.priors, of_kind, of_word, blank, nothing, nothing, signs)
    facts, labels = _text_lessons(for_texts, model)
    means, scales = facts.mean(axis=0), facts.std(axis=0) + 1e-6
    of_text, loss = fit_network((facts - means) / scales, labels, hidden=8, steps=1500, decay=0.05)
    tell(f"network of texts: loss {loss:.4f} over {len(labels)} texts")
    whole = Model(counts, known_words, of_kind, of_word, of_text, means, scales, signs)
    np.savez_compressed(given.target, **packed(whole))  # type: ignore[arg-type]
    tell(f"wrote {given.target.stat().st_size} bytes")


def _text_lessons(taught: Sequence[Lesson], model: Model) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    facts, labels = [], []
    for each in taught:
        is_used = each.rate == 0 or (0.05 < each.rate < 0.35 and each.source in SPUN_SOURCES)
        if is_used and (each.tokens.numbers >= FIRST_WORD).sum() >= 20:
            known = features(each.tokens, model, each.exchanged)
            facts.append(text_facts(each.tokens, known, word_ratios(known, model)))
            labels.append(each.rate > 0)
    return np.array(facts), np.array(labels)


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _groups(texts: Iterator[str]) -> Iterator[str]:
    """Short texts six at a time."""
    while group := list(islice(texts, 6)):
        yield "\n".join(group)


if __name__ == "__main__":
    main()
