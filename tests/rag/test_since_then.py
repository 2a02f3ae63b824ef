"""What came after a deed does not date it."""

import pytest

from rag.question import understand
from rag.since_then import dates_what_came_after


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
