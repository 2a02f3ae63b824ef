"""A language model as a second reader of answers: an option, reported beside the measures, never among the headlines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.measures.measure import Measure, Reading
from eval.normal import without_markers
from eval.result import Result
from index.errors import LanguageModelError, SettingsError
from prompts.loader import load_prompt

if TYPE_CHECKING:
    from rag.llm_settings import LanguageModelSettings

AT_ONCE = 4
RIGHT, WRONG = "对", "错"
# A document or an answer may hold the tags that fence it; in this form they fence nothing.
_FENCE = str.maketrans({"<": "＜", ">": "＞"})


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The verdict of a model on each answer that it could judge, by question id, and what kept it from the others."""

    model: str
    right: dict[str, bool]
    problems: tuple[str, ...] = ()

    @property
    def measure(self) -> Measure:
        """The share of answerable questions whose answer the model calls right; refusals and errors count as wrong."""
        return Measure(
            "judged",
            "大模型判对",
            "参考",
            f"大模型 {self.model} 判为说对说全的占比，拒答算错，只供参考：模型的判断没有经过核对。",
            self._read,
        )

    def _read(self, result: Result) -> Reading | None:
        if not result.question.answerable:
            return None
        if not result.score.answered:
            return 0.0, 1.0
        verdict = self.right.get(result.question.id)
        return None if verdict is None else (float(verdict), 1.0)


def judge_answers(
    results: Iterable[Result], settings: LanguageModelSettings | None, progress: Callable[[int, int, int], None]
) -> Verdicts:
    """The verdicts on all answers to answerable questions; an answer that could not be judged is left out and told.

    Raises SettingsError when no model is set. One answer whose judging fails never ends the others.
    """
    if settings is None:
        raise SettingsError("没有设置大模型，不能用 --judge；请设置 CHANGAI_LLM_BASE_URL 和 CHANGAI_LLM_MODEL。")
    asked = [each for each in results if each.score.answered and each.question.answerable]
    right: dict[str, bool] = {}
    problems: list[str] = []
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for done, (result, verdict) in enumerate(
            zip(asked, threads.map(lambda each: _verdict(each, settings), asked), strict=True), start=1
        ):
            if isinstance(verdict, bool):
                right[result.question.id] = verdict
            else:
                problems.append(f"{result.question.id}：{verdict}")
            progress(done, len(asked), 0)
    return Verdicts(settings.model, right, tuple(problems))


def _verdict(result: Result, settings: LanguageModelSettings) -> bool | str:
    """Whether the answer is right, or in Chinese why there is no verdict."""
    from rag.generate import whole_reply

    answer = result.reply.answer or {}
    question = load_prompt(
        "judge",
        question=result.question.question.translate(_FENCE),
        gold="；".join("/".join(group) for group in result.question.answers).translate(_FENCE),
        answer=without_markers(answer["answer"]).translate(_FENCE),
    )
    try:
        told = whole_reply(load_prompt("judge_rules"), question, settings)
    except LanguageModelError as error:
        return str(error)
    head = told.strip("。.！! \n「」")[:1]
    if head not in {RIGHT, WRONG}:
        return f"大模型没有按要求回答「对」或「错」（{told[:20] or '空'}）。"
    return head == RIGHT
