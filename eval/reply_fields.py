"""What each field of an answer must be, whoever wrote it: the checks of an answers file, with their words for people."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Any

# No measure reckons with more; a whole number of JSON may have any number of digits.
LARGEST = 1e15
# A field's name, what it should be (Chinese), and whether a value is that.
Field = tuple[str, str, Callable[[Any], bool]]


def is_offset(value: Any) -> bool:
    """Whether it is a place in a text: a whole number from 0."""
    return type(value) is int and value >= 0


def is_number(value: Any) -> bool:
    """Whether it is a number that can be reckoned with; JSON as Python reads it also has NaN and infinity."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return -LARGEST < value < LARGEST and isfinite(value)


def is_mark(value: Any) -> bool:
    """Whether it is a span as JSON has it: two places in a text, the first not behind the second."""
    return isinstance(value, list) and len(value) == 2 and all(map(is_offset, value)) and value[0] <= value[1]


def is_context(value: Any) -> bool:
    """Whether it is a list of texts with their offsets."""
    return isinstance(value, list) and all(
        isinstance(each, dict)
        and isinstance(each.get("text"), str)
        and is_offset(each.get("start"))
        and is_offset(each.get("end"))
        for each in value
    )


def is_table(value: Any) -> bool:
    """Whether it is a table: names of columns, and rows of text."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("columns"), list)
        and isinstance(value.get("rows"), list)
        and all(map(is_text, value["columns"]))
        and all(isinstance(row, list) and all(map(is_text, row)) for row in value["rows"])
    )


def or_none(holds: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """The same, or nothing."""
    return lambda value: value is None or holds(value)


def is_text(value: Any) -> bool:
    """Whether it is text."""
    return isinstance(value, str)


ANSWER_FIELDS: tuple[Field, ...] = (
    ("answer", "文字", is_text),
    ("refused", " true 或 false", lambda value: isinstance(value, bool)),
    ("reason", "文字", or_none(is_text)),
    ("confidence", " 0 到 1 的数字", or_none(lambda value: is_number(value) and 0 <= value <= 1)),
    ("table", "含 columns 和 rows（行的列表）的对象", or_none(is_table)),
    ("citations", "列表", lambda value: isinstance(value, list | tuple)),
)
CITATION_FIELDS: tuple[Field, ...] = (
    ("number", "从 1 起的整数", lambda value: is_offset(value) and value > 0),
    ("quote", "文字", is_text),
    ("document_id", "资料的编号、记录号或文件名", is_text),
    ("start", "整数", or_none(lambda value: type(value) is int)),
    ("end", "整数", or_none(lambda value: type(value) is int)),
    ("marks", "[起, 止] 的列表", or_none(lambda value: isinstance(value, list) and all(map(is_mark, value)))),
    ("title", "文字", or_none(is_text)),
    ("source", "文字", or_none(is_text)),
    ("published", "文字", or_none(is_text)),
    ("file", "文字", or_none(is_text)),
    ("context", "含 text、start、end 的对象的列表", is_context),
)
