"""The site as it is served: what its replies carry and what they leave out."""

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.fakes.chain import FIGURE


def test_rest_is_mounted_beside_the_page(site: str) -> None:
    reply = httpx.post(site + "/api/ask", json={"question": FIGURE}, trust_env=False)
    assert reply.json()["answer"].startswith("到2023年底")
    assert reply.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/", "/api/health", "/config", "/nowhere", "/matrix", "/matrix/main.js", "/api/matrix/grid"]
)
def test_every_reply_carries_strict_headers(site: str, path: str) -> None:
    headers = httpx.get(site + path, trust_env=False).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["form-action"] == "'none'"
    assert all("http" not in value and "*" not in value and "eval" not in value for value in policy.values())
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_the_page_is_chinese_and_names_no_other_host(site: str) -> None:
    page = httpx.get(site + "/", trust_env=False, headers={"accept-encoding": "gzip, br"}).text
    assert 'lang="zh-CN"' in page and 'lang="en"' not in page
    assert "og:image" not in page and "twitter:" not in page
    assert '"title":"产改问答"' in page.replace('": "', '":"')
    assert not re.findall(r'(?:src|href)="(https?:[^"]*)"', page)


def test_the_page_of_the_matrix_holds_no_script_and_its_parts_are_there(site: str) -> None:
    page = httpx.get(site + "/matrix", trust_env=False).text
    assert 'lang="zh-CN"' in page and not re.search(r"<script[^>]*>[^<]", page) and "style=" not in page
    parts = re.findall(r'(?:src|href)="(/matrix/[^"]*)"', page)
    assert "/matrix/style.css" in parts and "/matrix/main.js" in parts
    for part in parts:
        reply = httpx.get(site + part, trust_env=False)
        assert reply.status_code == 200 and reply.headers["content-type"].startswith(("text/css", "text/javascript"))
    # Every module that a script asks for is one of the parts.
    scripts = [httpx.get(site + part, trust_env=False).text for part in parts if part.endswith(".js")]
    wanted = {name for script in scripts for name in re.findall(r'from "\./([a-z]+\.js)"', script)}
    assert wanted and {f"/matrix/{name}" for name in wanted} <= set(parts)
    assert httpx.get(site + "/matrix/source.py", trust_env=False).status_code == 404
    assert httpx.get(site + "/matrix/..%2fui.py", trust_env=False).status_code == 404


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/monitoring", "/gradio_api/file=/etc/passwd"])
def test_nothing_else_is_open(site: str, path: str) -> None:
    assert httpx.get(site + path, trust_env=False).status_code in {401, 403, 404, 405}


def test_importing_the_door_loads_nothing_heavy() -> None:
    code = (
        "import sys, ui, web.rest, web.matrix.rest, web.matrix.page, web.headers, web.theme, web.server;"
        "print(sorted({'gradio', 'fastapi', 'uvicorn', 'starlette', 'torch', 'faiss', 'langchain'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parent.parent.parent
    shown = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
