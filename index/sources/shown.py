"""The value of a spreadsheet cell as a reader sees it: 15% and not 0.15, 2021-10-22 and not a serial number."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

# The parts of a number format: quoted text, an escaped character, a condition or colour, a gap or filler, anything else.
TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].|([0#?.,]+)|(.)', re.DOTALL)
PLAIN_MOST = 1e15
LONGEST = 400
PRECISION = 5_000


def shown(value: object, form: str) -> str:
    """The text that a cell of this value and number format shows, without colours and fills."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        with localcontext(prec=PRECISION):
            return _number(value, form)
    if isinstance(value, dt.datetime):
        return _date(value, form) if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, dt.date):
        return _date(value, form)
    if isinstance(value, dt.time):
        return value.isoformat("seconds" if value.second else "minutes")
    return "" if value is None else str(value)


def _date(day: dt.date, form: str) -> str:
    """ISO, or no more than the format shows where it leaves the day or the month out."""
    letters = re.sub(r'"[^"]*"|\[[^\]]*\]', "", form[:LONGEST]).lower()
    if "y" in letters and "d" not in letters:
        return f"{day.year}年{day.month}月" if "m" in letters else f"{day.year}年"
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def _number(value: float, form: str) -> str:
    before, after, decimals, grouped, percent = _format(form[:LONGEST])
    if isinstance(value, float) and (not math.isfinite(value) or abs(value) >= PLAIN_MOST):
        return f"{before}{value!r}{after}"
    # By way of the shortest decimal, 0.155 is not a little less than 0.155 when it is rounded as a sheet rounds it.
    exact = Decimal(str(value)) * (100 if percent else 1)
    if decimals is None:
        exact = round(exact, 12) if abs(exact) >= Decimal("1e-6") else exact
    else:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    # A sheet that shows 3.00 has a 3 in it, and one that shows 15.50 a 15.50.
    if exact == exact.to_integral_value():
        exact = exact.quantize(Decimal(1))
    elif decimals is None:
        exact = exact.normalize()
    figure = f"{exact:,f}" if grouped else f"{exact:f}"
    return f"{before}{figure.removeprefix('-') if not exact else figure}{'%' if percent else ''}{after}"


@lru_cache(maxsize=512)
def _format(form: str) -> tuple[str, str, int | None, bool, bool]:
    """Text before and after the figure, decimals (None: as many as there are), grouping, percent."""
    if form in {"General", "@", ""}:
        return "", "", None, False, False
    before, after, figure = "", "", ""
    percent = False
    for quoted, escaped, digits, other in TOKEN.findall(_first_section(form)):
        if digits and not figure:
            figure = digits
        elif other == "%":
            percent = True
        elif text := quoted or escaped or (other if other in "￥¥$（）()+" else ""):
            before, after = (before, after + text) if figure else (before + text, after)
    if not figure or "?" in figure:
        return before, after, None, False, percent
    whole, dot, rest = figure.partition(".")
    return before, after, min(len(rest.strip(",")), 12) if dot else 0, "," in whole.rstrip(","), percent


def _first_section(form: str) -> str:
    """The part of a format for positive numbers: up to the first semicolon outside quotes."""
    quoted = False
    for at, character in enumerate(form):
        if character == '"':
            quoted = not quoted
        elif character == ";" and not quoted:
            return form[:at]
    return form
