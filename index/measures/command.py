"""The command `changai matrix`: shows the table, writes it to files, checks a taxonomy, keeps what staff corrected."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import DatasetError, SettingsError
from index.measures.cells import Cell
from index.measures.corrections import ACTION_NAMES, Correction, add_correction, benchmark_rows, quote_digest
from index.measures.export import LEVEL_NAMES, STATE_NAMES, correction_name, write_csv, write_xlsx
from index.measures.figures import is_number
from index.measures.filters import Filters, kept
from index.measures.matrix import matrix, named_measures
from index.measures.taxonomy import chosen_taxonomy, problems, read_taxonomy
from index.places import find_places

if TYPE_CHECKING:
    from index.command import Voice
    from index.library import Library

Open = Callable[[], "Library"]


def run_matrix_command(arguments: argparse.Namespace, open_library: Open, voice: Voice) -> int:
    """Runs `changai matrix`; the exit code."""
    if arguments.action == "check":
        return _check(Path(arguments.file) if arguments.file else chosen_taxonomy(), voice)
    if arguments.file:
        raise SettingsError(f"「{arguments.file}」用不上：只有 check 后面可以写文件；导出请用 --csv 或 --xlsx。")
    if arguments.action == "corrections":
        return _corrections(arguments, open_library(), voice)
    if arguments.action:
        return _correct(arguments, open_library(), voice)
    return _show(arguments, open_library(), voice)


def _check(file: Path, voice: Voice) -> int:
    found = list(problems(file))
    for line in found:
        voice.tell(line)
    if found:
        voice.say(f"错误：举措表 {file.name} 有 {len(found)} 处要改；请按上面各行改正后再检查一次。")
        return 1
    known = read_taxonomy(file)
    aspects = len({one.aspect for one in known})
    voice.tell(f"举措表 {file.name} 没有问题：{aspects} 个方面，{len(known)} 项举措。")
    return 0


def _show(arguments: argparse.Namespace, library: Library, voice: Voice) -> int:
    cells = _wanted(arguments, library)
    if arguments.csv:
        write_csv(Path(arguments.csv), cells)
    if arguments.xlsx:
        write_xlsx(Path(arguments.xlsx), cells)
    if arguments.json:
        voice.show([asdict(cell) for cell in cells])
        return 0
    if not (arguments.csv or arguments.xlsx):
        for cell in cells:
            voice.tell(_line(cell))
    places = len({cell.place for cell in cells})
    voice.say(f"共 {len(cells)} 格，{places} 个地区或企业；据资料库 {library.manifest.documents} 份文件。")
    return 0


def _wanted(arguments: argparse.Namespace, library: Library) -> tuple[Cell, ...]:
    filters = Filters(
        aspect=arguments.aspect or "",
        since=_year(arguments.since),
        until=_year(arguments.until),
        level=arguments.level or "any",
        state=arguments.state or "",
    )
    return kept(matrix(library, _place(arguments), arguments.measure or ""), filters)


def _year(text: str | None) -> str:
    if text and not (text.isdecimal() and len(text) == 4):
        raise SettingsError(f"年份「{text}」应为四位数字，例如 2021。")
    return text or ""


def _place(arguments: argparse.Namespace) -> str:
    place = arguments.place or ""
    named = find_places(place)
    return named[-1].full_name if named else place


def _line(cell: Cell) -> str:
    said = STATE_NAMES[cell.state] + (f"，{correction_name(cell)}" if cell.correction else "")
    return (
        f"{cell.place}\t{LEVEL_NAMES[cell.level]}\t{cell.measure}\t{said}\t{cell.figure}{cell.unit}\t{cell.best.quote}"
    )


def _correct(arguments: argparse.Namespace, library: Library, voice: Voice) -> int:
    """Writes down what a person says of one cell, with the quote that the cell rests on now."""
    if not (arguments.place and arguments.measure and arguments.reason):
        raise SettingsError(f"matrix {arguments.action} 需要 --place、--measure 和 --reason 三项，请补全。")
    changes = (arguments.figure, arguments.unit, arguments.year, arguments.state)
    if arguments.action == "amend" and not any(changes):
        raise SettingsError("matrix amend 没有说改成什么；请用 --figure、--unit、--year 或 --state 写出应有的内容。")
    if arguments.action != "amend" and any(changes):
        raise SettingsError(
            "--figure、--unit、--year、--state 只能和 matrix amend 一起用；请改用 amend，或去掉这些选项。"
        )
    cell = _one_cell(arguments, library)
    correction = Correction(
        place=cell.place,
        measure=cell.measure,
        action=arguments.action,
        reason=" ".join(arguments.reason.split()),
        quote_sha256=quote_digest(cell.best.quote),
        level=cell.level,
        figure=_figure(arguments.figure),
        unit=arguments.unit or "",
        year=_year(arguments.year),
        state=arguments.state or "",
        date=datetime.now(UTC).date().isoformat(),
    )
    add_correction(library.settings.folder, correction)
    voice.say(f"已记下：{cell.place}的{cell.measure}{ACTION_NAMES[correction.action]}（{correction.reason}）。")
    return 0


def _figure(told: str | None) -> str:
    """The figure that a person wrote, without spaces; SettingsError where it is no number."""
    figure = "".join((told or "").split())
    if figure and not is_number(figure):
        raise SettingsError(f"--figure「{told}」不是数字；请只写数字，例如 766、1.5万、300余，单位写在 --unit 里。")
    return figure


def _one_cell(arguments: argparse.Namespace, library: Library) -> Cell:
    place, (measure, *more) = _place(arguments), named_measures(arguments.measure)
    if more:
        raise SettingsError(
            f"「{arguments.measure}」可以是几项举措，请写全名：{'、'.join([measure.name, *(m.name for m in more)])}。"
        )
    found = [one for one in matrix(library, place, measure.name) if one.place == place]
    level = arguments.level or ("enterprise" if [one.is_enterprise for one in found] == [True] else "")
    chosen = [one for one in found if one.is_enterprise == (level == "enterprise")]
    if not chosen:
        raise SettingsError(
            f"表里没有「{place}」的「{measure.name}」这一格；请用 changai matrix --place {place} 查看有哪些。"
        )
    return chosen[0]


def _corrections(arguments: argparse.Namespace, library: Library, voice: Voice) -> int:
    cells = [cell for cell in matrix(library) if cell.correction]
    if arguments.export:
        checksums = {cell.best.document_id: library.document(cell.best.document_id).sha256 for cell in cells}
        rows = benchmark_rows(cells, checksums)
        if not rows:
            raise DatasetError("还没有有效的更正，没有可以导出的题目；请先用 matrix confirm、reject 或 amend 记下。")
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        Path(arguments.export).write_text("".join(lines), encoding="utf-8", errors="backslashreplace")
        voice.say(f"已写出 {len(rows)} 道题：{arguments.export}。")
        return 0
    if arguments.json:
        voice.show([asdict(cell) for cell in cells])
        return 0
    for cell in cells:
        voice.tell(f"{_line(cell)}\t{(cell.correction or {})['reason']}")
    voice.say(f"共 {len(cells)} 条更正。")
    return 0
