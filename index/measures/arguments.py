"""The options of `changai matrix`."""

from __future__ import annotations

import argparse

from index.measures.export import LEVEL_NAMES, STATE_NAMES
from index.measures.taxonomy import ASPECTS

ACTIONS = ("check", "confirm", "reject", "amend", "corrections")


def add_matrix_options(one: argparse.ArgumentParser) -> None:
    """The options of `changai matrix`."""
    one.add_argument("action", nargs="?", choices=ACTIONS, metavar="check|confirm|reject|amend|corrections")
    one.add_argument("file", nargs="?", metavar="文件", help="check 要检查的举措表（默认为正在使用的一份）")
    one.add_argument("--place", metavar="地区", help="只看这个地区和它下面的地区")
    one.add_argument("--measure", metavar="举措")
    one.add_argument("--aspect", choices=ASPECTS, metavar="方面", help="、".join(ASPECTS))
    one.add_argument("--since", metavar="年", help="只看这一年以来的")
    one.add_argument("--until", metavar="年", help="只看到这一年为止的")
    one.add_argument("--level", choices=sorted(LEVEL_NAMES), metavar="层级", help="、".join(sorted(LEVEL_NAMES)))
    one.add_argument("--state", choices=sorted(STATE_NAMES), metavar="状态", help="adopted 有证据，uncertain 不确定")
    one.add_argument(
        "--measures", metavar="文件", help="本单位的举措表（默认取环境变量 CHANGAI_MEASURES，否则用自带的）"
    )
    one.add_argument("--json", action="store_true", help="输出 JSON")
    one.add_argument("--csv", metavar="文件", help="把表写成 CSV 文件")
    one.add_argument("--xlsx", metavar="文件", help="把表和证据写成 XLSX 文件")
    one.add_argument("--reason", metavar="理由", help="confirm、reject、amend 的理由")
    one.add_argument("--figure", metavar="数字", help="amend：应是这个数字")
    one.add_argument("--unit", metavar="单位", help="amend：应是这个单位")
    one.add_argument("--year", metavar="年份", help="amend：应是这一年")
    one.add_argument("--export", metavar="文件", help="corrections：写成题库（qa.jsonl）")
