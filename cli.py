"""The hall: the command `changai`. It alone prints, reads the environment and imports every room, one a command."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from commands import Meter, command_line
from eval.arguments import add_actions
from index.arguments import add_keeping_commands
from index.errors import ChangaiError, DatasetError
from index.measures.arguments import add_matrix_options
from index.settings import Settings

# Documents are strangers: what steers a terminal is shown as a sign, all but tabs and line feeds.
HARMLESS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; 0 done, 1 a user's error in one clear line, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A name of a file may be no Unicode: it is shown with escapes, which are those of JSON as well.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = parser().parse_args(argv)
    try:
        take_taxonomy(arguments)
        code = int(arguments.run(arguments) or 0)
        if sys.stdout is not None:
            sys.stdout.flush()
    except ChangaiError as error:
        say(f"错误：{error}")
    except BrokenPipeError:
        # The reader of our output went away (`| head`); there is nobody left to tell.
        drop_output()
    except OSError as error:
        say(f"错误：{error.filename or '输出'} 读写失败（{error.strerror or error}）；请检查磁盘空间和权限后重试。")
        drop_output()
    except KeyboardInterrupt:
        say("错误：已按 Ctrl-C 停止，索引没有改动；需要时请重新运行。")
    else:
        return code
    return 1


def drop_output() -> None:
    """Sends what is still to be written nowhere, so that the end of the process does not fail over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(line: str) -> None:
    """A line for the person, on stderr, because stdout carries only results."""
    print(line.translate(HARMLESS).replace("\n", " "), file=sys.stderr, flush=True)


def over(line: str, last: bool = True) -> None:
    """A line of progress on stderr, which the next one takes the place of where a person watches, until the last."""
    if not sys.stderr.isatty():
        say(line)
        return
    print(f"\r\033[K{line}", end="\n" if last else "", file=sys.stderr, flush=True)


def tell(line: str) -> None:
    """A line of a result for the person, on stdout."""
    print(line.translate(HARMLESS))


def show(value: Any) -> None:
    """One JSON value a line on stdout."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def words(argument: str | None) -> str:
    """What a person wrote in an argument: its bytes are UTF-8 whatever the locale, and one that is not is U+FFFD."""
    return (argument or "").encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def settings_of(arguments: argparse.Namespace) -> Settings:
    """Settings from the command line and the environment."""
    folder = Path(arguments.index) if arguments.index else None
    embedder, error_rate = getattr(arguments, "embedder", None), getattr(arguments, "error_rate", None)
    return Settings.from_environment(os.environ, folder, embedder, words(error_rate))


def run_keeping(arguments: argparse.Namespace) -> int:
    """`changai build`, `add`, `scan`, `remove`, `rename`, `list`, `status` and `inspect` keep the library."""
    from index.command import Voice
    from index.command import run_keeping as run

    if getattr(arguments, "title", None) is not None:
        arguments.title = words(arguments.title)
    return run(arguments, settings_of(arguments), Voice(say, tell, show, Meter(say)))


def take_taxonomy(arguments: argparse.Namespace) -> None:
    """An office's own table of measures, named by the command line or CHANGAI_MEASURES, for this whole process."""
    from index.measures import choose_taxonomy

    named = getattr(arguments, "measures", None) or os.environ.get("CHANGAI_MEASURES")
    choose_taxonomy(Path(named) if named else None)


def open_library(arguments: argparse.Namespace, with_matrix: bool = False) -> Any:
    """The index that the command names, with what there is to say about its state on stderr.

    Evidence for the matrix that is missing, or was found with another taxonomy, is found again and kept, where it can be.
    """
    from index.build import repair
    from index.errors import IndexBusyError, IndexUnwritableError
    from index.library import Library

    library = Library.open(settings_of(arguments))
    if with_matrix and not library.has_fresh_evidence():
        say("举措表有改动，或者索引里还没有举措的证据，正在从资料里重新整理……")
        with suppress(IndexBusyError, IndexUnwritableError):
            # Where the index cannot be written now, the evidence is found again for this process alone.
            repair(settings_of(arguments), Meter(say))
            library = Library.open(settings_of(arguments))
    for line in library.notice:
        say(line)
    return library


def run_search(arguments: argparse.Namespace) -> int:
    """`changai search 词` shows hits by document."""
    from rag.search import search

    query = asked(arguments.query, arguments.batch)
    library = open_library(arguments)
    if arguments.batch:
        return each_line(arguments.batch, lambda row: {"hits": search(library, row["question"], arguments.top)})
    hits = search(library, query, arguments.top)
    if arguments.json:
        show(hits)
        return 0
    for hit in hits:
        tell(f"{hit['rank']:>2}  {hit['score']:.3f}  {hit['title']}（{hit['file']}）")
        tell(f"    {' '.join(hit['text'].split())[:80]}")
    return 0


def run_ask(arguments: argparse.Namespace) -> int:
    """`changai ask 问题` answers with citations."""
    from rag.asking import Asking
    from rag.batch import read_history
    from rag.contract import answer_json
    from rag.filters import understood_lines
    from rag.generate import LanguageModelSettings
    from rag.plain import plain_lines

    question = asked(arguments.question, arguments.batch)
    history = read_history(arguments.history) if arguments.history else []
    asking = Asking(open_library(arguments, True), LanguageModelSettings.from_environment(os.environ))
    without = [words(each) for each in arguments.without]
    given: Any = {"history": history, "place": words(arguments.place), "without": without}
    if arguments.batch:
        return each_line(arguments.batch, lambda row: answer_json(asking.answer(given | row)))
    found = asking.answer(given | {"question": question})
    if arguments.json:
        show(answer_json(found))
        return 0
    for line in (*understood_lines(found.question), *plain_lines(found)):
        tell(line)
    return 0


def asked(value: str | None, batch: str | None) -> str:
    """What is asked, "" for a batch; a clear error when nothing was, or twice."""
    if batch and value is not None:
        raise DatasetError("问题和 --batch 文件同时给出了；请只留一个。")
    if not batch and not (value and value.strip()):
        raise DatasetError('没有给出问题；请写在命令后面，例如：changai ask "白银市有多少个院士专家工作站？"')
    return words(value)


def each_line(path: str, work: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Runs a batch in order, a JSON object a line; a line that fails is `{id, error}` and the rest go on."""
    from rag.batch import batch_rows, outcome

    failed = 0
    for row in batch_rows(path):
        told = outcome(row, work)
        failed += "error" in told
        show(told)
    if failed:
        say(f"错误：{failed} 行没有得到结果；请按输出里各行的 error 改正后重试。")
    return 1 if failed else 0


def run_matrix(arguments: argparse.Namespace) -> int:
    """`changai matrix` shows which place has which measure, checks a taxonomy and keeps corrections."""
    from index.command import Voice
    from index.measures.command import run_matrix_command

    for name in ("place", "measure", "reason", "figure", "unit"):
        setattr(arguments, name, words(getattr(arguments, name)))
    return run_matrix_command(arguments, lambda: open_library(arguments, True), Voice(say, tell, show, Meter(say)))


def run_serve(arguments: argparse.Namespace) -> None:
    """`changai serve` opens the page."""
    from ui import serve

    serve(lambda: open_library(arguments, True), os.environ, arguments.host, arguments.port, say)


def run_doctor(arguments: argparse.Namespace) -> int:
    """`changai doctor` checks what answering needs, a line each."""
    from rag.doctor import findings

    bad = 0
    for finding in findings(settings_of(arguments), os.environ):
        bad += not finding.sound
        tell(f"{'正常' if finding.sound else '有问题'}  {finding.what}")
    if bad:
        say(f"错误：{bad} 项检查没有通过；请按上面标着「有问题」的各行处理。")
    return 1 if bad else 0


def run_eval(arguments: argparse.Namespace) -> int:
    """`changai eval` is the laboratory: it runs, scores, compares, lists, imports and gates."""
    from eval.command import run_eval_command

    lines, code = run_eval_command(arguments, os.environ, say, over, sys.stderr.isatty())
    for line in lines:
        tell(line)
    return code


def parser() -> argparse.ArgumentParser:
    """The command line with the function of each command."""
    keeping = dict.fromkeys(("build", "add", "scan", "remove", "rename", "list", "status", "inspect"), run_keeping)
    return command_line(
        keeping
        | {
            "search": run_search,
            "ask": run_ask,
            "matrix": run_matrix,
            "serve": run_serve,
            "doctor": run_doctor,
            "eval": run_eval,
        },
        add_keeping_commands,
        add_actions,
        add_matrix_options,
    )


if __name__ == "__main__":
    sys.exit(main())
