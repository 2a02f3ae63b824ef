"""The span reader on our own questions, their document given: `python -m eval.answers.own_spans QUESTIONS DOCUMENTS`.

QUESTIONS is a set of this laboratory, DOCUMENTS the folder that its evidence names files of. Read is first the paragraph
that holds the evidence, then the whole document.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.answers.spans import Read, summary
from eval.dataset import GoldQuestion, load_dataset
from rag.span.reader import spans

KINDS = ("figure", "date", "who")


@dataclass(frozen=True, slots=True)
class Own:
    """What was read, and the place of the evidence in its passage."""

    read: Read
    start: int
    end: int

    @property
    def in_evidence(self) -> bool:
        """Whether the best span shares a character with the evidence."""
        return any(span.start < self.end and span.end > self.start for span in self.read.found.spans[:1])

    @property
    def holds(self) -> bool:
        """Whether the best span holds an answer."""
        return any(answer in self.read.said for answer in self.read.answers)


def own_reads(questions: Sequence[GoldQuestion], documents: Path, whole: bool) -> Iterator[Own]:
    """The questions of KINDS with one wanted answer, no history, and evidence quoted from a file that is there."""
    for question in questions:
        if question.type not in KINDS or len(question.answers) != 1 or question.history:
            continue
        for evidence in question.evidence[:1]:
            path = documents / evidence.document
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            at = text.find(evidence.quote) if evidence.quote else -1
            if at >= 0:
                low, high = (0, len(text)) if whole else _paragraph(text, at, at + len(evidence.quote))
                passage = text[low:high]
                read = Read(question.answers[0], passage, spans(question.question, [passage])[0])
                yield Own(read, at - low, at - low + len(evidence.quote))


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """The lines around text[start:end]."""
    return text.rfind("\n", 0, start) + 1, text.find("\n", end) if text.find("\n", end) >= 0 else len(text)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints one line of JSON for the paragraphs and one for the documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("documents", type=Path)
    given = parser.parse_args(arguments)
    questions = load_dataset(given.questions)
    for whole in (False, True):
        reads = list(own_reads(questions, given.documents, whole))
        found = summary([own.read for own in reads])
        found["in_evidence"] = sum(own.in_evidence for own in reads) / max(len(reads), 1)
        found["holds"] = sum(own.holds for own in reads) / max(len(reads), 1)
        sys.stdout.write(json.dumps({"passage": "document" if whole else "paragraph", **found}) + "\n")


if __name__ == "__main__":
    main()
