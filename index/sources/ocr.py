"""Pictures of print to text: by rapidocr where it is installed (extra `ocr`), else one line that says how to install it."""

from __future__ import annotations

import io
import re
import struct
import time
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from math import sqrt
from typing import TYPE_CHECKING, Any

from index.errors import EmptySourceError, SourceError
from index.sources.columns import Box, PrintedLine, find_gutter, joined, line_height, reading_order, rows
from index.sources.page import Page
from index.sources.printed import join_pages

if TYPE_CHECKING:
    import numpy as np

Engine = Callable[["np.ndarray"], list[Box]]
"""Takes a picture (height × width × 3, bytes, blue green red) and gives the pieces of lines that it reads, in pixels."""

IMAGE_FORMATS = ("PNG", "JPEG", "BMP", "TIFF", "WEBP")
PIXELS_MOST = 60_000_000
FRAMES_MOST = 500
SECONDS_MOST = 600.0
DOTS_PER_INCH = 200
# The recogniser shrinks a picture to 2,000 pixels a side; a long screenshot is cut into slices that it can read.
SLICE = 1_600
SLICE_SEARCH = 300
# What the decoders of damaged pictures raise: they read lengths, places and tables from the file itself.
UNREADABLE = (
    OSError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError, SyntaxError, EOFError, MemoryError, struct.error,
)  # fmt: skip
LETTER = re.compile(r"\w")


def read_image(data: bytes, name: str, engine: Engine | None = None) -> Page:
    """The page of a picture file (png, jpg, bmp, tiff with its frames, webp), read by `engine` or by the installed one.

    Raises:
        EmptySourceError: nothing can be read in the picture.
        SourceError: no recogniser is installed; the picture is damaged, too large or takes too long.
    """
    engine = engine or installed_engine()
    if engine is None:
        raise missing_engine(f"图片 {name} 需要文字识别（OCR），而本机没有安装")
    start = time.monotonic()
    pages: list[list[PrintedLine]] = []
    for picture in _frames(data, name):
        if time.monotonic() - start > SECONDS_MOST:
            raise SourceError(f"图片 {name} 识别超过 {SECONDS_MOST:.0f} 秒，读到第 {len(pages)} 帧；请拆分后重试。")
        pages.append(picture_lines(picture, engine))
    printed = join_pages(pages)
    if not LETTER.search(printed.text):
        raise EmptySourceError(f"图片 {name} 里没有识别出文字；请换一张清晰的图片。")
    return Page(text=printed.text, noise=printed.noise, pages=printed.pages if len(pages) > 1 else ())


def missing_engine(what: str) -> SourceError:
    """The error of a picture on a machine without a recogniser; `what` says which file it is about."""
    return SourceError(f'{what}；请运行 pip install "changai[ocr]" 后重试，或先转成带文字的文件。')


@lru_cache(maxsize=1)
def installed_engine() -> Engine | None:
    """The recogniser of rapidocr with the models in its wheel, or None where the extra is not installed."""
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        return None
    recognise = import_module("rapidocr").RapidOCR(params={"Global.log_level": "critical"})

    def read(picture: np.ndarray) -> list[Box]:
        found = recognise(picture)
        if found.boxes is None or found.txts is None:
            return []
        boxes = []
        for corners, text in zip(upright(found.boxes), found.txts, strict=True):
            (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
            if text.strip():
                boxes.append(Box(float(left), float(top), float(right), float(bottom), text))
        return boxes

    return read


def upright(corners: np.ndarray) -> np.ndarray:
    """The corners of pieces (n × 4 × 2, from the upper left, clockwise) turned so that the lines of a crooked scan lie level."""
    import numpy as np

    along, down = corners[:, 1] - corners[:, 0], corners[:, 3] - corners[:, 0]
    is_long = np.hypot(*along.T) > 3 * np.hypot(*down.T)
    if not is_long.any():
        return corners
    angle = float(np.median(np.arctan2(along[is_long, 1], along[is_long, 0])))
    cosine, sine = np.cos(angle), np.sin(angle)
    turned: np.ndarray = corners @ np.array([[cosine, -sine], [sine, cosine]])
    return turned


def rendered_lines(page: Any, engine: Engine, what: str) -> list[PrintedLine]:
    """The lines that `engine` reads in a PDF page, drawn at 200 dots an inch or as large as the limit of pixels allows."""
    width, height = page.get_size()
    if width < 1 or height < 1:
        raise SourceError(f"{what}的页面尺寸不正常；请重新导出后重试。")
    scale = min(DOTS_PER_INCH / 72, sqrt(PIXELS_MOST / 4 / (width * height)))
    bitmap = page.render(scale=scale)
    try:
        picture = bitmap.to_numpy()[:, :, :3].copy()
    finally:
        bitmap.close()
    return picture_lines(picture, engine)


def picture_lines(picture: np.ndarray, engine: Engine) -> list[PrintedLine]:
    """The lines of a picture in reading order."""
    pieces: list[Box] = []
    for top, part in _slices(picture):
        pieces += [Box(box.left, box.top + top, box.right, box.bottom + top, box.text.strip()) for box in engine(part)]
    height = line_height(pieces)
    boxes = [box for row in rows(pieces, height) for box in joined(row, height * 0.7)]
    return reading_order(boxes, find_gutter(boxes))


def _slices(picture: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """The parts of a picture that is much higher than wide, each with its upper edge; it is cut where a row is of one colour."""
    height, width = picture.shape[:2]
    if height <= SLICE or height <= 2 * width:
        yield 0, picture
        return
    top = 0
    while top < height:
        end = min(top + SLICE, height)
        if end < height:
            spread = picture[end - SLICE_SEARCH : end].std(axis=(1, 2))
            end -= int(spread[::-1].argmin())
        yield top, picture[top:end]
        top = end


def _frames(data: bytes, name: str) -> Iterator[np.ndarray]:
    """The frames of a picture file, one in memory at a time; each is measured before it is unpacked."""
    from PIL import Image

    image: Any = None
    for number in range(FRAMES_MOST + 1):
        # Pillow warns of damage that it copes with and of sizes that are refused here anyway.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                image = image or Image.open(io.BytesIO(data), formats=IMAGE_FORMATS)
                if number and not _turned_to(image, number):
                    return
                if number == FRAMES_MOST:
                    raise SourceError(f"图片 {name} 超过 {FRAMES_MOST} 帧；请拆分后重试。")
                if image.width * image.height > PIXELS_MOST:
                    size = f"{image.width}×{image.height}"
                    raise SourceError(f"图片 {name} 有 {size} 像素，超过上限 {PIXELS_MOST} 像素；请缩小后重试。")
                picture = _pixels(image)
            except (*UNREADABLE, Image.DecompressionBombError) as error:
                raise SourceError(f"图片 {name} 已损坏、过大或不是图片；请重新保存为 PNG 后重试。") from error
        yield picture


def _turned_to(image: Any, number: int) -> bool:
    try:
        image.seek(number)
    except EOFError:
        return False
    return True


def _pixels(image: Any) -> np.ndarray:
    """A frame upright, on white paper where it is transparent, as blue, green and red."""
    import numpy as np
    from PIL import Image, ImageOps

    upright_image = ImageOps.exif_transpose(image)
    paper = Image.new("RGBA", upright_image.size, "white")
    paper.alpha_composite(upright_image.convert("RGBA"))
    return np.ascontiguousarray(np.asarray(paper.convert("RGB"))[:, :, ::-1])
