"""The words of the command line: commands, options and their help, in Chinese."""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Mapping
from typing import NoReturn

PROGRESS_EVERY_S = 0.5
# A rate means something only after a while.
PACE_AFTER_S = 1.0
Run = Callable[[argparse.Namespace], int | None]
# What argparse says in English, and what a person reads instead; messages that are Chinese already pass unchanged.
IN_CHINESE = (
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1没有 \2，可用的是 \3"),
    (r"argument (.+?): expected one argument", r"\1 后面缺少内容"),
    (r"argument (.+?): expected at least one argument", r"\1 后面缺少内容"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 不带内容，却写了 \2"),
    (r"argument (.+?): (.+)", r"\1 \2"),
    (r"the following arguments are required: (.+)", r"缺少\1"),
    (r"unrecognized arguments: (.+)", r"不认识 \1"),
    (r"ambiguous option: (.+?) could match (.+)", r"\1 可以是 \2，请写全"),
)


class Meter:
    """Progress of a build on stderr, a line at most twice a second, with the rate and the time that is left."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._told_at = self._began_at = 0.0
        self._what = ""

    def __call__(self, done: int, total: int | None, what: str) -> None:
        """Says how far a step is."""
        now = time.monotonic()
        if what != self._what:
            self._began_at = now
        elif now - self._told_at < PROGRESS_EVERY_S and done != total:
            return
        self._told_at, self._what = now, what
        taken = now - self._began_at
        pace = ""
        if done and taken >= PACE_AFTER_S:
            pace = f"，每秒 {done / taken:.0f}"
            if total and total > done:
                pace += f"，还需约 {duration((total - done) * taken / done)}"
        count = f" {done}/{total}" if total else f" {done}" if done else "…"
        self._say(f"{what}{count}{pace}")


def duration(seconds: float) -> str:
    """A time as people say it: 8 秒, 3 分, 2 小时."""
    if seconds < 60:
        return f"{seconds:.0f} 秒"
    return f"{seconds / 60:.0f} 分" if seconds < 3600 else f"{seconds / 3600:.1f} 小时"


class ChineseParser(argparse.ArgumentParser):
    """argparse, with its own words in Chinese."""

    def format_usage(self) -> str:
        """The usage line."""
        return super().format_usage().replace("usage: ", "用法：", 1)

    def format_help(self) -> str:
        """The help of a command."""
        text = super().format_help().replace("usage: ", "用法：", 1)
        for english, chinese in (
            ("\npositional arguments:", "\n参数："),
            ("\noptions:", "\n选项："),
            ("show this help message and exit", "显示这份说明"),
        ):
            text = text.replace(english, chinese, 1)
        return text

    def error(self, message: str) -> NoReturn:
        """Ends with 2 after the usage and one line that says what is wrong with it."""
        for english, chinese in IN_CHINESE:
            told, found = re.subn(rf"\A{english}\Z", chinese, message, flags=re.DOTALL)
            if found:
                message = told
                break
        self.exit(2, f"{self.format_usage()}错误：{message}；用 {self.prog} --help 查看用法。\n")


Command = Callable[[str, str], argparse.ArgumentParser]


def command_line(
    runs: Mapping[str, Run],
    add_keeping_commands: Callable[[Command], None],
    add_eval_actions: Callable[[argparse.ArgumentParser], None],
    add_matrix_options: Callable[[argparse.ArgumentParser], None],
) -> argparse.ArgumentParser:
    """The parser; options follow the command word, every command takes --index, and `run` is the function of its name."""
    whole = ChineseParser(
        prog="changai", description="产改问答：依据资料库回答产业工人队伍建设改革的问题，逐句附原文。"
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="命令")

    def command(name: str, help_text: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=help_text, description=help_text)
        one.add_argument("--index", metavar="目录", help="索引目录（默认取环境变量 CHANGAI_INDEX，否则为 ./.changai）")
        one.set_defaults(run=runs[name])
        return one

    add_keeping_commands(command)
    one = command("search", "查找段落，不作回答")
    one.add_argument("query", nargs="?", metavar="词")
    one.add_argument("--top", type=positive, default=10, metavar="篇数")
    batch_options(one)
    one = command("ask", "提问，得到附原文的回答")
    one.add_argument("question", nargs="?", metavar="问题")
    one.add_argument("--history", metavar="文件", help="之前的对话（JSON 列表）")
    one.add_argument("--place", metavar="地区", help="只看这个地区的资料")
    one.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="条件",
        help="不按问题里的这个条件查找：地区、年份、举措，或者其中一个，如 2021（可多次给出）",
    )
    error_rate_option(one)
    batch_options(one)
    one = command("matrix", "哪个地区有哪项举措，每格附原文")
    add_matrix_options(one)
    one = command("serve", "打开问答网页")
    one.add_argument("--host", default="127.0.0.1", metavar="地址")
    one.add_argument("--port", type=whole_number, default=7860, metavar="端口")
    error_rate_option(one)
    command("doctor", "检查索引、模型和设置是否正常")
    # The laboratory has actions of its own, and its options follow them.
    one = commands.add_parser("eval", help="评测：运行、评分、比较、导入题库", description="用题库评测")
    one.set_defaults(run=runs["eval"])
    add_eval_actions(one)
    return whole


def error_rate_option(one: argparse.ArgumentParser) -> None:
    """How large a share of the questions without an answer may be answered all the same."""
    one.add_argument(
        "--error-rate",
        metavar="比例",
        help="资料里没有答案的题，容许多大比例仍作回答，如 0.05 或 5%%（默认取环境变量 CHANGAI_ERROR_RATE，否则为 5%%）",
    )


def batch_options(one: argparse.ArgumentParser) -> None:
    """The options of commands that can run a file of questions."""
    one.add_argument("--json", action="store_true", help="输出 JSON")
    one.add_argument("--batch", metavar="文件", help="批量：每行一个 JSON 对象，有 id 和 question")


def positive(text: str) -> int:
    """A whole number above zero, for argparse."""
    number = whole_number(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"应为正整数，得到 {text}")
    return number


def whole_number(text: str) -> int:
    """A whole number, for argparse."""
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"应为整数，得到 {text}") from error
