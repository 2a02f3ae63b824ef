"""An answer while it is written: every sentence is verified as it comes, and what fails stays out of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rag.cite import Numbering
from rag.dating import YEAR_SAID, as_of, own_date, source_date, with_note
from rag.extract import Extract
from rag.glossary import glosses
from rag.types import Answer, Evidence, Passage, Question, Reason, Removed, Sentence, Table
from rag.usage import Usage
from rag.verify import of_its_places, verify_sentence

QUALITY_NOTICE = {
    "spun": "来源疑似经机器改写，质量较低，请以正式文件为准",
    "truncated": "来源不完整，文末被截断",
    "duplicate": "来源与库中另一份资料重复",
    "holes": "来源有些句子被删去了数字或名称，所引句子完整",
}


@dataclass
class Draft:
    """Sentences that passed, those that did not, and the citations numbered by first use."""

    passages: list[Passage] = field(default_factory=list)
    confidence: float = 0.0
    reason: Reason | None = None
    notice: str = ""
    model_failed: bool = False
    raw_text: str = ""
    removed: list[Removed] = field(default_factory=list)
    usage: Usage | None = None
    streamed: bool = False
    table: Table | None = None
    lead: str = ""
    shown: int | None = None
    of_today: bool = False
    sentences: list[Sentence] = field(default_factory=list)
    written: list[tuple[str, tuple[Evidence, ...]]] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)
    extracts: list[Extract] = field(default_factory=list)

    def write(self, text: str, evidence: Sequence[Evidence], wholly: bool = False) -> str | None:
        """Verifies a sentence and keeps it with its citation marks; None when it is not supported.

        With `wholly`, a sentence that is supported in part only does not pass either: a model may have dropped a
        condition or told a plan as a fact. The words stay in `raw_text` either way, so that a person can see them.
        """
        self.raw_text += text
        evidence = of_its_places(text, evidence)
        verification = verify_sentence(text, evidence)
        verdict = verification.verdict
        if verdict == "unsupported" or (wholly and verdict == "partly"):
            self.removed.append(Removed(text, verification.problems))
            return None
        numbers = tuple(dict.fromkeys(self.numbering.number(each, verdict) for each in evidence))
        self.sentences.append(Sentence(text, numbers, verdict))
        self.written.append((text, tuple(evidence)))
        return marked(self.sentences[-1])

    def drop_sentences(self) -> None:
        """Takes every sentence and citation back, for a refusal."""
        self.sentences.clear()
        self.written.clear()
        self.numbering = Numbering()

    def lines(self) -> list[str]:
        """What is shown, a line a sentence, each with its citation marks."""
        lead = [self.lead] if self.lead else []
        return [*lead, *(marked(each) for each in self._dated()[: self.shown])]

    def _dated(self) -> list[Sentence]:
        """The sentences as they are shown: what its own words date says so, else the first of each document says its date.

        A table has a column for it, and a model's sentences have gone out by now.
        """
        if self.table is not None or self.streamed:
            return self.sentences
        known: set[str] = set()
        shown = []
        for each, (text, evidence) in zip(self.sentences, self.written, strict=True):
            document, dated = evidence[0].document, bool(YEAR_SAID.search(text))
            note = "" if dated else own_date(evidence[0])
            if not note and document.id not in known and (self.of_today or not dated):
                note = source_date(document)
            shown.append(replace(each, text=with_note(text, note)) if note else each)
            known.add(document.id)
        return shown

    def answer(self, question: Question, timings: dict[str, float]) -> Answer:
        """The finished answer."""
        return Answer(
            question=question,
            text="".join(self.lines()),
            refused=False,
            reason=None,
            confidence=self.confidence,
            raw_text=self.raw_text,
            sentences=tuple(self.sentences),
            citations=tuple(self.numbering.citations),
            unanswered=tuple(self.unanswered),
            table=self.table,
            notice=self._notice(),
            model_failed=self.model_failed,
            removed=tuple(self.removed),
            usage=self.usage,
            glossary=glosses(question, " ".join(each.text for each in self.sentences)),
            timings_ms=timings,
        )

    def _notice(self) -> str:
        """One line for the person: what went wrong on the way, and which citations are of low quality."""
        warnings = [self.notice] if self.notice else []
        if self.streamed and self.removed:
            warnings.append(f"大模型另有 {len(self.removed)} 句话没有通过原文核对，已删去。")
        if self.of_today and self.written:
            warnings.append(as_of(self.written[0][1][0].document))
        for code, words in QUALITY_NOTICE.items():
            numbers = [f"【{each.number}】" for each in self.numbering.citations if code in each.quality]
            if numbers:
                warnings.append(f"{''.join(numbers)}{words}。")
        return "".join(warnings)


def marked(sentence: Sentence) -> str:
    """A sentence with its citation marks before the full stop's end (「…865人。【1】」)."""
    return sentence.text + "".join(f"【{number}】" for number in sentence.numbers)
