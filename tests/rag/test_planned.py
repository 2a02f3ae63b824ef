"""Words that make a plan of what follows."""

import pytest

from index.library import Library
from rag.chain import make_chain
from rag.planned import is_planned


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("海南省计划命名工作室35家。", True),
        ("力争三年办到。", True),
        ("目标是300家。", True),
        ("拟培养技师100名。", True),
        ("甲市2017年提出，用3年左右评选工匠90名。", True),
        ("定下目标：新增技师100名。", True),
        ("建成工作室35家。", False),
        ("近10年将近100人。", False),
        ("这项目标按总量计算。", False),
        ("规划的数字有三个。", False),
    ],
)
def test_words_of_planning(text: str, planned: bool) -> None:
    assert is_planned(text) is planned


def test_a_clause_is_not_cut_from_the_plan_that_governs_it(sample_library: Library) -> None:
    answer = make_chain(sample_library).invoke({"question": "海南命名了多少家劳模工匠创新工作室？"})
    assert "35家" in answer.text
    assert "计划" in answer.text


def test_a_planned_figure_is_not_compared_with_one_that_stands(sample_library: Library) -> None:
    answer = make_chain(sample_library).invoke({"question": "北京和上海谁的工匠学院多？"})
    assert "相差" not in answer.text
