"""The rooms of the ground floor together: real files, the shipped model, a question from a cold process."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.build import add, build, remove
from index.library import Library
from index.settings import Settings

COLD_QUESTION = """
import sys
from pathlib import Path
from index.library import Library
from index.normalise import search_form
from index.settings import Settings
with Library.open(Settings(folder=Path(sys.argv[1]))) as library:
    query = search_form("蚌埠的培訓班在哪裡")
    for hit in (library.keyword_hits(query, 1) + library.vector_hits(query, 1)):
        chunk = library.chunk(hit.chunk_id)
        print(library.document(chunk.document_id).file)
print(sorted({"torch", "gradio", "sentence_transformers"} & set(sys.modules)))
"""


def test_the_rooms_together_from_real_files_to_a_cold_question(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "真文件"
    folder.mkdir()
    (folder / "甲市.txt").write_bytes("甲市产改简报\n\n甲市建设产业学院12家，培训职工3000人次。\n".encode("gb18030"))
    (folder / "培训.md").write_text(
        "# 蚌埠市培训班\n\n2023年10月，蚌埠市的专题培训班在市委党校举行。", encoding="utf-8"
    )
    lines = [{"id": f"法{n}", "title": f"第{n}条", "text": f"职工有第{n}项权利，工会应当维护。"} for n in (1, 2)]
    corpus = folder / "法条.jsonl"
    corpus.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (folder / "坏.pdf").write_bytes(b"")

    report = build(settings, [folder])
    assert (report.documents, [Path(path).name for path, _ in report.skipped]) == (4, ["坏.pdf"])
    with Library.open(settings) as library:
        for document in library.documents():
            for chunk in library.chunks_of(document.id):
                assert chunk.start <= chunk.marks[0].start < chunk.marks[-1].end <= chunk.end
                assert document.text[chunk.start : chunk.end].strip()
    command = [sys.executable, "-c", COLD_QUESTION, str(settings.folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert run.stdout.splitlines() == ["培训.md", "培训.md", "[]"], run.stderr

    # One line of the corpus changes: the other record is the same, although the file's checksum is not.
    lines[1]["text"] = "职工有休息的权利。"
    corpus.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    report = add(settings, [folder])
    assert (report.added, report.replaced, report.unchanged) == (0, 1, 3)
    with Library.open(settings) as library:
        digest = hashlib.sha256(corpus.read_bytes()).hexdigest()
        assert [document.sha256 for document in library.documents() if document.record] == [digest, digest]
    assert remove(settings, ["法条.jsonl"]).removed == 2
    assert remove(settings, ["甲市产改简报"]).documents == 1
    with Library.open(settings) as library:
        assert [document.title for document in library.documents()] == ["蚌埠市培训班"]
        assert library.keyword_hits("职工", 5) == []


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(folder=tmp_path / "索引")
