"""Which rows of a table are its header, told by how names differ from values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.sources.grid import SPANNED, filled, is_section

LABEL_MOST = 24
PREAMBLE_MOST = 6
SAMPLE = 30
NUMERIC = re.compile(r"[-+±约近超]?[\d,，.]{1,30}\s{0,3}[%％‰]?[^\d\s。；]{0,4}")
YEAR = re.compile(r"(?:19|20)\d{2}(?:年度?|年?[第Qq]?[一二三四1-4]季度|年?\d{1,2}月)?")
SENTENCE = re.compile(r"[。！？；!?;]")
HEADER_WORD = re.compile(
    r"(?:序号|编号|名称|姓名|城市|地区|区县|省份|单位|部门|企业|类[别型]|项目|内容|任务|措施|举措|做法|成[效果]|目标|指标|备注|说明|时间|"
    r"日期|年[份度]|等级|标准|工种|职业|金额|经费|[数率额量比]|情况|人员|地[点址]|来源|要求|占比|状态)(?:[（(].{0,12}[）)])?$"
)
FORM_LABEL = re.compile(
    r".{1,16}[：:]|姓名|性别|民族|籍贯|年龄|出生(?:年月|日期)|学历|文化程度|职[务称业]|工种|岗位|(?:联系)?电话|联系(?:人|方式)|邮箱|地址|"
    r"政治面貌|(?:工作|所在|申报|推荐)?单位(?:名称)?|(?:企业|项目|机构|学院)名称|部门|(?:成立|参加工作|申报|填表)时间|法定代表人|负责人|"
    r"技能等级|职业资格|主要事迹|(?:单位|部门|审核|推荐)意见|经营范围|职工(?:人数|总数)|发文字号|文号|主题词?|索引号|发布(?:机构|日期)|成文日期"
)


def _is_label(cell: str) -> bool:
    if len(cell) > LABEL_MOST or SENTENCE.search(cell) or "：" in cell[:-1]:
        return False
    return YEAR.fullmatch(cell) is not None or NUMERIC.fullmatch(cell) is None


def is_head(row: Sequence[str]) -> bool:
    """Whether every cell could be a column's name; the first may be empty, and one in four of the others."""
    names = filled(row)
    named = [cell for cell in names if cell]
    empty = sum(not cell for cell in names[1:])
    return len(set(named)) >= 2 - (not names[0]) and empty * 4 <= len(names) and all(map(_is_label, named))


def header_start(body: Sequence[Sequence[str]]) -> int:
    """Where the header of a table begins: below lines such as 填报单位 and 日期, which fill fewer cells; else 0."""
    fullest = 0
    for at, row in enumerate(body[:PREAMBLE_MOST]):
        cells = sum(cell not in {"", SPANNED} for cell in row)
        if at + 1 < len(body) and cells > fullest and header_depth(body[at:]):
            return at
        fullest = max(fullest, cells)
    return 0


def could_be_header(body: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names columns, its wording alone considered, and the rows are no form."""
    return len(body) > 1 and len(body[0]) > 1 and is_head(body[0]) and not is_form(body)


def header_depth(body: Sequence[Sequence[str]], *, sure: bool = False) -> int:
    """How many rows from the top are header: 0, 1 or 2."""
    first, second = body[0], body[1]
    # Merged cells above finer names, whether the merge is marked or its value repeated; what is not merged sideways is
    # merged downwards or empty below, or else the second row is a record.
    names = filled(first)
    grouped = {name for name, following in pairwise(names) if name == following != ""}
    double = (
        len(body) > 2
        and bool(grouped)
        and is_head(second)
        and all(name in grouped or below in {"", name} for name, below in zip(names, second, strict=True))
    )
    depth = 2 if double else 1
    return depth if sure or (is_head(first) and _has_evidence(first, body[depth : depth + SAMPLE])) else 0


def _has_evidence(first: Sequence[str], sample: Sequence[Sequence[str]]) -> bool:
    """Whether the rows below differ from the first row as values differ from names."""
    names = filled(first)
    if sum(HEADER_WORD.search(name) is not None for name in names) * 2 >= len(names):
        return True
    for at, name in enumerate(names):
        values = [row[at] for row in sample if row[at] and row[at] != SPANNED]
        figures = sum(NUMERIC.fullmatch(value) is not None for value in values)
        if values and name and _is_label(name) and figures * 10 >= len(values) * 6:
            return True
    if len(names) < 3:
        return False
    lengths = [len(cell) for row in sample for cell in row if cell and cell != SPANNED]
    own = sum(map(len, names)) / len(names)
    return len(sample) >= 2 or sum(lengths) > 1.5 * own * len(lengths)


def is_form(body: Sequence[Sequence[str]]) -> bool:
    """Whether names and values alternate along each row, as in 姓名 | 张三 | 性别 | 男."""
    rows = [[cell for cell in row if cell != SPANNED] for row in body[:SAMPLE] if not is_section(row)]
    labels = [cell for row in rows for cell in row[::2]]
    values = [cell for row in rows for cell in row[1::2] if cell]
    if not all(len(row) % 2 == 0 and all(map(_is_label, filter(None, row[::2]))) for row in rows) or not values:
        return False
    if any(NUMERIC.fullmatch(label) for label in labels):
        return False
    if all(len(row) == 2 for row in rows) and len(set(labels)) == len(labels) and NUMERIC.fullmatch(rows[0][1]):
        return True
    known = sum(FORM_LABEL.fullmatch(label) is not None for label in labels)
    return known * 2 > len(labels) and not any(FORM_LABEL.fullmatch(value) for value in rows[0][1::2])
