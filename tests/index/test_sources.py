import hashlib
import io
import json
import os
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import EmptySourceError, MissingPathError, SourceError, UnknownFormatError
from index.sources.corpus import DamagedLine, Record, read_corpus
from index.sources.dates import iso_date
from index.sources.encoding import decode
from index.sources.plain import read_plain
from index.sources.read import Skipped, read_paths
from index.types import Document
from tests.index.pages import REPORT, TRADITIONAL


def one(path: Path) -> Document:
    (document,) = read_paths([path])
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_simplified_text_is_read_in_every_encoding(encoding: str) -> None:
    assert decode(REPORT.encode(encoding), "甲.txt") == REPORT


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "big5hkscs", "gb18030", "utf-16"])
def test_traditional_text_is_read_in_every_encoding(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding), "乙.txt") == TRADITIONAL


@pytest.mark.parametrize("text", ["产业工人", "工会主席说", "甲市总工会"])
def test_a_title_alone_is_enough_to_tell_gb18030(text: str) -> None:
    assert decode(text.encode("gb18030"), "短.txt") == text


@given(st.integers(0, len(TRADITIONAL) - 12))
def test_any_window_of_a_big5_text_is_not_taken_for_gb18030(start: int) -> None:
    window = TRADITIONAL[start : start + 12]
    assert decode(window.encode("big5"), "丙.txt") == window


def test_line_ends_stay_untouched() -> None:
    text = "第一行\r\n第二行\n第三行\r最后一行\r\n"
    assert read_plain(b"\xef\xbb\xbf" + text.encode(), "行.txt").text == text


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t", "\u3000\u3000\n".encode()])
def test_a_file_without_text_is_empty(data: bytes) -> None:
    with pytest.raises(EmptySourceError, match="空"):
        decode(data, "空.txt")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n...",
        b"PK\x03\x04" + bytes(range(256)),
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        bytes(range(256)) * 20,
        b"\x7fELF\x02\x01\x01" + bytes(100),
    ],
)
def test_a_binary_renamed_to_txt_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(UnknownFormatError, match=r"伪装\.txt"):
        decode(data, "伪装.txt")


@settings(max_examples=400)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=120).map(lambda text: text.encode("utf-16"))))
def test_arbitrary_bytes_give_text_or_a_source_error(data: bytes) -> None:
    try:
        page = read_plain(data, "任意.txt")
    except SourceError as error:
        assert "任意.txt" in str(error)
    else:
        assert page.text.strip()


BRIEF = """---
title: 甲市产改要点
place: 某省甲市
level: 市
based_on:
  - title: 甲市的工匠: 一年
    publisher: 甲市日报
    date: 2023-05-01
  - title: 补贴办法
    publisher: 乙报
---
# 甲市产改要点

## 培训

甲市办了三十二个工种的培训班，参加的工人超过一千二百名，比上一年多了三成。
"""


def test_a_brief_takes_everything_from_its_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "brief.md"
    path.write_text(BRIEF, encoding="utf-8")
    document = one(path)
    assert document.text == BRIEF
    assert document.title == "甲市产改要点"
    assert document.source == "甲市日报《甲市的工匠: 一年》；乙报《补贴办法》"
    assert document.published == "2023-05-01"
    assert document.card == "据《甲市的工匠: 一年》（甲市日报，2023-05-01）等整理，非原文"
    first = document.noise[0]
    assert (document.text[first.start : first.end], first.reason) == (BRIEF[: BRIEF.index("# 甲")], "文件头信息")
    assert [(heading.level, heading.text) for heading in document.headings] == [(1, "甲市产改要点"), (2, "培训")]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    text = "---\n\n一段没有字段的话。\n\n---\n后面的话。\n"
    assert read_plain(text.encode(), "a.md").noise == ()


def test_front_matter_without_text_is_empty() -> None:
    with pytest.raises(EmptySourceError):
        read_plain(b"---\ntitle: x\n---\n", "a.md")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("来源：甲报 2021-10-22 10:17", "2021-10-22"),
        ("2024年4月1日", "2024-04-01"),
        ("2024 年 04 月 01 日", "2024-04-01"),
        ("2022/11/9", "2022-11-09"),
        ("20250424", "2025-04-24"),
        ("2023.02.30 2023.03.01", "2023-03-01"),
        ("没有日期，电话 02012345678", None),
        ("13:45", None),
    ],
)
def test_dates_become_iso(written: str, iso: str | None) -> None:
    assert iso_date(written) == iso


def test_a_corpus_gives_a_document_a_line_and_names_the_damaged_ones(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    good = {"id": 7, "title": "甲市办班", "text": REPORT, "date": "20240501", "source": "甲报"}
    lines = [
        json.dumps(good, ensure_ascii=False),
        '{"id": "8", "te',
        "[]",
        '{"id": "9"}',
        "",
        json.dumps({**good, "id": "10"}),
    ]
    path.write_text("\n".join([*lines, lines[0]]), encoding="utf-8")
    read = list(read_paths([path]))
    documents = [item for item in read if isinstance(item, Document)]
    skipped = [item.reason for item in read if isinstance(item, Skipped)]
    assert [(document.record, document.file) for document in documents] == [("7", "news.jsonl"), ("10", "news.jsonl")]
    first = documents[0]
    assert (first.title, first.published, first.source) == ("甲市办班", "2024-05-01", "甲报")
    assert first.origin == f"{path.resolve()}#7"
    assert first.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [reason.split("行")[0] for reason in skipped] == ["第 2 ", "第 3 ", "第 4 ", "第 7 "]
    assert "重复" in skipped[-1]


def test_a_lone_surrogate_in_a_corpus_cannot_reach_the_store() -> None:
    (record,) = read_corpus(b'{"id": "1", "text": "\\ud800\xe7\x94\xb2\xe5\xb8\x82"}', "a.jsonl")
    assert isinstance(record, Record)
    record.page.text.encode("utf-8")


def test_a_deeply_nested_line_is_damaged_not_fatal() -> None:
    (line,) = read_corpus(b"[" * 200_000, "a.jsonl")
    assert isinstance(line, DamagedLine)


def test_folders_are_walked_in_order_and_the_rest_is_named(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/二.txt", "a.txt", ".hidden.txt", ".git/x.txt", "~$锁.docx"):
        (tmp_path / name).write_text(REPORT + name, encoding="utf-8")
    (tmp_path / "表.xyz").write_bytes(b"1")
    (tmp_path / "空.pdf").write_bytes(b"")
    read = list(read_paths([tmp_path, tmp_path / "a.txt"]))
    assert [item.file for item in read if isinstance(item, Document)] == ["a.txt", "二.txt"]
    reasons = {item.path.name: item.reason for item in read if isinstance(item, Skipped)}
    assert set(reasons) == {"表.xyz", "空.pdf"}
    assert "格式不支持" in reasons["表.xyz"]
    assert "0 字节" in reasons["空.pdf"]


def test_a_missing_path_stops_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(MissingPathError, match="没有这个"):
        read_paths([tmp_path, tmp_path / "没有这个"])


@pytest.mark.skipif(os.name != "posix", reason="named pipes are a matter of POSIX systems")
def test_a_pipe_is_skipped_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    (item,) = read_paths([tmp_path])
    assert isinstance(item, Skipped)


def test_ids_follow_the_origin(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(REPORT, encoding="utf-8")
    first, second = read_paths([tmp_path])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.id != second.id
    assert len(first.id) == 16
    assert one(tmp_path / "a.txt").id == first.id


def packed(**files: bytes) -> bytes:
    """A zip of these files, by name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return made.getvalue()


def test_containers_lie_in_containers(tmp_path: Path) -> None:
    note = "甲市的通知\n\n甲市给每名焊工发了300元补贴，钱从工会经费里出。\n".encode()
    lines = json.dumps({"id": "r1", "title": "乙市", "text": "乙市办了3所学堂。"}).encode()
    letter = EmailMessage()
    letter["Subject"] = "请看附件"
    letter.set_content("附件里是两份通知，请各厂传达到班组。")
    letter.add_attachment(packed(内_txt=note), maintype="application", subtype="zip", filename="通知.zip")
    (tmp_path / "来信.zip").write_bytes(packed(信_eml=letter.as_bytes(), 语料_jsonl=lines))
    found = list(read_paths([tmp_path]))
    assert [(each.file, each.record) for each in found if isinstance(each, Document)] == [
        ("信.eml", "信.eml"),
        ("内.txt", "信.eml!通知.zip!内.txt"),
        ("语料.jsonl", "语料.jsonl#r1"),
    ]
    assert [each.origin.removeprefix(str(tmp_path)) for each in found if isinstance(each, Document)] == [
        "/来信.zip!信.eml",
        "/来信.zip!信.eml!通知.zip!内.txt",
        "/来信.zip!语料.jsonl#r1",
    ]


def test_an_archive_without_files_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "空.zip").write_bytes(packed())
    (only,) = read_paths([tmp_path])
    assert isinstance(only, Skipped)
    assert only.reason == "压缩包 空.zip 里没有文件；请换一个有内容的压缩包。"


def test_a_document_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "长.txt").write_text("产改" * 1_600_000, encoding="utf-8")
    (only,) = read_paths([tmp_path])
    assert isinstance(only, Skipped)
    assert "请拆分" in only.reason
