"""The words of the command line: commands, options and their help, in Chinese."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

Run = Callable[[argparse.Namespace], int | None]


def command_line(runs: Mapping[str, Run]) -> argparse.ArgumentParser:
    """The parser; options follow the command word, every command takes --index, and `run` is the function of its name."""
    whole = argparse.ArgumentParser(
        prog="changai", description="产改问答：依据资料库回答产业工人队伍建设改革的问题，逐句附原文。"
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="命令")

    def command(name: str, help_text: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=help_text, description=help_text)
        one.add_argument("--index", metavar="目录", help="索引目录（默认取环境变量 CHANGAI_INDEX，否则为 ./.changai）")
        one.set_defaults(run=runs[name])
        return one

    for name, help_text in (
        ("build", "用这些文件夹、文件或 .jsonl 语料建立索引，替换原有索引"),
        ("add", "把这些资料并入索引，同一来源的旧资料被替换"),
    ):
        one = command(name, help_text)
        one.add_argument("paths", nargs="+", metavar="路径")
        one.add_argument("--embedder", metavar="模型", help="任一 sentence-transformers 模型名或目录（默认用自带模型）")
    command("remove", "从索引中删除资料").add_argument("names", nargs="+", metavar="编号、路径、文件名或标题")
    command("list", "列出索引里的资料").add_argument("--json", action="store_true", help="输出 JSON")
    one = command("search", "查找段落，不作回答")
    one.add_argument("query", nargs="?", metavar="词")
    one.add_argument("--top", type=positive, default=10, metavar="篇数")
    batch_options(one)
    one = command("ask", "提问，得到附原文的回答")
    one.add_argument("question", nargs="?", metavar="问题")
    one.add_argument("--history", metavar="文件", help="之前的对话（JSON 列表）")
    one.add_argument("--place", metavar="地区", help="只看这个地区的资料")
    batch_options(one)
    one = command("matrix", "哪个地区有哪项举措，每格附原文")
    one.add_argument("--place", metavar="地区")
    one.add_argument("--measure", metavar="举措")
    one.add_argument("--json", action="store_true", help="输出 JSON")
    one = command("serve", "打开问答网页")
    one.add_argument("--host", default="127.0.0.1", metavar="地址")
    one.add_argument("--port", type=int, default=7860, metavar="端口")
    command("doctor", "检查索引、模型和设置是否正常")
    one = command("eval", "用题库评测")
    one.add_argument("action", choices=["run"], help="run：运行评测")
    one.add_argument("--dataset", nargs="+", metavar="题库", help="题库文件（默认为自带题库）")
    one.add_argument("--half", choices=["dev", "test"], default="dev", help="自带题库的哪一半（test 只用于报告）")
    one.add_argument("--out", metavar="目录", help="把逐题结果写到这个目录")
    return whole


def batch_options(one: argparse.ArgumentParser) -> None:
    """The options of commands that can run a file of questions."""
    one.add_argument("--json", action="store_true", help="输出 JSON")
    one.add_argument("--batch", metavar="文件", help="批量：每行一个 JSON 对象，有 id 和 question")


def positive(text: str) -> int:
    """A whole number above zero, for argparse."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"应为正整数，得到 {text}")
    return number
