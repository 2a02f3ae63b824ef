"""The site as a process of its own, served the way the command line serves it, and the browser to look at it with."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.server import open_port

ROOT = Path(__file__).resolve().parent.parent.parent
SITE = """
import sys
from pathlib import Path
from tests.fakes.chain import FIGURE, HOSTILE, SLOW, SPUN, UNKNOWN, WHICH, FakeChain
from tests.web.matrix_fake import FakeMatrix
from ui import make_app
from web.about import About
from web.feedback import FeedbackFile
from web.server import open_port, run
about = About(42, 31, (FIGURE, WHICH, SLOW, SPUN, UNKNOWN, HOSTILE))
keep = FeedbackFile(Path(sys.argv[2])).keep
run(make_app(FakeChain(), lambda: about, keep, FakeMatrix()), open_port("127.0.0.1", int(sys.argv[1])))
"""


@pytest.fixture(scope="session")
def votes_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the running site keeps its votes."""
    return tmp_path_factory.mktemp("votes")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, votes_folder: Path) -> Iterator[str]:
    """The address of a running site over the fake chain."""
    with open_port("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("site") / "log"
    command = [sys.executable, "-c", SITE, str(port), str(votes_folder)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, process, log)
        yield address
    finally:
        process.terminate()
        process.wait(15)


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Waits until the site answers; says what it wrote when it does not."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with direct.open(address + "/api/health", timeout=5) as reply:
                assert reply.status == 200
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the site did not start: {log.read_text(encoding='utf-8')}")
