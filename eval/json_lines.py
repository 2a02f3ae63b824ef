"""Files with one JSON object a line, read with the place of every fault: file, line and field."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from index.errors import DatasetError

SHOWN = 40


def json_lines(path: Path, what: str, cut: bool = False) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The objects of a `.jsonl` or `.jsonl.gz` file, each with where it stands (in Chinese, for messages).

    With `cut`, a last line that is not whole is left out. Raises DatasetError when the file cannot be read or a line
    is not a JSON object.
    """
    # Only line feeds part records: JSON strings may hold the other line ends that `splitlines` cuts at.
    lines = [each for each in enumerate(read_text(path, what, cut).split("\n"), start=1) if each[1].strip()]
    for number, line in lines:
        where = f"{what} {path.name} 第 {number} 行"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            at = f"（第 {error.colno} 列附近）" if isinstance(error, json.JSONDecodeError) else ""
            raise DatasetError(f"{where}：不是合法的 JSON{at}，请修正。") from error
        if not isinstance(value, dict):
            raise DatasetError(f"{where}：应为一个 JSON 对象，实为「{shown(value)}」。")
        yield where, value


def read_text(path: Path, what: str, cut: bool = False) -> str:
    """The text of a UTF-8 file, unpacked when it is gzip; DatasetError names the file and what is wrong with it.

    With `cut`, what follows the last line feed is left out: a writer that was killed may have stopped within a letter.
    """
    try:
        raw = path.read_bytes()
        raw = gzip.decompress(raw) if path.suffix == ".gz" else raw
        return (raw[: raw.rfind(b"\n") + 1] if cut else raw).decode("utf-8-sig")
    except FileNotFoundError as error:
        raise DatasetError(f"找不到{what} {path}，请检查路径。") from error
    except UnicodeDecodeError as error:
        raise DatasetError(f"{what} {path.name} 不是 UTF-8 编码，请另存为 UTF-8 后重试。") from error
    except (gzip.BadGzipFile, EOFError) as error:
        raise DatasetError(f"{what} {path.name} 不是完整的 gzip 压缩文件，请重新复制。") from error
    except OSError as error:
        raise DatasetError(f"{what} {path} 无法读取（{error.strerror}），请检查路径和权限。") from error


def bad_field(where: str, field: str, wanted: str, value: Any) -> DatasetError:
    """The error of a field that is not what it should be, with what stands there."""
    return DatasetError(f"{where}：字段 {field} 应为{wanted}，实为「{shown(value)}」，请修正。")


def shown(value: Any) -> str:
    """A value as a message shows it: short, on one line."""
    if value is None:
        return "缺失"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
