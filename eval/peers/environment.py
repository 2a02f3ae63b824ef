"""The peers' own environment, with pinned versions, so that none of their packages enters ours."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from index.errors import MissingPackageError

REQUIREMENTS = Path(__file__).parent / "requirements.txt"

Run = Callable[[Sequence[str]], tuple[int, str]]


def prepare_environment(folder: Path, say: Callable[[str], None], run: Run | None = None) -> Path:
    """The python of the environment in `folder`, which is made and filled when its packages are not the pinned ones.

    `run` gives (exit status, output) of a command. Raises MissingPackageError, with the last line of pip.
    """
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp = folder / "requirements.txt"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if python.exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    run = run or _run
    say(f"准备同行环境 {folder}（首次约需几分钟）")
    for command in (
        [sys.executable, "-m", "venv", str(folder)],
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(REQUIREMENTS)],
    ):
        status, output = run(command)
        if status:
            last = next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "没有输出")
            raise MissingPackageError(
                f"同行环境 {folder} 没有装好（{last}）；请检查软件包来源和磁盘空间后重试，或删除该文件夹重来。"
            )
    stamp.write_text(wanted, encoding="utf-8")
    return python


def _run(command: Sequence[str]) -> tuple[int, str]:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    return done.returncode, done.stdout + done.stderr
