"""Old and other office formats (`.doc`, `.wps`, `.xls`, `.odt` …), converted by LibreOffice where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from index.errors import SourceError
from index.sources.archive import MEGABYTE, MOST_BYTES

WORD = (".doc", ".wps", ".wpt", ".dot", ".rtf", ".odt", ".docm", ".dotx", ".dotm")
SHEET = (".xls", ".et", ".ett", ".xlt", ".ods")
SLIDES = (".ppt", ".dps", ".dpt", ".pps", ".odp")
TARGETS = {
    suffix: target for suffixes, target in ((WORD, "docx"), (SHEET, "xlsx"), (SLIDES, "pptx")) for suffix in suffixes
}
PROGRAMS = ("soffice", "libreoffice")
SECONDS = 60.0
# Macros are never run, links to the outside never followed, and nobody is asked.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


def find_office() -> str | None:
    """The path of LibreOffice's program, or None where it is not installed."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def convert(data: bytes, name: str, suffix: str, seconds: float = SECONDS) -> bytes:
    """The file in its modern form (`TARGETS[suffix]`); `suffix` is the format that the bytes really have.

    Each call has its own folder and its own profile, so calls may run side by side and none meets a user's settings.

    Raises:
        SourceError: LibreOffice is not installed, gave nothing within `seconds`, or more than an archive may unpack to.
    """
    target = TARGETS[suffix]
    program = find_office()
    if program is None:
        raise SourceError(
            f"文件 {name} 是旧版或其他办公格式（{suffix}），读取它需要 LibreOffice；请安装 LibreOffice 后重试，或另存为 .{target}。"
        )
    with tempfile.TemporaryDirectory(prefix="changai-office-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        settings = room / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(PROFILE, "utf-8")
        source = room / f"source{suffix}"
        source.write_bytes(data)
        out = room / "out"
        out.mkdir()
        _run(_command(program, room, source, target, seconds), name, target, seconds)
        result = out / f"source.{target}"
        if not result.is_file() or not (size := result.stat().st_size):
            raise SourceError(
                f"文件 {name} 转换失败，可能已损坏或加了密码；请用 Word 或 WPS 打开并另存为 .{target} 后重试。"
            )
        if size > MOST_BYTES:
            raise SourceError(f"文件 {name} 转换后有 {size // MEGABYTE} MB，超过上限；请拆分后重试。")
        return result.read_bytes()


def _command(program: str, room: Path, source: Path, target: str, seconds: float) -> list[str]:
    # Should this process itself be killed, `timeout` still ends the conversion.
    guard = shutil.which("timeout")
    limit = [guard, "--kill-after=5", f"{seconds + 5:.0f}"] if guard else []
    return [
        *limit,
        program,
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nofirststartwizard",
        f"-env:UserInstallation={(room / 'profile').as_uri()}",
        "--convert-to",
        target,
        "--outdir",
        str(room / "out"),
        str(source),
    ]


def _run(command: list[str], name: str, target: str, seconds: float) -> None:
    """Runs the command in a process group of its own and ends the whole group with it, whatever happens."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError as error:
        raise SourceError(
            f"LibreOffice 无法启动（{error.strerror}），文件 {name} 没有读取；请检查安装后重试。"
        ) from error
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise SourceError(
            f"文件 {name} 在 {seconds:.0f} 秒内没有转换完；请用 Word 或 WPS 打开并另存为 .{target} 后重试。"
        ) from error
    finally:
        # The program leaves at once, but a child of it may hang on.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
