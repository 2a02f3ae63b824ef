"""On real news and law: whole sentences pass, and the same sentences with one thing altered do not."""

import json
import random
import re
from itertools import pairwise
from pathlib import Path

from index.sentences import sentence_spans
from rag.verify import verify_sentence
from tests.rag.evidence import make_evidence

SAMPLE = 250


def samples(shared: Path) -> list[tuple[str, str]]:
    """Sentences with the passage of two sentences in which they stand; the draw is the same every time."""
    chance = random.Random(7)
    texts = [
        json.loads(line)["text"]
        for name in ("domain_news", "core_laws")
        for line in (shared / "corpus" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    found: list[tuple[str, str]] = []
    while len(found) < SAMPLE:
        text = chance.choice(texts)
        spans = sentence_spans(text)
        if len(spans) < 3:
            continue
        at = chance.randrange(len(spans) - 1)
        sentence = text[spans[at].start : spans[at].end].strip()
        passage = text[spans[at].start : spans[at + 1].end]
        if 12 <= len(sentence) <= 160 and len(passage) <= 400:
            found.append((sentence, passage))
    return found


def passes(sentence: str, passage: str) -> bool:
    evidence = make_evidence(passage, title="无题", places=(), published="2020-01-01")
    return verify_sentence(sentence, [evidence]).verdict == "supported"


def test_whole_sentences_are_supported(shared: Path) -> None:
    refused = [sentence for sentence, passage in samples(shared) if not passes(sentence, passage)]
    assert len(refused) <= 0.02 * SAMPLE, refused


def test_an_altered_digit_is_seen(shared: Path) -> None:
    chance = random.Random(8)
    tried = []
    for sentence, passage in samples(shared):
        if digits := list(re.finditer(r"\d", sentence)):
            digit = chance.choice(digits)
            other = chance.choice([c for c in "123456789" if c != digit[0]])
            tried.append((sentence[: digit.start()] + other + sentence[digit.end() :], passage))
    assert len(tried) >= 40
    assert not [altered for altered, passage in tried if passes(altered, passage)]


def test_a_sentence_of_another_text_is_refused(shared: Path) -> None:
    drawn = samples(shared)
    pairs = [(sentence, other) for (sentence, own), (_, other) in pairwise(drawn) if own != other]
    assert not [sentence for sentence, passage in pairs if passes(sentence, passage)]


def test_an_added_denial_is_seen(shared: Path) -> None:
    tried = []
    for sentence, passage in samples(shared):
        if match := re.search(r"(?:组织|开展|建立|支付|提供|举行|参加|给予|保障)", sentence):
            tried.append((sentence[: match.start()] + "不" + sentence[match.start() :], passage))
    assert len(tried) >= 40
    assert not [altered for altered, passage in tried if passes(altered, passage)]
