"""The hall: the command `changai`. It alone prints, reads the environment and imports every room, one a command."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from commands import command_line
from index.errors import ChangaiError, DatasetError
from index.settings import Settings
from index.types import BuildReport

PROGRESS_EVERY_S = 0.5


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; 0 done, 1 a user's error in one clear line, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    arguments = parser().parse_args(argv)
    try:
        return int(arguments.run(arguments) or 0)
    except ChangaiError as error:
        say(f"错误：{error}")
        return 1
    except BrokenPipeError:
        # The reader of our output went away (`| head`); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        say("已停止。")
        return 1


def say(line: str) -> None:
    """A line for the person, on stderr, because stdout carries only results."""
    print(line, file=sys.stderr, flush=True)


def show(value: Any) -> None:
    """One JSON value a line on stdout."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def settings_of(arguments: argparse.Namespace) -> Settings:
    """Settings from the command line and the environment."""
    folder = Path(arguments.index) if arguments.index else None
    return Settings.from_environment(os.environ, folder, getattr(arguments, "embedder", None))


class Meter:
    """Progress of a build on stderr, a line at most twice a second."""

    def __init__(self) -> None:
        self._told_at = 0.0
        self._what = ""

    def __call__(self, done: int, total: int | None, what: str) -> None:
        """Says how far a step is."""
        now = time.monotonic()
        if what == self._what and now - self._told_at < PROGRESS_EVERY_S and done != total:
            return
        self._told_at, self._what = now, what
        say(f"{what} {done}/{total}" if total else f"{what} {done}")


def report(done: BuildReport, folder: Path) -> None:
    """What a build did; the skipped files are named with their reason."""
    for path, reason in done.skipped:
        say(f"跳过 {path}：{reason}")
    say(
        f"完成：索引 {folder} 现有 {done.documents} 份资料、{done.chunks} 个段落"
        f"（新增 {done.added}，更新 {done.replaced}，未变 {done.unchanged}，删除 {done.removed}，跳过 {len(done.skipped)}）。"
    )


def run_build(arguments: argparse.Namespace) -> None:
    """`changai build PATH…` replaces the index."""
    from index.build import build

    settings = settings_of(arguments)
    report(build(settings, [Path(path) for path in arguments.paths], Meter()), settings.folder)


def run_add(arguments: argparse.Namespace) -> None:
    """`changai add PATH…` merges into the index."""
    from index.build import add

    settings = settings_of(arguments)
    report(add(settings, [Path(path) for path in arguments.paths], Meter()), settings.folder)


def run_remove(arguments: argparse.Namespace) -> None:
    """`changai remove NAME…` takes documents out."""
    from index.build import remove

    settings = settings_of(arguments)
    report(remove(settings, arguments.names, Meter()), settings.folder)


def open_library(arguments: argparse.Namespace) -> Any:
    """The index that the command names, with what there is to say about its state on stderr."""
    from index.library import Library

    library = Library.open(settings_of(arguments))
    for line in library.notice:
        say(line)
    return library


def run_list(arguments: argparse.Namespace) -> None:
    """`changai list` shows the documents."""
    documents = open_library(arguments).documents()
    fields = ("id", "title", "source", "published", "file", "record", "origin", "sha256")
    if arguments.json:
        show(
            [
                {
                    **{name: getattr(each, name) for name in fields},
                    "places": each.places,
                    "quality": each.quality,
                }
                for each in documents
            ]
        )
        return
    for each in documents:
        print(f"{each.id}  {each.published or '日期不详':10}  {'、'.join(each.places) or '—'}  {each.title}")
    say(f"共 {len(documents)} 份资料。")


def run_search(arguments: argparse.Namespace) -> int:
    """`changai search 词` shows hits by document."""
    from rag.search import search

    library = open_library(arguments)
    if not arguments.batch:
        hits = search(library, required(arguments.query, "要查的词"), arguments.top)
        if arguments.json:
            show(hits)
        else:
            for hit in hits:
                print(f"{hit['rank']:>2}  {hit['score']:.3f}  {hit['title']}（{hit['file']}）\n    {hit['text'][:80]}")
        return 0
    return each_line(
        arguments.batch,
        lambda row: {"id": row["id"], "hits": search(library, row["question"], arguments.top)},
    )


def run_ask(arguments: argparse.Namespace) -> int:
    """`changai ask 问题` answers with citations."""
    from rag.batch import read_history
    from rag.chain import make_chain
    from rag.contract import answer_json
    from rag.generate import LanguageModelSettings
    from rag.plain import plain_lines

    history = read_history(arguments.history) if arguments.history else []
    if not arguments.batch:
        required(arguments.question, "问题")
    chain = make_chain(open_library(arguments), LanguageModelSettings.from_environment(os.environ))
    place = arguments.place or ""
    if arguments.batch:
        return each_line(
            arguments.batch,
            lambda row: {
                "id": row["id"],
                **answer_json(
                    chain.invoke({"question": row["question"], "history": row.get("history", []), "place": place})
                ),
            },
        )
    answer = chain.invoke({"question": arguments.question, "history": history, "place": place})
    if arguments.json:
        show(answer_json(answer))
        return 0
    for line in plain_lines(answer):
        print(line)
    return 0


def required(value: str | None, what: str) -> str:
    """The value, or a clear error when it was left out or is blank."""
    if not value or not value.strip():
        raise DatasetError(f'没有给出{what}；请写在命令后面，例如：changai ask "白银市有多少个院士专家工作站？"')
    return value


def each_line(path: str, work: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Runs a batch in order, a JSON object a line; a line that fails is `{id, error}` and the rest go on."""
    from rag.batch import batch_rows

    failed = 0
    for row in batch_rows(path):
        try:
            if "error" in row:
                raise DatasetError(row["error"])
            show(work(row))
        except ChangaiError as error:
            failed += 1
            show({"id": row["id"], "error": str(error)})
    if failed:
        say(f"错误：{failed} 行没有得到结果，见输出里的 error。")
    return 1 if failed else 0


def run_matrix(arguments: argparse.Namespace) -> None:
    """`changai matrix` shows which place has which measure."""
    from dataclasses import asdict

    from index.matrix import matrix
    from index.places import find_places

    named = find_places(arguments.place or "")
    place = named[0].full_name if named else (arguments.place or "")
    cells = matrix(open_library(arguments), place, arguments.measure or "")
    if arguments.json:
        show([asdict(cell) for cell in cells])
        return
    for cell in cells:
        state = "有证据" if cell.state == "adopted" else "不确定"
        print(f"{cell.place}\t{cell.measure}\t{state}\t{cell.figure}{cell.unit}\t{cell.evidence[0].quote}")
    say(f"共 {len(cells)} 格，{len({cell.place for cell in cells})} 个地区或企业。")


def run_serve(arguments: argparse.Namespace) -> None:
    """`changai serve` opens the page."""
    from ui import serve

    serve(lambda: open_library(arguments), os.environ, arguments.host, arguments.port, say)


def run_doctor(arguments: argparse.Namespace) -> int:
    """`changai doctor` checks what answering needs, a line each."""
    from rag.doctor import findings

    bad = 0
    for finding in findings(settings_of(arguments), os.environ):
        bad += not finding.sound
        print(f"{'正常' if finding.sound else '有问题'}  {finding.what}")
    return 1 if bad else 0


def run_eval(arguments: argparse.Namespace) -> int:
    """`changai eval run` measures the system on question sets."""
    from eval.command import run_eval_command

    lines, code = run_eval_command(arguments, settings_of(arguments), say)
    for line in lines:
        print(line)
    return code


def parser() -> argparse.ArgumentParser:
    """The command line with the function of each command."""
    return command_line(
        {
            "build": run_build,
            "add": run_add,
            "remove": run_remove,
            "list": run_list,
            "search": run_search,
            "ask": run_ask,
            "matrix": run_matrix,
            "serve": run_serve,
            "doctor": run_doctor,
            "eval": run_eval,
        }
    )


if __name__ == "__main__":
    sys.exit(main())
