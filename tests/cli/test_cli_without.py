"""The filters of a question on the command line."""

import json
from pathlib import Path

from tests.cli.told import Command

ASKED = "白银市2021年有多少个院士专家工作站？"


def test_filters_are_printed_and_can_be_left_out(changai: Command, sample_index: Path) -> None:
    told = json.loads(changai("ask", "--json", ASKED, "--index", sample_index).out)
    assert {"kind": "year", "value": "2021"} in told["filters"]
    less = json.loads(
        changai("ask", "--json", ASKED, "--without", "年份", "--without", "地区", "--index", sample_index).out
    )
    assert [each["kind"] for each in less["filters"]] == ["measure"]


def test_a_terminal_is_told_what_was_mended_and_left_out(changai: Command, sample_index: Path) -> None:
    told = changai("ask", "白银市2021年有多少个院士专家工坐站？", "--without", "2021", "--index", sample_index)
    assert told.out.startswith("已按“院士专家工作站”查找。\n已不限：2021。\n")
