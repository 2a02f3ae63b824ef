"""Dates as Chinese pages write them, to ISO."""

from __future__ import annotations

import re
from datetime import date

DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?:[-/.．—]|年)\s*(1[0-2]|0?[1-9])\s*(?:[-/.．—]|月)\s*(3[01]|[12]\d|0?[1-9])(?!\d)\s*日?"
)
COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")


def iso_date(text: str) -> str | None:
    """The first real date in `text` as YYYY-MM-DD (2021-10-22 10:17, 2021年10月22日, 20211022), or None."""
    for pattern in (DATE, COMPACT):
        for found in pattern.finditer(text):
            year, month, day = (int(part) for part in found.groups())
            try:
                return date(year, month, day).isoformat()
            except ValueError:
                continue
    return None
