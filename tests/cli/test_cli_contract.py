"""What scripts rely on: the forms of the results, where they go, their order, and the exit codes."""

import json
import re
from pathlib import Path

import pytest

from index.library import Library
from tests.cli.told import ROOT, SAMPLE, Command, titles

QUESTION = "白银市有多少个院士专家工作站？"
NOWHERE = "月球基地的氧气站归谁维修？"
ANSWER_FIELDS = {
    *("question", "standalone", "kind", "answer", "refused", "reason", "confidence", "raw_text", "unanswered"),
    *("citations", "table", "timings_ms"),
}
CITATION_FIELDS = {
    *("number", "document_id", "title", "source", "published", "places", "quote", "start", "end", "marks", "file"),
    *("context", "quality", "verdict"),
}


def batch_file(folder: Path, *rows: object) -> Path:
    path = folder / "batch.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_an_answer_is_one_line_of_json_in_the_documented_form(changai: Command, sample_index: Path) -> None:
    told = changai("ask", "--json", QUESTION, "--index", sample_index)
    assert (told.code, told.err) == (0, "")
    [answer] = told.objects
    assert answer.keys() >= ANSWER_FIELDS
    assert answer["citations"][0].keys() >= CITATION_FIELDS
    assert (answer["question"], answer["kind"], answer["refused"], answer["reason"]) == (
        QUESTION,
        "figure",
        False,
        None,
    )
    assert "24" in answer["answer"]
    assert answer["citations"][0]["places"] == ["白银市"]


def test_every_citation_of_many_answers_can_be_checked_against_the_index(
    changai: Command, sample_index: Path, library: Library
) -> None:
    gold = (ROOT / "eval" / "data" / "sample_dev.jsonl").read_text(encoding="utf-8").splitlines()[::3]
    path = batch_file(Path.cwd(), *[{key: json.loads(line)[key] for key in ("id", "question")} for line in gold])
    answers = changai("ask", "--json", "--batch", path, "--index", sample_index).objects
    assert [answer["id"] for answer in answers] == [json.loads(line)["id"] for line in gold]
    assert sum(not answer["refused"] for answer in answers) > len(answers) / 2
    for answer in answers:
        assert answer["refused"] == (answer["reason"] is not None)
        assert answer["answer"] and 0 <= answer["confidence"] <= 1
        assert bool(answer["citations"]) != answer["refused"]
        numbers = [citation["number"] for citation in answer["citations"]]
        assert numbers == list(range(1, len(numbers) + 1))
        # The answer tells the first rows of a long table; every row carries its mark.
        rows = [cell for row in answer["table"]["rows"] for cell in row] if answer["table"] else []
        assert {int(mark) for mark in re.findall(r"【(\d+)】", "".join([answer["answer"], *rows]))} == set(numbers)
        for citation in answer["citations"]:
            text = library.document(citation["document_id"]).text
            assert citation["quote"] and text[citation["start"] : citation["end"]] == citation["quote"]
            assert all(citation["start"] <= start < end <= citation["end"] for start, end in citation["marks"])
            assert citation["title"].strip() and citation["marks"] and citation["verdict"] == "supported"
            assert citation["published"] is None or re.fullmatch(r"\d{4}-\d\d-\d\d", citation["published"])
            assert "/" not in citation["file"]
            for context in citation["context"]:
                # Metadata that does not stand in the text has no offsets.
                assert context["end"] == 0 or text[context["start"] : context["end"]] == context["text"]


def test_offsets_count_code_points(changai: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("🚀🚀产业工人队伍建设改革在白银市\n\n白银市建成24个院士专家工作站。\n", encoding="utf-8")
    assert changai("build", page, "--index", tmp_path / "i").code == 0
    [answer] = changai("ask", "--json", QUESTION, "--index", tmp_path / "i").objects
    [citation] = answer["citations"]
    assert page.read_text(encoding="utf-8")[citation["start"] : citation["end"]] == citation["quote"]
    assert "24" in citation["quote"]


def test_a_refusal_is_no_error(changai: Command, sample_index: Path) -> None:
    told = changai("ask", "--json", NOWHERE, "--index", sample_index)
    [answer] = told.objects
    assert (told.code, answer["refused"], answer["citations"]) == (0, True, [])
    assert "资料" in answer["answer"] and answer["reason"] in {"no_content", "off_topic"}


def test_a_person_sees_the_answer_with_quote_source_and_date(changai: Command, sample_index: Path) -> None:
    told = changai("ask", QUESTION, "--index", sample_index)
    assert told.code == 0
    assert "24" in told.out and "【1】" in told.out and "「" in told.out and "2021-10-22" in told.out


def test_a_history_of_user_turns_completes_a_question(changai: Command, sample_index: Path) -> None:
    history = Path("history.json")
    history.write_text(
        "\ufeff" + json.dumps([{"role": "user", "content": "常州市有多少家产业学院？"}], ensure_ascii=False), "utf-8"
    )
    [answer] = changai("ask", "--json", "那盐城呢？", "--history", history, "--index", sample_index).objects
    assert (answer["question"], answer["standalone"]) == ("那盐城呢？", "盐城有多少家产业学院？")


def test_a_place_beside_the_question_guards_the_citations(changai: Command, sample_index: Path) -> None:
    question = "建成多少个院士专家工作站？"
    [here] = changai("ask", "--json", question, "--place", "白银市", "--index", sample_index).objects
    assert "24" in here["answer"]
    [there] = changai("ask", "--json", question, "--place", "常州市", "--index", sample_index).objects
    assert all("常州市" in citation["places"] for citation in there["citations"])


def test_a_batch_keeps_its_order_and_goes_on_after_bad_lines(changai: Command, sample_index: Path) -> None:
    path = batch_file(
        Path.cwd(),
        {"id": "a", "question": QUESTION},
        "not json",
        "",
        {"id": 7, "question": "那盐城呢？", "history": [{"role": "user", "content": "常州市有多少家产业学院？"}]},
        {"id": "no question"},
        {"id": "blank", "question": " \u3000"},
        {"id": "number", "question": 5},
        {"id": "bad turn", "question": QUESTION, "history": [{"role": "user"}]},
        [1, 2],
        '{"id": "deep", "question": ' + "[" * 100_000,
        {"question": QUESTION + "\u2028"},
        '{"id": "half \\ud800", "question": "白银市\\ud800有多少个院士专家工作站\\u0000？"}',
        {"id": "z", "question": NOWHERE},
    )
    told = changai("ask", "--json", "--batch", path, "--index", sample_index)
    names = ["a", "2", 7, "no question", "blank", "number", "bad turn", "9", "10", "11", "half \ufffd", "z"]
    assert [row["id"] for row in told.objects] == names
    failed = [row["id"] for row in told.objects if "error" in row]
    assert failed == ["2", "no question", "blank", "number", "bad turn", "9", "10"]
    assert all(row.keys() == {"id", "error"} for row in told.objects if "error" in row)
    assert told.code == 1 and told.last.startswith("错误：7 行")
    assert told.objects[2]["standalone"] == "盐城有多少家产业学院？"
    assert "24" in told.objects[-2]["answer"]


def test_a_sound_batch_exits_0(changai: Command, sample_index: Path) -> None:
    path = batch_file(Path.cwd(), {"id": "a", "question": NOWHERE}, {"id": "b", "question": QUESTION})
    told = changai("ask", "--json", "--batch", path, "--index", sample_index)
    assert (told.code, told.err, [row["refused"] for row in told.objects]) == (0, "", [True, False])


def test_a_batch_takes_the_history_for_lines_without_one(changai: Command, sample_index: Path) -> None:
    Path("h.json").write_text(json.dumps([{"role": "user", "content": "常州市有多少家产业学院？"}]), "utf-8")
    path = batch_file(
        Path.cwd(), {"id": 1, "question": "那盐城呢？"}, {"id": 2, "question": "那盐城呢？", "history": []}
    )
    told = changai("ask", "--json", "--batch", path, "--history", "h.json", "--index", sample_index)
    assert [row["standalone"] for row in told.objects] == ["盐城有多少家产业学院？", "那盐城呢？"]


def test_search_ranks_documents_each_by_its_best_passage(
    changai: Command, sample_index: Path, library: Library
) -> None:
    [hits] = changai("search", "--json", "产业工人", "--top", 30, "--index", sample_index).objects
    assert [hit["rank"] for hit in hits] == list(range(1, 31))
    assert len({hit["document_id"] for hit in hits}) == 30
    assert sorted((hit["score"] for hit in hits), reverse=True) == [hit["score"] for hit in hits]
    for hit in hits:
        assert hit.keys() >= {"rank", "score", "document_id", "record", "file", "title", "start", "end", "text"}
        assert library.document(hit["document_id"]).text[hit["start"] : hit["end"]] == hit["text"]
    [ten] = changai("search", "--json", "产业工人", "--index", sample_index).objects
    assert len(ten) == 10


def test_search_never_refuses_nor_merges_and_knows_records(changai: Command, tmp_path: Path) -> None:
    rows = [{"id": f"r{number}", "title": "", "text": "白银市建成24个院士专家工作站。"} for number in range(3)]
    corpus = batch_file(tmp_path, *rows, {"id": "other", "text": "第一行\n第二行", "date": "2023-02-30"})
    assert changai("build", corpus, "--index", "i").code == 0
    path = batch_file(Path.cwd(), {"id": "x", "question": QUESTION}, {"id": "y", "question": NOWHERE})
    found, refusable = changai("search", "--json", "--batch", path, "--top", 2, "--index", "i").objects
    assert (found["id"], refusable["id"]) == ("x", "y")
    records = [hit["record"] for hit in found["hits"]]
    assert len(set(records)) == 2 and set(records) <= {"r0", "r1", "r2"}
    [documents] = changai("list", "--json", "--index", "i").objects
    assert [document["title"] for document in documents][3] == "第一行"
    assert all(document["title"] and document["published"] is None for document in documents)


def test_list_tells_each_document(changai: Command, sample_index: Path) -> None:
    told = changai("list", "--json", "--index", sample_index)
    [documents] = told.objects
    assert len(documents) == len(list(SAMPLE.glob("*.md"))) and told.err == ""
    assert all(document["title"] and len(document["sha256"]) == 64 for document in documents)
    assert len(changai("list", "--index", sample_index).out.splitlines()) == len(documents)


def test_matrix_cells_carry_verbatim_evidence(changai: Command, sample_index: Path, library: Library) -> None:
    [cells] = changai("matrix", "--json", "--place", "白银", "--index", sample_index).objects
    assert cells
    for cell in cells:
        fields = {"place", "province", "measure", "aspect", "state", "figure", "unit", "year", "evidence"}
        assert cell.keys() >= fields and cell["place"] == "白银市" and cell["state"] in {"adopted", "uncertain"}
        for each in cell["evidence"]:
            assert library.document(each["document_id"]).text[each["start"] : each["end"]] == each["quote"]
    assert changai("matrix", "--json", "--place", "没有这地方", "--index", sample_index).objects == [[]]


def test_build_replaces_add_merges_and_remove_takes_out(changai: Command) -> None:
    assert changai("build", SAMPLE / "baiyin.md", SAMPLE / "wuhu.md").code == 0
    assert Path(".changai", "CURRENT").exists()
    before = titles(changai("list", "--json"))
    assert len(before) == 2
    added = changai("add", SAMPLE / "wuxi.md", SAMPLE / "baiyin.md")
    assert added.out == "" and "新增 1，更新 0，未变 1" in added.last
    merged = titles(changai("list", "--json"))
    assert merged > before and len(merged) == 3
    assert changai("remove", "baiyin.md").code == 0
    assert len(titles(changai("list", "--json"))) == 2
    [answer] = changai("ask", "--json", QUESTION).objects
    assert answer["refused"]
    assert changai("build", SAMPLE / "wuxi.md").code == 0
    assert titles(changai("list", "--json")) == merged - before


def test_the_environment_names_the_index_and_the_option_wins(
    changai: Command, sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHANGAI_INDEX", str(sample_index))
    assert changai("list").code == 0
    assert changai("list", "--index", "elsewhere").code == 1


def test_unreadable_files_are_named_and_skipped(changai: Command) -> None:
    folder = Path("mixed")
    folder.mkdir()
    (folder / "good.txt").write_bytes((SAMPLE / "baiyin.md").read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "gone.txt").symlink_to("nowhere")
    told = changai("build", folder)
    assert told.code == 0 and told.out == ""
    assert all(name in told.err for name in ("empty.txt", "binary.txt", "gone.txt")) and "跳过 3" in told.last


def test_doctor_finds_a_sound_index_sound(changai: Command, sample_index: Path) -> None:
    told = changai("doctor", "--index", sample_index)
    assert told.code == 0 and told.err == ""
    assert told.out.splitlines() and all(line.startswith("正常") for line in told.out.splitlines())


def test_what_steers_a_terminal_is_shown_not_obeyed(changai: Command) -> None:
    row = {"id": "evil", "title": "\x1b]0;白银\x07", "text": "白银市建成24个院士专家工作站\x1b[31m。产业工人。"}
    assert changai("build", batch_file(Path.cwd(), row)).code == 0
    for words in (["list"], ["search", QUESTION], ["ask", QUESTION]):
        told = changai(*words)
        assert told.out and "\x1b" not in told.out and "\x07" not in told.out
