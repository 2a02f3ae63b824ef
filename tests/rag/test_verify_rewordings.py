"""Sentences in other words than their evidence, true and with one thing changed, over invented texts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.types import Evidence
from rag.verify import verify_sentence
from tests.rag.evidence import make_evidence

PAIRS = Path(__file__).parent / "rewordings.tsv"


def read_pairs() -> Iterator[tuple[str, bool, Evidence]]:
    evidence = None
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        kind, _, text = line.partition("\t")
        if kind.startswith("#") and text:
            place = kind.removeprefix("#").strip()
            title = f"{place}工作情况" if place else "有关规定"
            evidence = make_evidence(text, title=title, places=(place,) if place else (), published=None)
        elif evidence and kind in {"T", "F"}:
            yield text, kind == "T", evidence


@pytest.mark.parametrize(
    ("sentence", "is_true", "evidence"), [pytest.param(*pair, id=pair[0]) for pair in read_pairs()]
)
def test_only_what_the_evidence_says_passes(sentence: str, is_true: bool, evidence: Evidence) -> None:
    found = verify_sentence(sentence, [evidence])
    assert (found.verdict == "supported") is is_true, found.problems
