"""The words of `changai eval`: its actions, their options and help, in Chinese."""

from __future__ import annotations

import argparse
from pathlib import Path

FORMATS = ("squad", "beir", "rgb", "passages", "sheet", "feedback")


def add_actions(parser: argparse.ArgumentParser) -> None:
    """Adds the actions of the laboratory to the parser of the command `eval`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="动作")

    def action(name: str, about: str, index: bool = False) -> argparse.ArgumentParser:
        one = actions.add_parser(name, help=about, description=about)
        if index:
            one.add_argument(
                "--index", metavar="目录", help="索引目录（默认取环境变量 CHANGAI_INDEX，否则为 ./.changai）"
            )
        return one

    _run(action("run", "用题库评测；中断后再运行同一条命令会接着跑", index=True))
    _score(action("score", "给任何系统的答案文件评分，不再提问", index=True))
    one = action("compare", "比较两次评测：哪些变好、哪些变差，逐题列出")
    one.add_argument("a", metavar="甲", help="评测目录或 scores.jsonl")
    one.add_argument("b", metavar="乙", help="评测目录或 scores.jsonl")
    one.add_argument("--json", action="store_true", help="输出 JSON")
    one = action("list", "列出做过的评测")
    one.add_argument("folder", nargs="?", default="runs", metavar="目录", help="放评测的目录（默认 runs）")
    one.add_argument("--json", action="store_true", help="输出 JSON")
    _import(action("import", "把别处的题库转成本系统的格式"))
    _gate(action("gate", "与基线比较；主要指标明显下降时以 1 退出", index=True))
    _peers(action("peers", "与 LangChain、LlamaIndex、Haystack、txtai 在同样条件下比较"))
    _calibrate(action("calibrate", "重新拟合拒答的把握程度"))


def _datasets(one: argparse.ArgumentParser) -> None:
    one.add_argument("--dataset", nargs="+", metavar="题库", help="题库文件（默认为自带题库）")
    one.add_argument("--half", choices=["dev", "test"], default="dev", help="自带题库的哪一半（test 只用于报告）")


def _run(one: argparse.ArgumentParser) -> None:
    _datasets(one)
    one.add_argument("--system", choices=["changai", "bm25"], default="changai", help="被评测的系统（默认 changai）")
    one.add_argument("--out", metavar="目录", help="结果放在这个目录（默认 runs/ 下按题库、索引、程序取名）")
    one.add_argument("--fresh", action="store_true", help="不用之前的答案，全部重新提问")
    one.add_argument("--jobs", type=int, default=0, metavar="个数", help="同时提问的进程数（默认等于处理器核数）")
    one.add_argument("--embedder", metavar="模型", help="建索引时用的模型（默认用自带模型）")
    _judge(one)


def _score(one: argparse.ArgumentParser) -> None:
    one.add_argument("answers", metavar="答案文件", help="每行一个 JSON 对象：id、answer、refused、citations……")
    _datasets(one)
    one.add_argument("--out", metavar="目录", help="把评分和报告写到这个目录")
    one.add_argument("--name", default="", metavar="名字", help="被评测系统的名字，写进报告")
    _judge(one)


def _judge(one: argparse.ArgumentParser) -> None:
    one.add_argument("--judge", action="store_true", help="另请已设置的大模型评判答案（只作参考，不算主要指标）")


def _import(one: argparse.ArgumentParser) -> None:
    one.add_argument("format", choices=FORMATS, metavar="格式", help="、".join(FORMATS))
    one.add_argument("path", type=Path, metavar="路径", help="原题库的文件或文件夹")
    one.add_argument("--out", type=Path, required=True, metavar="目录", help="qa.jsonl 和 passages.jsonl 写到这里")
    one.add_argument("--split", metavar="部分", help="只要这一部分（如 dev、test）")
    one.add_argument("--limit", type=int, metavar="题数", help="只要前若干题")
    one.add_argument("--noise-rate", type=float, metavar="比例", help="rgb：每题资料中负例的占比")
    one.add_argument("--passages-per-query", type=int, metavar="段数", help="rgb：每题保留的资料段数")
    one.add_argument("--negatives-only", action="store_true", help="rgb：只留负例，各题都应拒答")
    one.add_argument(
        "--retrieval-only",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="passages：不要答案只测检索，或（--no-）保留答案；默认去掉资料里没有的答案",
    )
    one.add_argument("--self-contained", action="store_true", help="passages：只要标明可独立理解的题")
    one.add_argument("--corpus", type=Path, metavar="文件", help="passages：资料文件（默认与题目在同一文件夹）")
    one.add_argument("--sheet", metavar="表名", help="sheet：XLSX 里的工作表")
    one.add_argument("--overwrite", action="store_true", help="覆盖目录里以前导入的文件")


def _gate(one: argparse.ArgumentParser) -> None:
    one.add_argument("scored", nargs="?", metavar="评测", help="评测目录（默认现在就用自带题库评测 --index 的索引）")
    one.add_argument("--baseline", type=Path, metavar="文件", help="基线文件（默认自带题库 dev 的基线）")
    one.add_argument("--regenerate", action="store_true", help="用这次评测更新基线")


def _peers(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--data", type=Path, required=True, metavar="文件夹", help="CRUD 的文件夹：qa_dev.jsonl 和 passages.jsonl(.gz)"
    )
    one.add_argument("--out", type=Path, default=Path("runs/peers"), metavar="目录", help="结果放在这个目录")
    one.add_argument("--quick", action="store_true", help="小样本，只跑一遍，用来试通")


def _calibrate(one: argparse.ArgumentParser) -> None:
    for option, text in (
        ("--pair", "校准用：索引目录和题库文件，阈值由这些题来定，可多次"),
        ("--near", "同上，但是专出近似而答不了的题，只用来学，不用来定阈值"),
        ("--given", "索引目录和题目文件：每题只问自己的那份资料，可多次"),
        ("--held-out", "索引目录和题目文件：有原文和去掉原文各问一次，可多次"),
    ):
        one.add_argument(option, nargs=2, action="append", metavar=("索引", "题库"), help=text)
    text = "rag.training.train_chooser --folds 留下的各折选句模型：自有题库的题由没学过它们的模型来选句"
    one.add_argument("--choosers", type=Path, metavar="目录", help=text)
    one.add_argument("--out", metavar="目录", help="结果写到这个目录（默认写进程序，替换自带的）")
