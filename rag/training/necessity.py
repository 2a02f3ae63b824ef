"""Count the table of necessities: `python -m rag.training.necessity SHARED` writes `rag/data/necessity.tsv`.

What is counted is training material alone: no question that is measured, and of the questions about laws and of the
encyclopedia none of the fifth on which the ranker is trained, so that they are as new to the table as a person's.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.analysis import analyse
from index.training.pairs import letters, measured
from index.training.questions import answered, is_held_out
from index.training.texts import plain, records, titled
from rag.ranking.necessity import TABLE

# A token is counted as if it had also stood so many times in a question, each time with the mean chance.
SMOOTHING = 6
# What was counted less often, or is hardly more or less than the mean, tells nothing.
FEWEST = 4
NEAREST = 0.08
HEAD = "# token of a question\tshare of the answering passages that have it; made by python -m rag.training.necessity"
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """In how many questions each token stands, and in how many of these their passages have it too."""

    asked: Counter[str]
    met: Counter[str]

    @property
    def mean(self) -> float:
        """The chance that any token of a question stands in the passages that answer it; 0 when nothing was counted."""
        return self.met.total() / max(1, self.asked.total())

    def necessities(self) -> dict[str, float]:
        """The smoothed share of every token that is worth a line of the table, in the order of the tokens."""
        mean = self.mean
        shares = {
            token: (self.met[token] + SMOOTHING * mean) / (times + SMOOTHING)
            for token, times in sorted(self.asked.items())
            if times >= FEWEST
        }
        return {token: share for token, share in shares.items() if abs(share - mean) > NEAREST}


def counted(pairs: Iterable[Pair]) -> Counted:
    """Counts pairs of a question and all that answers it, both in plain form; a token counts once a question."""
    asked, met = Counter[str](), Counter[str]()
    for question, passages in pairs:
        tokens = set(analyse(question))
        asked.update(tokens)
        met.update(tokens.intersection(analyse(passages)))
    return Counted(asked, met)


def answered_questions(shared: Path) -> Iterator[Pair]:
    """Questions with the texts that answer them: those of people about laws, encyclopedias and policy, and our own."""
    data = shared / "data"
    forbidden = measured(data, held_out=True)
    for question, passages in _all(shared):
        if letters(question) not in forbidden:
            yield question, passages


def _all(shared: Path) -> Iterator[Pair]:
    data = shared / "data"
    laws = {record["id"]: plain(titled(record)) for record in records(data / "stard" / "corpus.jsonl.gz")}
    for record in records(data / "stard" / "qa.jsonl"):
        if record["split"] == "train" and not is_held_out(record["id"]):
            known = (laws[text_id] for text_id in record["passage_ids"] if text_id in laws)
            yield plain(record["question"]), "\n".join(known)
    articles = {record["id"]: plain(titled(record)) for record in records(data / "cmrc2018" / "passages.jsonl")}
    for record in records(data / "cmrc2018" / "qa.jsonl"):
        if record["split"] == "train" and not is_held_out(record["passage_id"]):
            yield plain(record["question"]), articles[record["passage_id"]]
    yield from answered("law", shared, held_out=True)
    for record in records(data / "train" / "pairs.jsonl.gz"):
        if record["source"] == "security_mrc":
            yield plain(record["a"]), plain(record["b"])


def table(found: Counted) -> str:
    """The text of the table, with one line a token."""
    rows = [f"{token}\t{share:.2f}" for token, share in found.necessities().items()]
    return "".join(f"{line}\n" for line in (HEAD, *rows))


def main() -> None:
    """Counts the data folder and writes the table; prints the mean, which is `USUAL` of rag.ranking.necessity."""
    parser = argparse.ArgumentParser(description="Count the table of necessities.")
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, default=TABLE)
    options = parser.parse_args()
    found = counted(answered_questions(options.shared))
    options.out.write_text(table(found), encoding="utf-8")
    print(f"mean {found.mean:.3f}, {len(found.necessities())} tokens")


if __name__ == "__main__":
    main()
