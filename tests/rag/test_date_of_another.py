"""What came after a deed does not date it."""

import pytest

from rag.date_of_another import dates_another_paper, dates_what_came_after
from rag.question import understand


@pytest.mark.parametrize(
    ("text", "told", "after"),
    [
        ("实施办法是哪年出台的？", "办法出台一年后，协调小组于2018年4月2日开会。", True),
        ("学堂什么时候成立的？", "学堂成立以来，2021年培训了300人。", True),
        ("学堂什么时候成立的？", "学堂成立5周年之际，2021年办了展览。", True),
        ("实施办法是哪年出台的？", "2017年4月出台的办法定了25条，出台两年后修订。", False),
        ("实施办法是哪年出台的？", "办法于2017年4月印发。", False),
        ("学堂什么时候成立的？", "学堂成立于2016年。", False),
        ("学堂成立后培训了多少人？", "学堂成立以来，培训了300人。", False),
    ],
)
def test_a_date_behind_a_deed_is_not_its_own(text: str, told: str, after: bool) -> None:
    assert dates_what_came_after(understand(text), told) is after


@pytest.mark.parametrize(
    ("text", "told", "another"),
    [
        ("学徒制方案什么时候印发的？", "《学徒制方案》的配套是《关于学徒津贴的意见》，2018年3月由两部门印发。", True),
        ("学徒制方案什么时候印发的？", "《学徒制方案》2017年4月印发，配套的《津贴意见》2018年印发。", False),
        ("学徒津贴意见是哪年出的？", "《学徒制方案》的配套是《关于学徒津贴的意见》，2018年3月由两部门印发。", False),
        ("学徒制方案什么时候印发的？", "2017年4月，两部门印发文件。", False),
        ("学徒制方案定了几条？", "《关于学徒津贴的意见》2018年印发。", False),
    ],
)
def test_the_date_of_another_paper_is_not_the_one_asked_for(text: str, told: str, another: bool) -> None:
    assert dates_another_paper(understand(text), told) is another
