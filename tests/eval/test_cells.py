"""Tables judged cell by cell, on cases worked by hand."""

from eval.cells import Cells, judge_table

GOLD = [[["常州市", "常州"], ["13个", "13家"]], [["白银市"], ["6个"]]]


def table(*rows: tuple[str, ...], columns: tuple[str, ...] = ("地区", "状态", "原文依据")) -> dict[str, object]:
    return {"columns": list(columns), "rows": [list(row) for row in rows]}


def test_a_complete_table_has_every_cell_right() -> None:
    given = table(("常州市", "有依据", "建有产业学院13个【1】"), ("甘肃省白银市", "有依据", "技能大师工作室6个【2】"))
    assert judge_table(given, GOLD) == Cells(4, 4, 4, 4)


def test_a_missing_row_costs_recall_and_a_foreign_row_costs_precision() -> None:
    given = table(("常州市", "有依据", "13个"), ("苏州市", "有依据", "7个"))
    assert judge_table(given, GOLD) == Cells(4, 2, 4, 2)


def test_a_wrong_figure_costs_its_cell_in_both() -> None:
    given = table(("常州市", "有依据", "113个"), ("白银市", "有依据", "6个"))
    assert judge_table(given, GOLD) == Cells(4, 3, 4, 3)


def test_a_plan_is_no_claim() -> None:
    given = table(("常州市", "计划或要求", "13个"), ("白银市", "不确定", "6个"), ("苏州市", "计划或要求", "7个"))
    assert judge_table(given, GOLD) == Cells(0, 0, 4, 0)


def test_a_second_row_of_a_place_may_bring_its_value_and_costs_nothing() -> None:
    given = table(("常州市", "有依据", "成立了产业学院"), ("常州市", "有依据", "共13家"))
    assert judge_table(given, GOLD) == Cells(2, 2, 4, 2)


def test_a_row_that_brings_nothing_costs_a_cell_so_that_a_list_of_every_number_is_no_perfect_table() -> None:
    every = [("常州市", "有依据", f"{number}个") for number in range(1, 101)]
    assert judge_table(table(*every), GOLD) == Cells(2 + 98, 2, 4, 2)


def test_a_cell_that_holds_a_whole_document_holds_no_value() -> None:
    assert judge_table(table(("常州市", "有依据", "字" * 255 + "13个")), GOLD) == Cells(2, 1, 4, 1)


def test_a_name_is_not_met_by_its_tail() -> None:
    assert judge_table(table(("市", "有依据", "13个")), GOLD).right == 0
    assert judge_table(table(("常州", "有依据", "13个")), GOLD).right == 2


def test_rows_of_names_alone() -> None:
    names = [[["常州市"]], [["白银市"]]]
    given = table(("常州市",), ("无锡市",), columns=("地区",))
    assert judge_table(given, names) == Cells(2, 1, 2, 1)


def test_no_table_finds_nothing_and_no_gold_counts_nothing() -> None:
    assert judge_table(None, GOLD) == Cells(0, 0, 4, 0)
    assert judge_table(table(("常州市", "有依据", "13个")), []) == Cells()
