"""Keeping a library from the command line: folders, moved files, web addresses, what failed and why."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from commands import Meter, duration
from tests.cli.told import Command

NOTICE = """<html><head><meta charset="utf-8"><title>甲市给技师发津贴</title></head><body>
<div class="nav"><a>首页</a> <a>要闻</a> <a>公告</a></div>
<h1>甲市给技师发津贴</h1><p>来源：甲市工会报 2023-05-06</p>
<p>从五月起，甲市的高级技师每人每月领到津贴450元，技师每人每月领到280元，由企业和市总工会各出一半。</p>
<p>津贴按季度发放，评上技师的下一个月起算，离开本市企业的当月停发。</p>
<p>责任编辑：张三</p><p>版权所有 甲市工会报 甲ICP备12345678号</p></body></html>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three notices."""
    home = tmp_path / "通知"
    home.mkdir()
    for city, figure in (("甲市", 11), ("乙市", 22), ("丙市", 33)):
        text = f"{city}的车间学堂\n\n{city}去年在车间里办了{figure}所学堂，教会了{figure * 10}名焊工。\n"
        (home / f"{city}.txt").write_text(text, encoding="utf-8")
    return home


def read(told: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(str(told))
    return found


def files(changai: Command) -> list[str]:
    return sorted(str(each["file"]) for each in read(changai("list", "--json").out))


def test_a_folder_is_followed(changai: Command, folder: Path) -> None:
    assert changai("build", folder).code == 0
    before = {each["file"]: each["id"] for each in read(changai("list", "--json").out)}
    (folder / "甲市.txt").rename(folder / "甲市学堂.txt")
    (folder / "乙市.txt").unlink()
    (folder / "丙市.txt").write_text("丙市的车间学堂\n\n丙市的学堂今年增加到44所。\n", encoding="utf-8")
    (folder / "丁市.txt").write_text("丁市的车间学堂\n\n丁市刚刚办起了5所学堂。\n", encoding="utf-8")
    told = changai("scan", folder)
    assert told.code == 0
    assert "新增 1，更新 1，未变 0，删除 1，跳过 0，挪动 1" in told.last
    after = {each["file"]: each["id"] for each in read(changai("list", "--json").out)}
    assert sorted(after) == ["丁市.txt", "丙市.txt", "甲市学堂.txt"]
    # The moved file is the document that people have cited.
    assert after["甲市学堂.txt"] == before["甲市.txt"]
    hits = read(changai("search", "--json", "学堂 44所").out)
    assert "44所" in str(hits[0]["text"])
    assert not any("33所" in str(hit["text"]) for hit in hits)


def test_a_title_can_be_mended(changai: Command, folder: Path) -> None:
    changai("build", folder)
    told = changai("rename", "甲市.txt", "甲市车间学堂的新名字")
    assert "标题已改为「甲市车间学堂的新名字」" in told.last
    titles = {each["file"]: each["title"] for each in read(changai("list", "--json").out)}
    assert titles["甲市.txt"] == "甲市车间学堂的新名字"
    assert read(changai("search", "--json", "新名字").out)[0]["file"] == "甲市.txt"
    missing = changai("rename", "戊市.txt", "没有这份")
    assert (missing.code, "索引里没有「戊市.txt」" in missing.last) == (1, True)


def test_what_failed_is_kept_until_it_is_mended(changai: Command, folder: Path) -> None:
    bad = folder / "坏.txt"
    bad.write_bytes(b"")
    told = changai("build", folder)
    assert (told.code, "跳过 1" in told.last) == (0, True)
    states = {Path(str(each["path"])).name: each for each in read(changai("status", "--json").out)}
    assert states["坏.txt"]["state"] == "failed"
    assert "空文件" in str(states["坏.txt"]["reason"])
    assert states["甲市.txt"]["state"] == "read"
    assert "1 处没有读成" in changai("status").last
    bad.write_text("补上的通知\n\n这份通知补上了正文，讲的是学堂的事。\n", encoding="utf-8")
    changai("scan", folder)
    assert all(each["state"] == "read" for each in read(changai("status", "--json").out))


def test_inspect_shows_what_was_taken_for_noise(changai: Command, tmp_path: Path) -> None:
    page = tmp_path / "页.html"
    page.write_text(NOTICE, encoding="utf-8")
    told = changai("inspect", page)
    assert told.code == 0
    assert "责任编辑" in told.out
    assert "每人每月领到津贴450元" in told.out
    (found,) = json.loads(changai("inspect", "--json", page).out)["documents"]
    assert found["title"] == "甲市给技师发津贴"
    assert found["noise"]
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    assert changai("inspect", empty).code == 1
    assert changai("inspect", tmp_path / "无.txt").last.startswith("错误：路径 ")


@contextmanager
def served(page: str) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = page.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing is logged in a test."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/notice/1.html"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_web_page_is_added_by_its_address(changai: Command, folder: Path) -> None:
    changai("build", folder)
    with served(NOTICE) as address:
        refused = changai("add", address)
        assert (refused.code, files(changai)) == (1, ["丙市.txt", "乙市.txt", "甲市.txt"])
        assert "127.0.0.1" in refused.last
        assert changai("add", "--allow-private", address).code == 0
        again = changai("add", "--allow-private", address)
        assert "新增 0，更新 0，未变 1" in again.last
    with served(NOTICE.replace("450元", "520元")) as other:
        assert other != address
    told = read(changai("search", "--json", "高级技师津贴").out)
    assert "450元" in str(told[0]["text"])
    (document,) = [each for each in read(changai("list", "--json").out) if each["title"] == "甲市给技师发津贴"]
    assert (document["published"], document["source"]) == ("2023-05-06", "甲市工会报")


def test_progress_tells_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    clock = iter([100.0, 104.0, 110.0])
    monkeypatch.setattr("commands.time.monotonic", lambda: next(clock))
    meter = Meter(told.append)
    meter(0, None, "读取资料")
    meter(40, 200, "读取资料")
    meter(200, 200, "读取资料")
    assert told == ["读取资料…", "读取资料 40/200，每秒 10，还需约 16 秒", "读取资料 200/200，每秒 20"]
    assert [duration(9), duration(150), duration(5400)] == ["9 秒", "2 分", "1.5 小时"]
