"""Reading the files of outside sets: line by line, so that a large corpus never stands in memory whole."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.importers.records import Skipped
from eval.json_lines import read_text, shown
from index.errors import DatasetError
from index.sources.encoding import well_formed

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")

Line = tuple[str, Mapping[str, Any]]


def text_lines(path: Path) -> Iterator[tuple[str, str]]:
    """The lines of a UTF-8 file, unpacked when it is gzip, that are not blank, each with where it stands."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            # Binary lines end at line feeds alone; text may hold the other separators that Python would cut at.
            for number, raw in enumerate(file, start=1):
                where = f"{path.name} 第 {number} 行"
                try:
                    line = (raw.removeprefix(BOM_UTF8) if number == 1 else raw).decode("utf-8")
                except UnicodeDecodeError as error:
                    raise DatasetError(f"{where}：不是 UTF-8 编码，请把文件另存为 UTF-8 后重试。") from error
                if line.strip():
                    yield where, line.rstrip("\r\n")
    except FileNotFoundError as error:
        raise DatasetError(f"找不到文件 {path}，请检查路径。") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DatasetError(f"{path.name} 不是完整的 gzip 压缩文件，请重新复制。") from error
    except OSError as error:
        raise DatasetError(f"{path} 无法读取（{error.strerror}），请检查路径和权限。") from error


def object_lines(path: Path) -> Iterator[Line | Skipped]:
    """The JSON objects of a `.jsonl` file, each with where it stands; a damaged line is passed on as skipped."""
    for where, line in text_lines(path):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            yield Skipped(where, "不是合法的 JSON")
            continue
        if isinstance(value, dict):
            yield where, _mended(value, line)
        else:
            yield Skipped(where, f"应为一个 JSON 对象，实为「{shown(value)}」")


def json_value(path: Path) -> Any:
    """The value of a whole JSON file; DatasetError names the line and the column of a fault."""
    try:
        text = read_text(path, "文件")
        return _mended(json.loads(text), text)
    except json.JSONDecodeError as error:
        raise DatasetError(
            f"{path.name} 第 {error.lineno} 行第 {error.colno} 列附近不是合法的 JSON，请检查文件。"
        ) from error
    except (ValueError, RecursionError) as error:
        raise DatasetError(f"{path.name} 不是合法的 JSON，请检查文件。") from error


def identifier(value: Any) -> str:
    """An id as text; outside sets write numbers as well as strings. Empty when there is none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value).strip()


def plain(value: Any) -> str:
    """A field's text, trimmed; empty when it is missing or no text."""
    return value.strip() if isinstance(value, str) else ""


def _mended(value: Any, written: str) -> Any:
    """The value without halves of surrogate pairs, which JSON can write and no library takes."""
    return _whole(value) if _SURROGATE.search(written) else value


def _whole(value: Any) -> Any:
    match value:
        case str():
            return well_formed(value)
        case list():
            return [_whole(each) for each in value]
        case dict():
            return {_whole(name): _whole(each) for name, each in value.items()}
    return value
