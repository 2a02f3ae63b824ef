from __future__ import annotations

import base64
import io
import time
import zipfile
from email.message import EmailMessage

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import EmptySourceError, SourceError, UnknownFormatError
from index.sources.archive import (
    MOST_MEMBERS,
    BrokenMember,
    Budget,
    Member,
    members,
    open_zip,
    read_member,
    read_packed,
    safe_path,
)
from index.sources.mail import mail_members, read_mail, read_mhtml
from index.sources.ofd import read_ofd
from index.sources.sheets import read_sheet
from index.sources.slides import read_slides
from index.sources.word import read_word

NOTICE = "甲市的工人都来参加了培训，一共八百人。"


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return out.getvalue()


def taken(data: bytes) -> tuple[dict[str, bytes], list[BrokenMember]]:
    found = list(members(data, "包.zip"))
    good = {member.path: member.data for member in found if isinstance(member, Member)}
    return good, [member for member in found if isinstance(member, BrokenMember)]


def test_members_come_in_order_and_what_is_no_document_is_passed_over() -> None:
    files = {
        "乙/通知.txt": b"1",
        "甲.txt": b"2",
        "__MACOSX/._甲.txt": b"3",
        ".DS_Store": b"4",
        "~$甲.docx": b"5",
        "空/": b"",
    }
    good, broken = taken(packed(files))
    assert list(good.items()) == [("乙/通知.txt", b"1"), ("甲.txt", b"2")]
    assert broken == []


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_the_utf8_flag_are_read(encoding: str) -> None:
    raw = "各市通知汇编".encode(encoding)
    data = packed({"x" * len(raw) + ".txt": b"1"}).replace(b"x" * len(raw), raw)
    assert list(taken(data)[0]) == ["各市通知汇编.txt"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/甲.txt", "etc/甲.txt"),
        ("/根/甲.txt", "根/甲.txt"),
        ("C:\\夹\\..\\甲.txt", "夹/甲.txt"),
        ("a\x07b", "a_b"),
        ("..", "未命名"),
    ],
)
def test_no_name_leads_out_of_the_archive(name: str, path: str) -> None:
    assert safe_path(name) == path


@settings(deadline=None)
@given(st.text())
def test_every_path_is_relative_and_goes_down(name: str) -> None:
    path = safe_path(name)
    assert path
    assert not path.startswith("/")
    assert not {"..", ".", ""} & set(path.split("/"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_stay_two() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("甲.txt", b"1")
        archive.writestr("甲.txt", b"2")
    assert [member.path for member in members(out.getvalue(), "包.zip")] == ["甲.txt", "甲（2）.txt"]


def test_archives_are_entered_three_deep() -> None:
    data = packed({"底.txt": b"1"})
    for name in ("丙.zip", "乙.zip"):
        data = packed({name: data, f"{name}.txt": b"2"})
    assert list(taken(data)[0]) == ["乙.zip/丙.zip/底.txt", "乙.zip/丙.zip.txt", "乙.zip.txt"]
    good, broken = taken(packed({"甲.zip": data}))
    assert "甲.zip/乙.zip.txt" in good
    assert [member.path for member in broken] == ["甲.zip/乙.zip/丙.zip"]
    assert "嵌套超过 3 层" in broken[0].reason


def test_a_locked_or_damaged_member_does_not_stop_the_others() -> None:
    data = bytearray(packed({"锁.txt": b"1" * 50, "坏.txt": b"2" * 50, "好.txt": b"3"}, zipfile.ZIP_STORED))
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    data[local + 6] |= 1
    data[central + 8] |= 1
    at = data.index(b"2" * 50)
    data[at] = 0
    good, broken = taken(bytes(data))
    assert good == {"好.txt": b"3"}
    assert ["密码" in broken[0].reason, "损坏" in broken[1].reason] == [True, True]
    assert all(member.reason.startswith("压缩包 包.zip 中的 ") and "\n" not in member.reason for member in broken)


def test_a_bomb_is_refused_while_it_unpacks() -> None:
    good, broken = taken(packed({"弹.txt": bytes(60 * 2**20), "好.txt": b"1"}))
    assert list(good) == ["好.txt"]
    assert "压缩比超过 200 倍" in broken[0].reason


def test_a_claimed_size_is_not_believed() -> None:
    data = bytearray(packed({"谎.txt": b"1" * 100_000}))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = (10).to_bytes(4, "little")
    good, broken = taken(bytes(data))
    assert good == {}
    assert "损坏" in broken[0].reason


def test_the_budget_is_shared_and_its_end_is_said() -> None:
    archive = open_zip(packed({"甲.txt": b"1" * 700, "乙.txt": b"2" * 700}), "包.zip")
    budget = Budget(left=1000)
    assert len(read_member(archive, archive.infolist()[0], budget)) == 700
    with pytest.raises(SourceError, match="超过上限 512 MB；请拆分"):
        read_member(archive, archive.infolist()[1], budget)


def test_members_beyond_the_limit_are_named() -> None:
    good, broken = taken(packed({f"{number}.txt": b"1" for number in range(MOST_MEMBERS + 5)}, zipfile.ZIP_STORED))
    assert len(good) == MOST_MEMBERS
    assert [member.path for member in broken] == [f"{MOST_MEMBERS}.txt"]
    assert "2000 个" in broken[0].reason


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"text", packed({"甲": b"1" * 99})[:60]])
def test_what_is_no_archive_says_so(data: bytes) -> None:
    with pytest.raises(SourceError, match="损坏"):
        list(members(data, "包.zip"))


def test_other_archives_get_one_clear_line() -> None:
    with pytest.raises(UnknownFormatError, match=r"解压.*\.zip"):
        read_packed(b"Rar!", "包.rar")


def repacked(data: bytes, part: str, change: dict[bytes, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for old, new in change.items():
        assert old in files[part]
        files[part] = files[part].replace(old, new, 1)
    return packed(files)


def word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph(NOTICE)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheet_file() -> bytes:
    book = openpyxl.Workbook()
    book.active.append([NOTICE])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


LAUGHS = (
    "<!DOCTYPE w [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    ("data", "part", "text"),
    [(word_file(), "word/document.xml", NOTICE), (sheet_file(), "xl/worksheets/sheet1.xml", "</row>")],
)
def test_an_xml_bomb_is_refused(data: bytes, part: str, text: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(part)
    start = xml.index(b"<w:document") if b"<w:document" in xml else xml.index(b"<worksheet")
    bomb = repacked(
        data, part, {xml[start : start + 9]: LAUGHS.encode() + xml[start : start + 9], text.encode(): b"&j;"}
    )
    started = time.monotonic()
    with pytest.raises(SourceError, match="DOCTYPE"):
        (read_word if part.startswith("word") else read_sheet)(bomb, "弹")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("read", [read_word, read_sheet, read_slides, read_ofd])
def test_packages_are_unpacked_within_the_limits(read: object) -> None:
    assert callable(read)
    with pytest.raises(SourceError, match="压缩比"):
        read(packed({"[Content_Types].xml": bytes(60 * 2**20)}), "弹")
    big = b"<a>" + base64.b64encode(bytes(range(256)) * 150_000) + b"</a>"
    with pytest.raises(SourceError, match="超过上限 32 MB"):
        read(packed({"word/document.xml": big}, zipfile.ZIP_STORED), "大")


def letter() -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = "关于报送材料的通知", "甲市总工会 <gh@example.cn>"
    message["Date"] = "Fri, 22 Oct 2021 10:17:00 +0800"
    message.set_content(f"各单位：\n{NOTICE}\n", charset="gb18030")
    message.add_alternative("<p>另一种写法</p>", subtype="html")
    message.add_attachment("城市,人数\n甲市,8\n".encode("gb18030"), maintype="text", subtype="csv", filename="名单.csv")
    inner = EmailMessage()
    inner["Subject"] = "里面的信"
    inner.set_content("里面的话。")
    message.add_attachment(inner)
    return message


def test_a_letter_states_its_title_date_and_sender() -> None:
    page = read_mail(letter().as_bytes(), "信.eml")
    assert page.text == f"各单位：\n{NOTICE}"
    assert (page.title, page.published, page.source, page.author) == (
        "关于报送材料的通知",
        "2021-10-22",
        "甲市总工会",
        "甲市总工会",
    )


def test_attachments_are_members() -> None:
    found = list(mail_members(letter().as_bytes(), "信.eml"))
    assert all(isinstance(member, Member) for member in found)
    assert found[0].path == "名单.csv"
    assert found[1].path == "里面的信.eml"
    assert isinstance(found[1], Member)
    assert read_mail(found[1].data, "内.eml").title == "里面的信"


def words(text: str, charset: str) -> bytes:
    return f"=?{charset}?B?".encode() + base64.b64encode(text.encode("gb18030")) + b"?="


def test_mail_as_chinese_programs_write_it() -> None:
    lines = [
        "Subject: 直接写的标题".encode("gb18030"),
        b"From: " + words("张镕", "gb2312") + b" <z@example.cn>",
        b"Content-Type: multipart/mixed; boundary=b",
        b"",
        b"--b",
        b"Content-Type: text/html; charset=gb2312",
        b"",
        f"<html><body><p>{NOTICE}</p></body></html>".encode("gb18030"),
        b"--b",
        b'Content-Type: application/msword; name="' + "附件一.doc".encode("gb18030") + b'"',
        b"",
        b"1",
        b"--b",
        b'Content-Disposition: attachment; filename="' + words("附件二.doc", "GB18030") + b'"',
        b"",
        b"2",
        b"--b--",
    ]
    data = b"\r\n".join(lines)
    page = read_mail(data, "信.eml")
    assert (page.title, page.author, page.text) == ("直接写的标题", "张镕", NOTICE)
    assert [member.path for member in mail_members(data, "信.eml")] == ["附件一.doc", "附件二.doc"]


def test_mail_without_text_and_with_monstrous_headers() -> None:
    with pytest.raises(EmptySourceError, match="没有正文"):
        read_mail(b"From: a@example.cn\r\n\r\n", "空.eml")
    assert read_mail("Subject: 只有标题\r\n\r\n".encode(), "题.eml").text == "只有标题"
    with pytest.raises(SourceError, match="信头过长"):
        read_mail(b"Content-Type: text/plain" + b";" * 100_000 + b"\r\n\r\nx", "怪.eml")
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(3000))
    with pytest.raises(SourceError):
        read_mail(nested + b"\nx", "深.eml")


def archived(*markups: str) -> bytes:
    parts = b"".join(
        b"--b\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(markup.encode("gb18030"))
        for markup in markups
    )
    return b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n" + parts + b"--b--\r\n"


def test_a_web_archive_gives_its_main_page_or_its_frames() -> None:
    page = f"<html><head><title>甲市办班的通知</title></head><body><p>{NOTICE}</p></body></html>"
    other = "<html><body><p>旁边的一页，说的是别的事情，不在正文里。</p></body></html>"
    assert read_mhtml(archived(page, other), "页.mht").text == NOTICE
    frames = "<html><frameset cols='1,2'><frame src='a'></frameset></html>"
    assert (
        read_mhtml(archived(frames, page, other), "页.mht").text
        == f"{NOTICE}\n旁边的一页，说的是别的事情，不在正文里。"
    )
    with pytest.raises(EmptySourceError, match="没有正文"):
        read_mhtml(archived("<p> </p>"), "空.mht")


def ofd_file(*pages: list[tuple[float, float, float, str]]) -> bytes:
    """An OFD whose pages hold (left, top, width, text) pieces."""
    spaces = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    files = {
        "OFD.xml": f"<ofd:OFD {spaces}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {spaces}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/{at}.xml"/>' for at in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
    }
    for at, pieces in enumerate(pages):
        objects = "".join(
            f'<ofd:TextObject Boundary="{left} {top} {width} 5"><ofd:TextCode X="0" Y="4">{text}</ofd:TextCode></ofd:TextObject>'
            for left, top, width, text in pieces
        )
        files[f"Doc_0/Pages/{at}.xml"] = (
            f"<ofd:Page {spaces}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return packed({path: text.encode() for path, text in files.items()})


def test_the_text_layer_of_an_ofd_is_put_back_into_paragraphs() -> None:
    first = [
        (80, 20, 50, "甲市的做法"),
        (120, 40, 65, "一共来了"),
        (35, 40, 85, "甲市办了班，"),
        (28, 50, 60, "八百人。"),
    ]
    page = read_ofd(ofd_file(first, [(28, 20, 60, "另一页上的话。")]), "文.ofd")
    assert page.text.split("\n") == ["甲市的做法", "甲市办了班，一共来了八百人。", "另一页上的话。"]
    assert [page.text[start:][:3] for start in page.pages] == ["甲市的", "另一页"]


def test_an_ofd_without_text_says_what_to_do() -> None:
    with pytest.raises(EmptySourceError, match="导出为 PDF"):
        read_ofd(ofd_file([]), "扫.ofd")
    with pytest.raises(SourceError, match=r"OFD\.xml.*导出为 PDF"):
        read_ofd(packed({"别的.xml": b"<a/>"}), "坏.ofd")


def test_an_ofd_that_names_a_part_that_is_not_there_is_told_in_a_short_line() -> None:
    place = "Doc_0/" + "部\n" * 4000
    root = f'<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocRoot>{place}</ofd:DocRoot></ofd:OFD>'
    with pytest.raises(SourceError, match=r"^文件 坏\.ofd 缺少部件 Doc_0/部 部[部 ]{0,40}；.{1,30}$"):
        read_ofd(packed({"OFD.xml": root.encode()}), "坏.ofd")


# The first example pays for the libraries that load on first use.
@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from([read_mail, read_mhtml, read_ofd]))
def test_any_bytes_give_a_page_or_one_line(data: bytes, read: object) -> None:
    assert callable(read)
    try:
        page = read(data, "甲")
    except SourceError as error:
        assert "\n" not in str(error)
    else:
        assert page.text.strip()
