"""Bad input: one clear Chinese line with its remedy, exit code 1, and nothing lost."""

import re
import socket
from pathlib import Path

import pytest

from tests.cli.told import QUESTION, SAMPLE, Command, assert_one_clear_line, generation, titles
from tests.fakes.damage import overwrite

BAD_FILES: dict[str, bytes] = {
    "empty.txt": b"",
    "zero.pdf": b"",
    "blank.md": b" \r\n\t\n",
    "binary.txt": bytes(range(256)) * 40,
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "odd.xyz": b"abc",
    "broken.docx": b"PK\x03\x04 nothing more",
    "broken.pdf": b"%PDF-1.7 nothing more",
    "broken.jsonl": b'{"id": 1}\nno json\n',
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("command", ["build", "add"])
def test_a_file_without_text_leaves_the_index_as_it_was(
    changai: Command, own_index: Path, name: str, command: str
) -> None:
    Path(name).write_bytes(BAD_FILES[name])
    before = titles(changai("list", "--json", "--index", own_index))
    assert_one_clear_line(changai(command, name, "--index", own_index), name, "索引没有改动")
    assert titles(changai("list", "--json", "--index", own_index)) == before


def test_an_error_about_many_files_counts_them(changai: Command) -> None:
    for name, data in BAD_FILES.items():
        Path("bad").mkdir(exist_ok=True)
        Path("bad", name).write_bytes(data)
    told = changai("build", "bad")
    assert_one_clear_line(told, "等 10 处")
    assert "。）" not in told.last


@pytest.mark.parametrize("command", ["build", "add"])
def test_a_missing_folder_is_named(changai: Command, own_index: Path, command: str) -> None:
    before = titles(changai("list", "--json", "--index", own_index))
    assert_one_clear_line(changai(command, SAMPLE, "nowhere", "--index", own_index), "nowhere", "不存在")
    assert titles(changai("list", "--json", "--index", own_index)) == before


def test_an_empty_folder_is_told(changai: Command) -> None:
    Path("nothing").mkdir()
    assert_one_clear_line(changai("build", "nothing"), "没有找到任何文件")


READING: dict[str, list[str]] = {
    "list": ["list"],
    "search": ["search", "词"],
    "ask": ["ask", QUESTION],
    "matrix": ["matrix"],
    "remove": ["remove", "baiyin.md"],
    "serve": ["serve", "--port", "0"],
    "eval": ["eval", "run"],
}


@pytest.mark.parametrize("command", READING)
def test_an_index_that_was_never_built(changai: Command, command: str) -> None:
    assert_one_clear_line(changai(*READING[command]), ".changai", "changai build")
    assert not Path(".changai").exists()


def test_an_index_folder_that_is_a_file(changai: Command) -> None:
    Path("taken").write_text("mine", encoding="utf-8")
    assert_one_clear_line(changai("ask", QUESTION, "--index", "taken"), "taken")
    assert_one_clear_line(changai("build", SAMPLE, "--index", "taken"), "taken", "--index")
    assert Path("taken").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("command", [*READING, "add"])
def test_a_damaged_store(changai: Command, own_index: Path, command: str) -> None:
    for store in (generation(own_index) / "parts" / "000001" / "store.sqlite", *(own_index / "backup").iterdir()):
        overwrite(store, b"garbage" * 1000)
    words = READING.get(command, ["add", str(SAMPLE / "wuhu.md")])
    assert_one_clear_line(changai(*words, "--index", own_index), "store.sqlite", "changai build")


def break_manifest(own_index: Path, data: bytes) -> None:
    overwrite(generation(own_index) / "manifest.json", data)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe{{{", b"[]", b"{}", b'{"schema": 2, "files": [1]}', b'{"schema": 2, "files": {}}', b"[" * 9999],
)
def test_a_damaged_manifest(changai: Command, own_index: Path, data: bytes) -> None:
    break_manifest(own_index, data)
    told = changai("ask", QUESTION, "--index", own_index)
    assert_one_clear_line(told, "manifest.json", "changai build")
    assert not re.search("codec|indices|attribute|argument|Expecting", told.last)


@pytest.mark.parametrize("text", ["", "x", "99", "\ufeff1"])
def test_a_damaged_pointer(changai: Command, own_index: Path, text: str) -> None:
    (own_index / "CURRENT").write_text(text, encoding="utf-8")
    assert_one_clear_line(changai("list", "--index", own_index), "CURRENT", "changai build")


def test_a_damaged_index_can_be_built_anew(changai: Command, own_index: Path) -> None:
    for store in (generation(own_index) / "parts" / "000001" / "store.sqlite", *(own_index / "backup").iterdir()):
        overwrite(store, b"")
    assert changai("build", SAMPLE / "baiyin.md", "--index", own_index).code == 0
    assert len(titles(changai("list", "--json", "--index", own_index))) == 1


@pytest.mark.parametrize("part", ["parts/000001/vectors.faiss", "parts/000001/vectors.json", "keywords"])
def test_damaged_derived_files_mend_themselves(changai: Command, own_index: Path, part: str) -> None:
    path = generation(own_index) / part
    for each in path.iterdir() if path.is_dir() else [path]:
        overwrite(each, b"junk")
    told = changai("ask", "--json", QUESTION, "--index", own_index)
    [answer] = told.objects
    assert told.code == 0 and "24" in answer["answer"]
    assert told.err.count("\n") == 1 and part in told.err and "重新生成" in told.err
    assert changai("ask", "--json", QUESTION, "--index", own_index).err == ""


def test_doctor_fails_with_a_line_and_goes_on(changai: Command) -> None:
    told = changai("doctor")
    assert told.code == 1 and told.last.startswith("错误：1 项") and "请" in told.last
    assert [line.split()[0] for line in told.out.splitlines()] == ["有问题", "正常", "正常", "正常"]


def test_a_port_in_use(changai: Command, sample_index: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert_one_clear_line(changai("serve", "--port", port, "--index", sample_index), str(port), "--port")


def test_a_document_that_is_not_there(changai: Command, own_index: Path) -> None:
    before = titles(changai("list", "--json", "--index", own_index))
    assert_one_clear_line(changai("remove", "baiyin.md", "zzz", "--index", own_index), "zzz", "changai list")
    assert titles(changai("list", "--json", "--index", own_index)) == before


def test_a_model_that_cannot_be_had(changai: Command, own_index: Path) -> None:
    Path("model").mkdir()
    Path("model", "modules.json").write_text('[{"type": "StaticEmbedding", "path": ""}]', encoding="utf-8")
    told = changai("build", SAMPLE, "--embedder", "model", "--index", own_index)
    assert_one_clear_line(told, "model")
    assert changai("list", "--index", own_index).code == 0


def test_a_question_set_that_is_not_there(changai: Command, sample_index: Path) -> None:
    assert_one_clear_line(changai("eval", "run", "--dataset", "nowhere", "--index", sample_index), "nowhere")
