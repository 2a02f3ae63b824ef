"""Pictures of print, read by an engine that returns known boxes, and by the real one where it is installed."""

import io
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from index.errors import EmptySourceError, SourceError
from index.sources import ocr
from index.sources.columns import Box
from index.sources.ocr import installed_engine, read_image, upright
from index.sources.pdf import read_pdf
from tests.index.pages import REPORT
from tests.index.placed_pdf import pictured_pdf

PARAGRAPHS = REPORT.strip().split("\n")
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def picture(size: tuple[int, int] = (800, 600), form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, form)
    return out.getvalue()


def lines_of(text: str, left: float, top: float, width: int = 12) -> list[Box]:
    parts = [text[at : at + width] for at in range(0, len(text), width)]
    return [
        Box(left, top + 40 * row, left + 30 * len(part), top + 40 * row + 30, part) for row, part in enumerate(parts)
    ]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "BMP", "TIFF", "WEBP"])
def test_every_format_of_picture_reaches_the_engine(form: str) -> None:
    seen: list[tuple[int, ...]] = []

    def engine(pixels: np.ndarray) -> list[Box]:
        seen.append(pixels.shape)
        return lines_of(PARAGRAPHS[0], 20, 20)

    page = read_image(picture(form=form), "图." + form.lower(), engine)
    assert page.text == PARAGRAPHS[0]
    assert page.pages == ()
    assert seen == [(600, 800, 3)]


def test_columns_of_a_picture_are_read_one_after_the_other_and_lines_are_joined() -> None:
    boxes = [*lines_of(PARAGRAPHS[1], 20, 100), *lines_of(PARAGRAPHS[2], 440, 100)]
    boxes += [Box(150, 30, 650, 70, "甲市产改见成效与体会")]
    page = read_image(picture(), "栏.png", lambda pixels: boxes[::-1])
    assert page.text.split("\n") == ["甲市产改见成效与体会", PARAGRAPHS[1], PARAGRAPHS[2]]


def test_frames_of_a_picture_are_pages() -> None:
    out = io.BytesIO()
    frames = [Image.new("L", (300, 200), shade) for shade in (200, 100)]
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    page = read_image(
        out.getvalue(), "传真.tif", lambda pixels: [Box(5, 5, 200, 30, f"亮度是{pixels[0, 0, 0]}的一页。")]
    )
    assert page.text.split("\n") == ["亮度是200的一页。", "亮度是100的一页。"]
    assert page.pages == (0, page.text.index("亮度是100"))


def test_what_is_transparent_shows_white_paper() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
    read_image(out.getvalue(), "透.png", lambda pixels: [Box(0, 0, 9, 9, "白" if pixels.min() == 255 else "黑")])


def test_a_long_screenshot_is_cut_between_lines_and_keeps_the_places_of_its_parts() -> None:
    tall = Image.new("L", (500, 4000), 255)
    pen = ImageDraw.Draw(tall)
    for top in range(0, 4000, 100):
        pen.rectangle((0, top, 499, top + 59), fill=0 if top % 200 else 120)
    out = io.BytesIO()
    tall.save(out, "PNG")
    heights: list[int] = []

    def engine(pixels: np.ndarray) -> list[Box]:
        heights.append(pixels.shape[0])
        edges = np.flatnonzero(np.diff((pixels[:, 0, 0] < 255).astype(int)) == 1)
        starts = [*([0] if pixels[0, 0, 0] < 255 else []), *(edges + 1)]
        return [Box(0, float(top), 400, float(top) + 60, f"第{len(heights)}段的一行。") for top in starts]

    page = read_image(out.getvalue(), "长图.png", engine)
    assert sum(heights) == 4000
    assert max(heights) <= ocr.SLICE
    assert len(page.text.split("\n")) == 40


def test_a_crooked_scan_is_turned_level() -> None:
    angle = np.radians(2.0)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    level = np.array([[[10, top], [610, top], [610, top + 30], [10, top + 30]] for top in (20, 80, 140)], dtype=float)
    assert np.allclose(upright(level @ turn), level, atol=0.01)
    assert np.array_equal(upright(level[:, :, :] * [0.05, 1]), level * [0.05, 1])


def test_a_picture_without_text_is_empty() -> None:
    with pytest.raises(EmptySourceError, match=r"白\.png.*没有识别出文字"):
        read_image(picture(), "白.png", lambda pixels: [])


@pytest.mark.parametrize(
    "data", [b"", b"text", picture()[:60], b"\x89PNG\r\n\x1a\n" + bytes(40), b"GIF89a" + bytes(40)]
)
def test_a_damaged_picture_is_named_as_such(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"坏\.png 已损坏"):
        read_image(data, "坏.png", lambda pixels: [])


def test_a_picture_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, ...]] = []

    def engine(pixels: np.ndarray) -> list[Box]:
        asked.append(pixels.shape)
        return []

    monkeypatch.setattr(ocr, "PIXELS_MOST", 100_000)
    with pytest.raises(SourceError, match=r"弹\.png 有 800×600 像素，超过上限"):
        read_image(picture(), "弹.png", engine)
    assert asked == []


def test_too_many_frames_and_too_much_time_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "SECONDS_MOST", -1.0)
    with pytest.raises(SourceError, match=r"慢\.png 识别超过"):
        read_image(picture(), "慢.png", lambda pixels: [])
    monkeypatch.setattr(ocr, "FRAMES_MOST", 0)
    monkeypatch.setattr(ocr, "SECONDS_MOST", 60.0)
    with pytest.raises(SourceError, match=r"多\.png 超过 0 帧"):
        read_image(picture(), "多.png", lambda pixels: [])


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["PNG", "TIFF", "BMP", "WEBP"]), st.integers(0, 400), st.binary(min_size=1, max_size=12))
def test_any_damage_gives_a_page_or_a_clear_line(form: str, at: int, noise: bytes) -> None:
    whole = picture((40, 30), form)
    try:
        page = read_image(
            whole[:at] + noise + whole[at + len(noise) :], "坏.png", lambda pixels: [Box(0, 0, 9, 9, "一行。")]
        )
    except SourceError as error:
        assert "坏.png" in str(error)
    else:
        assert "一行。" in page.text


@pytest.mark.skipif(find_spec("rapidocr") is not None, reason="the extra `ocr` is installed: nothing is missing here")
def test_without_the_extra_the_line_says_how_to_install_it() -> None:
    assert installed_engine() is None
    for read, data, name in ((read_image, picture(), "图.png"), (read_pdf, pictured_pdf(), "扫.pdf")):
        with pytest.raises(SourceError, match=rf'{name}.*pip install "changai\[ocr\]"'):
            read(data, name)


@pytest.mark.skipif(
    find_spec("rapidocr") is None, reason="rapidocr is absent: no real character is recognised (extra `ocr`)"
)
@pytest.mark.skipif(not FONT.is_file(), reason="fonts-noto-cjk is absent: no page can be drawn")
def test_the_real_engine_reads_a_drawn_page() -> None:
    page = Image.new("RGB", (1300, 700), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(FONT), 40)
    parts = [paragraph[at : at + 28] for paragraph in PARAGRAPHS for at in range(0, len(paragraph), 28)]
    for row, part in enumerate(parts):
        pen.text((60, 40 + 80 * row), part, font=font, fill="black")
    out = io.BytesIO()
    page.save(out, "PNG")
    read = read_image(out.getvalue(), "页.png").text.split("\n")
    assert len(read) == len(PARAGRAPHS)
    # Now and then a character is taken for one that looks like it (门, 内).
    assert all(
        SequenceMatcher(None, *pair, autojunk=False).ratio() > 0.95 for pair in zip(read, PARAGRAPHS, strict=True)
    )
