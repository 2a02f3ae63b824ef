"""A prompt is filled whole or not at all."""

import pytest

from prompts.loader import PromptError, load_prompt
from prompts.phrases import NOT_IN_EVIDENCE


def test_every_placeholder_is_filled_once() -> None:
    prompt = load_prompt("question", evidence="资料正文", question="几所学校？")
    assert "资料正文" in prompt
    assert prompt.endswith("问题：几所学校？")
    assert "{" not in prompt


def test_the_rules_name_the_refusal_phrase_to_the_letter() -> None:
    assert NOT_IN_EVIDENCE in load_prompt("rules", refusal=NOT_IN_EVIDENCE)


def test_a_value_that_looks_like_a_placeholder_stays_text() -> None:
    prompt = load_prompt("question", evidence="正文里写着{question}和{rules}", question="问句")
    assert "正文里写着{question}和{rules}" in prompt


def test_a_missing_value_is_refused() -> None:
    with pytest.raises(PromptError, match="缺少占位符的值：question"):
        load_prompt("question", evidence="资料")


def test_an_unused_value_is_refused() -> None:
    with pytest.raises(PromptError, match="没有占位符：tone"):
        load_prompt("rules", refusal=NOT_IN_EVIDENCE, tone="亲切")


@pytest.mark.parametrize("name", ["absent", "../README", "rules.txt", ""])
def test_an_unknown_prompt_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(PromptError, match="现有：judge、judge_rules、question、rules"):
        load_prompt(name)
