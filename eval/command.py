"""What `changai eval` does with its words, an action a function; lines for people, JSON for programs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from eval.dataset import default_datasets
from eval.folder import REPORT_MARKDOWN, REPORT_PAGE, RunFolder
from eval.gate import DEFAULT, baseline_lines, gate, replaceable
from eval.measures.measure import Measure
from eval.progress import ProgressBar
from eval.reply import read_replies
from eval.reports.terminal import report_text, worst_text
from eval.runner import Finished, Order, run, score_answers
from eval.scores import ScoredQuestion, read_scores, scored_questions
from eval.systems import Choice
from index.errors import DatasetError
from index.settings import Settings

SHOWN_WORST = 20


class Progress(Protocol):
    """How the command line shows progress: a line that the next takes the place of, until the last."""

    def __call__(self, line: str, last: bool = True) -> None:
        """Shows the line."""
        ...


@dataclass(frozen=True, slots=True)
class Door:
    """What the command line gives an action: settings, the environment, and its two ways to speak to the person."""

    settings: Settings
    environment: Mapping[str, str]
    say: Callable[[str], None]
    progress: Progress
    watched: bool


def run_eval_command(
    arguments: argparse.Namespace,
    environment: Mapping[str, str],
    say: Callable[[str], None],
    progress: Progress,
    watched: bool,
) -> tuple[list[str], int]:
    """The lines for stdout and the exit code of one action; `watched` says whether a person sees progress move."""
    index = Path(arguments.index) if getattr(arguments, "index", None) else None
    settings = Settings.from_environment(environment, index, getattr(arguments, "embedder", None))
    return ACTIONS[arguments.action](arguments, Door(settings, environment, say, progress, watched))


def _run(arguments: argparse.Namespace, door: Door) -> tuple[list[str], int]:
    from eval.publish import publish

    done, folder = run(_order(arguments, door), ProgressBar(door.progress, door.watched))
    view = publish(done, folder, door.say, _judged(arguments, door, done))
    door.say(_where(folder))
    return [report_text(view), *_worst(worst_text(view, SHOWN_WORST))], 0


def _score(arguments: argparse.Namespace, door: Door) -> tuple[list[str], int]:
    from eval.compose import compose
    from eval.publish import publish

    answers = Path(arguments.answers)
    datasets = _datasets(arguments, answers)
    if arguments.out and Path(arguments.out).resolve() == answers.resolve().parent:
        raise DatasetError(f"--out 指到了答案文件自己的目录 {arguments.out}；请换一个目录，以免覆盖答案。")
    replies = {reply.id: reply for reply in read_replies(answers)}
    done = score_answers(replies, datasets, door.settings, arguments.name or answers.stem)
    asked = {each.question.id for each in done.summary.run.results}
    if not asked & replies.keys():
        raise DatasetError(f"答案文件 {answers} 里没有题库中的任何一题；请检查 id 和 --dataset。")
    strange = replies.keys() - asked
    if strange:
        door.say(f"答案文件里有 {len(strange)} 行不是题库里的题（例如 {min(strange)}），没有评分。")
    if arguments.out:
        folder = RunFolder(Path(arguments.out))
        with folder.held():
            folder.begin(done.record, fresh=True)
            folder.finish(done.record, [each.reply for each in done.summary.run.results])
        view = publish(done, folder, door.say, _judged(arguments, door, done))
        door.say(_where(folder))
    else:
        view = compose(done.summary, done.record, done.shelf, _judged(arguments, door, done))
    return [report_text(view), *_worst(worst_text(view, SHOWN_WORST))], 0


def _compare(arguments: argparse.Namespace, door: Door) -> tuple[list[str], int]:
    from eval.comparison import compare
    from eval.identity import ALL_KEYS, NAMES, differing
    from eval.reports.compared import comparison_text
    from eval.scores import record_of

    one, other = Path(arguments.a), Path(arguments.b)
    found = compare(read_scores(one), read_scores(other))
    if arguments.json:
        return [json.dumps(found.as_json(), ensure_ascii=False)], 0
    first, second = record_of(one), record_of(other)
    if first and second:
        apart = differing(first.identity, second.identity, ALL_KEYS)
        door.say(
            f"甲 {one}，乙 {other}；两次评测的{'、'.join(apart)}不同。"
            if apart
            else "两次评测的设置、索引、题库、程序都相同。"
        )
        if NAMES["scoring"] in apart:
            door.say("评分程序不同，差别可能只来自评分；请先用 changai eval score 把两边的 answers.jsonl 重新评分。")
    return [comparison_text(found)], 0


def _list(arguments: argparse.Namespace, door: Door) -> tuple[list[str], int]:
    from eval.listing import runs_json, runs_text

    folder = Path(arguments.folder)
    if arguments.json:
        return [json.dumps(each, ensure_ascii=False) for each in runs_json(folder)], 0
    return [runs_text(folder)], 0


def _import(arguments: argparse.Namespace, door: Door) -> tuple[list[str], int]:
    from eval.importers.importing import import_dataset
    from eval.importers.options import ImportOptions

    options = ImportOptions(**{field.name: getattr(arguments, field.name) for field in fields(ImportOptions)})
    done = import_dataset(arguments.format, arguments.path, arguments.out, options)
    for line in done.lines():
        door.say(line)
    return [], 0


def _gate(arguments: argparse.Namespace, door: Door) -> tuple[list[str], int]:
    from eval.reports.gated import gate_text

    baseline = arguments.baseline or DEFAULT
    now = read_scores(Path(arguments.scored)) if arguments.scored else _scored_now(door)
    if arguments.regenerate:
        if baseline.is_file():
            replaceable(read_scores(baseline), now)
        RunFolder(baseline.parent).write_lines(baseline.name, baseline_lines(now.values()))
        door.say(f"基线 {baseline} 已更新（{len(now)} 题）。")
        return [], 0
    if not baseline.is_file():
        raise DatasetError(f"没有基线文件 {baseline}；请先用 changai eval gate --regenerate 生成。")
    judged = gate(read_scores(baseline), now)
    fallen = [each.measure.name for each in judged if each.fell]
    if fallen:
        door.say(f"错误：{'、'.join(fallen)} 比基线差且超出误差；请用 changai eval compare 看是哪些题变差。")
    return [gate_text(judged)], 1 if fallen else 0


def _scored_now(door: Door) -> dict[str, ScoredQuestion]:
    """The shipped dev half asked and scored now, in a folder that is gone afterwards."""
    with TemporaryDirectory(prefix="changai-gate-") as folder:
        order = Order(Choice("changai", door.settings), default_datasets("dev"), Path(folder) / "run")
        done, _ = run(order, ProgressBar(door.progress, door.watched))
    return scored_questions(done.summary.run)


def _peers(arguments: argparse.Namespace, door: Door) -> tuple[list[str], int]:
    from eval.peers.command import PeersOptions, run_peers
    from eval.peers.table import markdown

    options = PeersOptions(arguments.data, arguments.out, quick=arguments.quick)
    return [markdown(run_peers(options, door.say))], 0


def _calibrate(arguments: argparse.Namespace, door: Door) -> tuple[list[str], int]:
    from eval.calibrate import Material, calibrated, rows

    if not arguments.pair:
        raise DatasetError("没有给出校准用的题库；请用 --pair 索引目录 题库文件，可以写多次。")
    named = (arguments.pair, arguments.near or [], arguments.given or [], arguments.held_out or [])
    own, near, given, held_out = [[(Path(index), Path(dataset)) for index, dataset in pairs] for pairs in named]
    material = Material(own, near, given, held_out, arguments.choosers)
    out = (Path(arguments.out),) if arguments.out else ()
    return calibrated(rows(material, door.say), material, *out), 0


def _order(arguments: argparse.Namespace, door: Door) -> Order:
    from rag.llm_settings import LanguageModelSettings

    llm = LanguageModelSettings.from_environment(door.environment) if arguments.system == "changai" else None
    choice = Choice(arguments.system, door.settings, llm)
    out = Path(arguments.out) if arguments.out else None
    return Order(choice, _datasets(arguments), out, arguments.fresh, max(arguments.jobs, 0))


def _datasets(arguments: argparse.Namespace, answers: Path | None = None) -> tuple[Path, ...]:
    """The question sets that were named, those of the run that the answers lie in, or the shipped ones."""
    if arguments.dataset:
        return tuple(Path(path) for path in arguments.dataset)
    if answers is not None:
        record = RunFolder(answers.parent).record()
        if record is not None:
            return tuple(Path(path) for path in record.datasets)
    return default_datasets(arguments.half)


def _judged(arguments: argparse.Namespace, door: Door, done: Finished) -> Measure | None:
    """The measure of a model's verdicts, when the person asked for them."""
    if not arguments.judge:
        return None
    from eval.llm_judge import judge_answers
    from rag.llm_settings import LanguageModelSettings

    settings = LanguageModelSettings.from_environment(door.environment)
    verdicts = judge_answers(done.summary.run.results, settings, ProgressBar(door.progress, door.watched, "评判"))
    for problem in verdicts.problems[:SHOWN_WORST]:
        door.say(f"没有评判 {problem}")
    return verdicts.measure


def _where(folder: RunFolder) -> str:
    """Where the results are, and which report there is to open."""
    page = (folder.path / REPORT_PAGE).is_file()
    return f"结果在 {folder.path}（{f'{REPORT_PAGE} 可用浏览器打开' if page else REPORT_MARKDOWN}）。"


def _worst(told: str) -> list[str]:
    return ["", f"最差的题（至多列 {SHOWN_WORST} 道，全部见报告）：", told] if told else []


ACTIONS: Mapping[str, Callable[[argparse.Namespace, Door], tuple[list[str], int]]] = {
    "run": _run,
    "score": _score,
    "compare": _compare,
    "list": _list,
    "import": _import,
    "gate": _gate,
    "peers": _peers,
    "calibrate": _calibrate,
}
