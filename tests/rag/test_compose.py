"""Endings, openings and lonely quotation marks of a verbatim piece."""

import pytest

from rag.compose import tidy


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("认定865人；", "认定865人。"),
        ("，建成24个工作站，", "建成24个工作站。"),
        ("推行“星级员工", "推行星级员工。"),
        ("推行“星级员工”，", "推行“星级员工”。"),
        ("还有工匠学院5家；", "工匠学院5家。"),
        ("其中5家为市级，", "其中5家为市级。"),
        ("效果如何？", "效果如何？"),
        ("发布实施意见》", "发布实施意见。"),
    ],
)
def test_tidy(words: str, expected: str) -> None:
    assert tidy(words) == expected
