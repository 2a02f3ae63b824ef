"""The commands that keep a library of documents: build, add, scan, remove, rename, list, status, inspect."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.settings import Settings
from index.steps import Progress
from index.types import BuildReport

# How many lines about what was passed over are shown one by one.
_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Voice:
    """How a command speaks: `say` to the person, `tell` a line of a result, `show` one JSON value, `meter` progress."""

    say: Callable[[str], None]
    tell: Callable[[str], None]
    show: Callable[[Any], None]
    meter: Progress


def run_keeping(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    """Runs the command that `arguments.command` names; the exit code."""
    return _COMMANDS[arguments.command](arguments, settings, voice)


def _build(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    from index.build import build

    paths = [Path(path) for path in arguments.paths]
    _report(build(settings, paths, voice.meter, wait_s=arguments.wait), settings, voice)
    return 0


def _add(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    from index.build import add
    from index.web_import import download, is_address

    paths = []
    for name in arguments.paths:
        if is_address(name):
            voice.say(f"读取网址 {name}")
            paths.append(download(settings.folder, name, arguments.allow_private))
        else:
            paths.append(Path(name))
    _report(add(settings, paths, voice.meter, wait_s=arguments.wait), settings, voice)
    return 0


def _scan(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    from index.build import scan

    folders = [Path(path) for path in arguments.paths]
    _report(scan(settings, folders, voice.meter, wait_s=arguments.wait), settings, voice)
    return 0


def _remove(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    from index.build import remove

    _report(remove(settings, arguments.names, voice.meter, wait_s=arguments.wait), settings, voice)
    return 0


def _rename(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    from index.build import rename

    done = rename(settings, arguments.name, arguments.title, voice.meter, wait_s=arguments.wait)
    voice.say(f"完成：标题已改为「{arguments.title}」（索引现有 {done.documents} 份资料）。")
    return 0


def _list(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    from index.library import Library

    fields = ("id", "title", "source", "published", "file", "record", "origin", "sha256", "author", "number", "level")
    with Library.open(settings) as library:
        for line in library.notice:
            voice.say(line)
        documents = library.documents()
    if arguments.json:
        lists = ("places", "quality", "reasons")
        voice.show([{name: getattr(each, name) for name in (*fields, *lists)} for each in documents])
        return 0
    for each in documents:
        marks = "".join(f"〔{_LABELS.get(code, code)}〕" for code in each.quality)
        voice.tell(
            f"{each.id}  {each.published or '日期不详':10}  {'、'.join(each.places) or '—'}  {each.title}{marks}"
        )
    voice.say(f"共 {len(documents)} 份资料。")
    return 0


def _status(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    from index.failures import failures
    from index.library import Library

    with Library.open(settings) as library:
        counts = Counter(held.path for held in library.held())
    unread = failures(settings.folder)
    if arguments.json:
        read = [{"path": path, "state": "read", "documents": count, "reason": ""} for path, count in counts.items()]
        failed = [
            {"path": path, "state": "failed", "documents": 0, "reason": reason} for path, reason in unread.items()
        ]
        voice.show([*read, *failed])
        return 0
    for path, count in sorted(counts.items()):
        missing = "" if Path(path).exists() else "（文件已不在原处）"
        voice.tell(f"已读入 {count:>6} 份  {path}{missing}")
    for path, reason in sorted(unread.items()):
        voice.tell(f"未读成          {path}：{reason}")
    voice.say(f"共 {len(counts)} 个文件读入 {sum(counts.values())} 份资料，{len(unread)} 处没有读成。")
    return 0


def _inspect(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    from index.inspect import inspect, inspection_lines

    found = inspect(Path(arguments.path))
    if arguments.json:
        voice.show(asdict(found))
        return 0 if found.documents else 1
    for line in inspection_lines(found, arguments.full):
        voice.tell(line)
    return 0 if found.documents else 1


def _report(done: BuildReport, settings: Settings, voice: Voice) -> None:
    """What a change did; what was passed over is named with its reason."""
    for path, reason in done.skipped[:_MOST_TOLD]:
        voice.say(f"跳过 {path}：{reason}")
    if len(done.skipped) > _MOST_TOLD:
        voice.say(f"另有 {len(done.skipped) - _MOST_TOLD} 处跳过；用 changai status 查看全部。")
    moved = f"，挪动 {done.moved}" if done.moved else ""
    voice.say(
        f"完成：索引 {settings.folder} 现有 {done.documents} 份资料、{done.chunks} 个段落"
        f"（新增 {done.added}，更新 {done.replaced}，未变 {done.unchanged}，删除 {done.removed}，"
        f"跳过 {len(done.skipped)}{moved}）。"
    )


_LABELS = {"spun": "疑似改写", "duplicate": "重复", "truncated": "不完整", "holes": "有缺字"}
_COMMANDS: dict[str, Callable[[argparse.Namespace, Settings, Voice], int]] = {
    "build": _build,
    "add": _add,
    "scan": _scan,
    "remove": _remove,
    "rename": _rename,
    "list": _list,
    "status": _status,
    "inspect": _inspect,
}
