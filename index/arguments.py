"""The options of the commands that keep a library of documents."""

from __future__ import annotations

import argparse
from collections.abc import Callable

Command = Callable[[str, str], argparse.ArgumentParser]


def add_keeping_commands(command: Command) -> None:
    """Adds the commands; `command` makes the parser of one, given its name and help."""
    for name, help_text in (
        ("build", "用这些文件夹、文件或 .jsonl 语料建立索引，替换原有索引"),
        ("add", "把这些资料（文件、文件夹或网址）并入索引，同一来源的旧资料被替换"),
        ("scan", "让索引与文件夹一致：新的读入，改的更新，没了的删除，挪动的认出来"),
    ):
        one = command(name, help_text)
        metavar = "路径或网址" if name == "add" else "路径"
        one.add_argument("paths", nargs="+", metavar=metavar)
        if name != "scan":
            one.add_argument(
                "--embedder", metavar="模型", help="任一 sentence-transformers 模型名或目录（默认用自带模型）"
            )
        if name == "add":
            one.add_argument("--allow-private", action="store_true", help="允许读取本机和内网的网址")
        _wait_option(one)
    one = command("remove", "从索引中删除资料")
    one.add_argument("names", nargs="+", metavar="编号、路径、文件名或标题")
    _wait_option(one)
    one = command("rename", "给一份资料改标题")
    one.add_argument("name", metavar="编号、路径、文件名或标题")
    one.add_argument("title", metavar="新标题")
    _wait_option(one)
    command("list", "列出索引里的资料").add_argument("--json", action="store_true", help="输出 JSON")
    one = command("status", "各个文件读得怎样：读入几份，哪些没有读成，为什么")
    one.add_argument("--json", action="store_true", help="输出 JSON")
    one = command("inspect", "看一个文件会被读成什么样：哪些被当作杂质，为什么（不改动索引）")
    one.add_argument("path", metavar="文件")
    one.add_argument("--full", action="store_true", help="正文不缩略")
    one.add_argument("--json", action="store_true", help="输出 JSON")


def _wait_option(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--wait", type=float, default=0, metavar="秒", help="别的程序正在写入时，最多等这么多秒（默认不等）"
    )
