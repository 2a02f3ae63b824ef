"""A thing that stands in a run only as part of a longer name is not counted there."""

import pytest

from rag.longer_names import longer_name_cost
from rag.question import understand


@pytest.mark.parametrize(
    ("question", "run", "costs"),
    [
        ("泸州有多少创新工作室？", "成立创新工作室联盟6个", True),
        ("泸州有多少创新工作室？", "建成创新工作室88个，成立创新工作室联盟6个", False),
        ("泸州有多少创新工作室联盟？", "成立创新工作室联盟6个", False),
        ("泸州有多少工匠学院？", "工匠学院的负责人有50人", True),
        ("泸州有多少工匠学院？", "成立了工匠学院协会", False),
        ("夜校每年招收多少学员？", "每年招收学员260人", False),
        ("泸州的创新工作室怎么办？", "成立创新工作室联盟6个", False),
    ],
)
def test_a_longer_name_costs(question: str, run: str, costs: bool) -> None:
    assert (longer_name_cost(understand(question), run) > 0) == costs
