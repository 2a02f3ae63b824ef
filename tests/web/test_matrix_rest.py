"""REST over the matrix, on a fake source: the contract's cells, filters, files, the page's own two, and corrections."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import load_workbook
from starlette.applications import Starlette
from starlette.testclient import TestClient

from index.errors import IndexDamagedError
from index.measures.corrections import quote_digest
from tests.web.matrix_fake import CELLS, PAYLOAD, FakeMatrix, moved
from web.conversation import TROUBLE
from web.matrix.rest import routes

HERE = {"origin": "http://testserver"}


@pytest.fixture
def source() -> FakeMatrix:
    return FakeMatrix()


@pytest.fixture
def client(source: FakeMatrix) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes(source))) as client:
        yield client


def told(client: TestClient, query: str) -> list[tuple[str, str]]:
    reply = client.get(f"/api/matrix{query}")
    assert reply.status_code == 200, reply.text
    return [(cell["place"], cell["measure"]) for cell in reply.json()]


def test_cells_follow_the_contract(client: TestClient) -> None:
    cell = client.get("/api/matrix").json()[0]
    assert (cell["place"], cell["province"], cell["measure"], cell["aspect"]) == (
        "常州市",
        "江苏省",
        "产业学院",
        "技能形成",
    )
    assert (cell["state"], cell["figure"], cell["unit"], cell["year"]) == ("adopted", "13", "家", "2023")
    evidence = cell["evidence"][0]
    assert set(evidence) >= {"document_id", "file", "quote", "start", "end", "modality"}
    assert evidence["end"] - evidence["start"] == len(evidence["quote"])


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("?place=苏州", [("苏州市", "产业学院"), ("苏州市", "职工宿舍")]),
        ("?place=盐城市", [("大丰区", "产业学院")]),
        ("?aspect=互联网", [("无锡市", "网上工会")]),
        ("?state=uncertain", [("苏州市", "职工宿舍")]),
        ("?level=enterprise", [("常州市", "名师带徒")]),
        ("?until=2021", [("苏州市", "产业学院"), ("苏州市", "职工宿舍")]),
        ("?q=常州 师带徒", [("常州市", "名师带徒"), ("常州市", "名师带徒")]),
        ("?q=江苏 宿舍", [("苏州市", "职工宿舍")]),
        ("?q=没有的", []),
        ("?place=", [(cell.place, cell.measure) for cell in CELLS]),
    ],
)
def test_filters(client: TestClient, query: str, wanted: list[tuple[str, str]]) -> None:
    assert told(client, query) == wanted


def test_a_measure_is_asked_by_its_name(client: TestClient) -> None:
    # The names that REST understands are those of the process's taxonomy.
    assert [place for place, _ in told(client, "?measure=产业学院")] == ["常州市", "苏州市", "大丰区"]


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("?top=3", "不认识的条件 top"),
        ("?since=21", "since 应为四位数字"),
        ("?since=２０２１", "since 应为四位数字"),
        ("?aspect=别的", "aspect 应为"),
        ("?level=乡", "level 应为"),
        ("?state=yes", "state 应为"),
        ("?measure=不存在的举措", "没有名为「不存在的举措」的举措"),
        ("?place=" + "长" * 101, "place 有 101 字"),
    ],
)
@pytest.mark.parametrize("form", ["", ".csv", ".xlsx"])
def test_a_wrong_condition_gets_one_chinese_line(client: TestClient, query: str, line: str, form: str) -> None:
    reply = client.get(f"/api/matrix{form}{query}")
    assert reply.status_code == 422
    assert line in reply.json()["error"] and "\n" not in reply.json()["error"]


def test_csv_opens_in_a_table_program_and_computes_nothing(client: TestClient, source: FakeMatrix) -> None:
    moved(source, "=1+1")
    reply = client.get("/api/matrix.csv?place=常州市")
    assert reply.content.startswith(b"\xef\xbb\xbf")
    assert "filename*=UTF-8''%E4%B8%BE%E6%8E%AA" in reply.headers["content-disposition"]
    head, first, *_ = csv.reader(io.StringIO(reply.content.decode("utf-8-sig")))
    assert dict(zip(head, first, strict=True))["原文依据"] == "'=1+1"
    assert dict(zip(head, first, strict=True))["数字"] == "13"


def test_xlsx_holds_the_cells_and_all_evidence(client: TestClient) -> None:
    reply = client.get("/api/matrix.xlsx?measure=产业学院")
    assert reply.headers["content-type"].endswith("spreadsheetml.sheet")
    book = load_workbook(io.BytesIO(reply.content))
    assert book["矩阵"].max_row == 1 + 3
    # The copy is listed beside what it repeats.
    assert book["证据"].max_row == 1 + 4


def test_the_grid_is_the_whole_matrix_by_position(client: TestClient) -> None:
    grid = client.get("/api/matrix/grid").json()
    assert (grid["documents"], grid["cities"]) == (42, 7)
    places = [place[0] for place in grid["places"]]
    # Of one province in the gazetteer's order, the county under its city.
    assert places == ["无锡市", "常州市", "苏州市", "大丰区"]
    assert grid["places"][3] == ["大丰区", "江苏省", "county", "盐城市"]
    measures = [measure[0] for measure in grid["measures"]]
    row = grid["cells"][0]
    assert (places[row[0]], measures[row[1]]) == ("常州市", "产业学院")
    # One document counts; the copy does not.
    assert row[2:] == [1, 1, "13", "家", "2023", "2023", 2, ""]
    assert [row[2] for row in grid["cells"] if measures[row[1]] == "职工宿舍"] == [0]


def test_long_replies_are_packed_where_the_browser_takes_it(client: TestClient) -> None:
    with client.stream("GET", "/api/matrix", headers={"accept-encoding": "gzip"}) as reply:
        raw = b"".join(reply.iter_raw())
    assert reply.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(raw)) == client.get("/api/matrix", headers={"accept-encoding": ""}).json()


def square(client: TestClient, place: str, measure: str) -> dict[str, Any]:
    shown: dict[str, Any] = client.get("/api/matrix/square", params={"place": place, "measure": measure}).json()
    return shown


def test_a_square_shows_the_quote_in_its_context_with_its_copies(client: TestClient) -> None:
    (cell,) = square(client, "常州市", "产业学院")["cells"]
    (piece,) = cell["evidence"]
    assert piece["before"].endswith("这几年变化不小。") and "#" not in piece["before"]
    assert piece["quote"] == "截至2023年底，全市建成产业学院13家，"
    assert piece["after"].startswith("受益职工很多。")
    assert (piece["modality_name"], piece["date"], piece["figure"]) == ("已实施", "2023年5月1日", "13家")
    assert [copy["title"] for copy in piece["copies"]] == ["转载：常州的产改"]


def test_a_square_keeps_the_enterprise_apart(client: TestClient) -> None:
    cells = square(client, "常州市", "名师带徒")["cells"]
    assert [(cell["enterprise"], cell["figure"]) for cell in cells] == [(False, "300"), (True, "20")]


def test_a_square_without_evidence_is_empty(client: TestClient) -> None:
    assert square(client, "常州市", "职工宿舍")["cells"] == []
    assert client.get("/api/matrix/square?place=%ed%a0%80%00&measure=%ff").json()["cells"] == []


def test_a_square_outlives_its_document(client: TestClient, source: FakeMatrix) -> None:
    source.pages.clear()
    piece = square(client, "大丰区", "产业学院")["cells"][0]["evidence"][0]
    assert (piece["before"], piece["after"], piece["spun"], piece["date"]) == ("", "", True, "日期不详")


def body(client: TestClient, **more: Any) -> dict[str, Any]:
    cell = square(client, "常州市", "产业学院")["cells"][0]
    given = {"place": "常州市", "measure": "产业学院", "action": "confirm", "reason": "看过", "digest": cell["digest"]}
    return given | more


def test_a_correction_is_kept_and_shown(client: TestClient, source: FakeMatrix) -> None:
    wanted = body(client, action="amend", figure="14", reason=" 年报写\n14家 ")
    assert client.post("/api/matrix/corrections", json=wanted, headers=HERE).json() == {"kept": True}
    (kept,) = source.kept
    assert (kept.place, kept.action, kept.reason, kept.figure, kept.level) == (
        "常州市",
        "amend",
        "年报写 14家",
        "14",
        "city",
    )
    cell = square(client, "常州市", "产业学院")["cells"][0]
    assert (cell["figure"], cell["correction"], cell["reason"]) == ("14", "已更正", "年报写 14家")
    assert client.get("/api/matrix/grid").json()["cells"][0][-1] == "amend"
    assert client.get("/api/matrix?place=常州市").json()[0]["correction"]["action"] == "amend"


def test_a_correction_of_an_enterprise_is_not_the_citys(client: TestClient, source: FakeMatrix) -> None:
    shown = square(client, "常州市", "名师带徒")["cells"][1]
    wanted = body(client, measure="名师带徒", action="reject", digest=shown["digest"], enterprise=True)
    assert client.post("/api/matrix/corrections", json=wanted, headers=HERE).status_code == 200
    assert source.kept[0].level == "enterprise"
    assert [cell["correction"] for cell in square(client, "常州市", "名师带徒")["cells"]] == ["", "已否定"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://[evil"}, 403),
        ({"origin": "http://testserver", "sec-fetch-site": "cross-site"}, 403),
        ({"origin": "http://testserver", "sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"origin": "http://testserver", "content-type": "text/plain"}, 415),
        ({"origin": "HTTP://TESTSERVER", "content-type": "application/json; charset=utf-8"}, 200),
    ],
)
def test_only_the_sites_own_page_may_correct(
    client: TestClient, source: FakeMatrix, headers: dict[str, str], status: int
) -> None:
    sent = {"content-type": "application/json"} | headers
    reply = client.post("/api/matrix/corrections", content=json.dumps(body(client)), headers=sent)
    assert reply.status_code == status
    assert len(source.kept) == (status == 200)


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"action": "delete"}, "action 应为"),
        ({"reason": "  "}, "请写明理由"),
        ({"reason": "长" * 501}, "reason 有 501 字"),
        ({"reason": 3}, "reason 应是文字"),
        ({"action": "amend"}, "更正要写出"),
        ({"figure": "3"}, "更正要写出"),
        ({"action": "amend", "year": "去年"}, "year 应为四位数字"),
        ({"action": "amend", "state": "maybe"}, "state 应为"),
        ({"digest": quote_digest("别的话")}, "刚刚变了"),
        ({"place": "火星市"}, "刚刚变了"),
        ({"more": ""}, "字段是"),
    ],
)
def test_a_wrong_correction_gets_one_chinese_line(
    client: TestClient, source: FakeMatrix, more: dict[str, Any], line: str
) -> None:
    reply = client.post("/api/matrix/corrections", json=body(client) | more, headers=HERE)
    assert reply.status_code == 422
    assert line in reply.json()["error"] and "\n" not in reply.json()["error"]
    assert not source.kept


@pytest.mark.parametrize("raw", [b"", b"{", b"[" * 100_000, b"[]", b"\xff"])
def test_a_body_that_is_no_object_is_told(client: TestClient, raw: bytes) -> None:
    reply = client.post("/api/matrix/corrections", content=raw, headers=HERE | {"content-type": "application/json"})
    assert reply.status_code == 422


def test_a_correction_that_the_disk_refuses_is_told(client: TestClient, source: FakeMatrix) -> None:
    source.full = True
    reply = client.post("/api/matrix/corrections", json=body(client), headers=HERE)
    assert (reply.status_code, reply.json()) == (500, {"error": "这条更正没能存下来，请告诉管理员。"})


class Failing(FakeMatrix):
    def __init__(self, failure: Exception) -> None:
        super().__init__()
        self.failure = failure

    def cells(self) -> Any:
        raise self.failure


@pytest.mark.parametrize(
    ("failure", "line"),
    [(IndexDamagedError("索引已损坏，请重建。"), "索引已损坏，请重建。"), (RuntimeError("secret"), TROUBLE)],
)
@pytest.mark.parametrize("path", ["", ".csv", ".xlsx", "/grid", "/square"])
def test_a_failure_inside_is_one_chinese_line(failure: Exception, line: str, path: str) -> None:
    with TestClient(Starlette(routes=routes(Failing(failure)))) as client:
        reply = client.get(f"/api/matrix{path}")
    assert (reply.status_code, reply.json()) == (500, {"error": line})


def test_hostile_text_comes_through_verbatim(client: TestClient) -> None:
    piece = square(client, "无锡市", "网上工会")["cells"][0]["evidence"][0]
    assert piece["quote"] == f"无锡市办了网上工会{PAYLOAD}"
    assert piece["title"] == f"坏标题{PAYLOAD}"
