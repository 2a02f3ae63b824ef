"""Reading comprehension: a question, its answers in one passage, and the words of the passage that prove them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from eval.importers.records import Asked, Imported, Notice, Skipped
from eval.json_lines import shown
from index.sentences import clause_spans, sentence_spans
from index.types import Span

# A quote longer than this proves its answer no better and makes every citation of the passage right.
LONGEST_QUOTE = 160
_AROUND = 20
# An answer by yes or no stands nowhere in the passage, so that containment can ask for little: a word of the right
# side, and for a yes none of the plain denials, which hold 是 and 有 themselves.
YES, NO = ("是", "对"), ("否", "不", "没", "未", "无", "非")
DENIALS = ("不是", "并非", "没有")


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """One annotator's answer and where it starts in the passage; -1 when the set does not say, or it is a yes or no."""

    text: str
    start: int = -1


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question over one passage, as the set has it."""

    where: str
    id: str
    question: str
    answers: Sequence[ReadAnswer]
    impossible: bool
    passage_id: str
    text: str

    def imported(self) -> Iterator[Imported]:
        """The question in our form.

        The answers of all annotators are one group. Each is proved by the sentence it stands in; a yes or no, and an
        answer whose place is not known, by the passage as a whole.
        """
        row: dict[str, Any] = {"id": self.id, "question": self.question, "type": "reading"}
        given = [each for each in self.answers if each.text.strip()]
        said = {each.text.strip().upper() for each in given} & {"YES", "NO"}
        if self.impossible and given:
            yield Skipped(self.where, "标注互相矛盾：既标为不可回答，又给出了答案")
        elif self.impossible:
            yield Asked(self.where, row | {"type": "unanswerable", "unanswerable": True})
        elif not given:
            yield Skipped(self.where, "没有答案，也没有标为不可回答")
        elif len(said) == 2:
            yield Skipped(self.where, "标注互相矛盾：既有 YES 又有 NO")
        else:
            spoken = [each for each in given if each.text.strip().upper() not in said]
            quotes = [self._quote(each) for each in spoken]
            absent = [each.text for each in spoken if each.text not in self.text]
            if absent:
                yield Notice(self.where, f"答案「{shown('」「'.join(absent))}」不在资料原文中")
            texts = [each.text for each in spoken]
            if said:
                row["type"] = "yesno"
                texts = [*(YES if said == {"YES"} else NO), *texts]
                # What an annotator wrote out is right even where it holds a denial.
                row["forbidden"] = [
                    each for each in (DENIALS if said == {"YES"} else ()) if not any(each in text for text in texts)
                ]
            row["answers"] = [list(dict.fromkeys(texts))]
            found = list(dict.fromkeys(quote for quote in quotes if quote))
            row["evidence"] = [{"document": self.passage_id, "quote": quote} for quote in found] or [
                {"document": self.passage_id}
            ]
            yield Asked(self.where, row)

    def _quote(self, answer: ReadAnswer) -> str:
        start = located(self.text, answer)
        return quote_around(self.text, Span(start, start + len(answer.text))) if start >= 0 else ""


def located(text: str, answer: ReadAnswer) -> int:
    """Where the answer stands: at the start it names, else at the copy nearest to it; -1 when that is not known."""
    starts = []
    at = text.find(answer.text)
    while at >= 0:
        starts.append(at)
        at = text.find(answer.text, at + 1)
    if answer.start >= 0 and starts:
        return min(starts, key=lambda each: abs(each - answer.start))
    return starts[0] if len(starts) == 1 else -1


def quote_around(text: str, span: Span) -> str:
    """The sentence that holds the span (the sentences, when it crosses their ends), verbatim.

    Of a sentence that is too long only the clauses are taken, and of a text without marks only the nearest characters.
    """
    found = _covering(sentence_spans(text), span)
    if len(found) > LONGEST_QUOTE:
        found = _covering(clause_spans(text, found.start, found.end), span)
    if len(found) > max(LONGEST_QUOTE, len(span)):
        found = Span(max(found.start, span.start - _AROUND), min(found.end, span.end + _AROUND))
    return text[found.start : found.end]


def _covering(parts: Sequence[Span], span: Span) -> Span:
    over = [part for part in parts if part.start < span.end and span.start < part.end]
    return Span(min(over[0].start, span.start), max(over[-1].end, span.end)) if over else span
