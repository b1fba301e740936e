"""Pictures: decoded and written anew, so that nothing but the picture is left — no place, no camera, no second file."""

from __future__ import annotations

import io
import warnings
from typing import Any, Final

from PIL import ExifTags, Image, ImageOps, JpegImagePlugin

from gongkai.formats.limits import Limits
from gongkai.platform.documents.sentence import Sentence

from .endings import ending
from .foreign import check_markup, check_tail
from .verdict import Refusal, damaged

_FORMATS: Final = {"png": "PNG", "jpg": "JPEG", "gif": "GIF"}
_FRAMES: Final = 500
_LONGEST: Final = 30_000  # pixels of one side
_TEXTS: Final = frozenset(
    ("comment", "Comment", "Author", "Software", "Description", "XML:com.adobe.xmp", "xmp", "photoshop")
)


def examine_picture(kind: str, data: bytes, limits: Limits) -> tuple[bytes, tuple[Sentence, ...]]:
    """The picture written anew, and what was left out of it."""
    check_markup(data)
    tail = data[ending(kind, data) :]
    check_tail(tail)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Pillow about sizes, which are checked here, and about odd tags
            with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as picture:
                _check_size(picture, limits)
                said = _removed(picture, tail)
                return _rewritten(kind, picture), said
    except Refusal:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large("", "", limits) from error
    except Exception as error:  # whatever a broken picture makes the decoder stumble over
        raise damaged("图片", "picture") from error


def _check_size(picture: Image.Image, limits: Limits) -> None:
    frames = getattr(picture, "n_frames", 1)
    width, height = picture.size
    if (
        max(width, height) > _LONGEST
        or width * height > limits.pixels
        or frames > _FRAMES
        or width * height * frames > limits.pixels
    ):
        raise _too_large(
            f"（{width} × {height} 像素，{frames} 帧）", f" ({width} x {height} pixels, {frames} frames)", limits
        )


def _too_large(zh: str, en: str, limits: Limits) -> Refusal:
    most = limits.pixels // 1_000_000
    return Refusal(
        "picture_too_large",
        f"图片过大{zh}，上限为 {most} 百万像素、{_FRAMES} 帧。请缩小后再上传。",
        f"The picture is too large{en}; at most {most} million pixels and {_FRAMES} frames. Make it smaller and upload that.",
    )


def _removed(picture: Image.Image, tail: bytes) -> tuple[Sentence, ...]:
    """What the new picture will lack, in words."""
    said = []
    exif = picture.getexif()
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        said.append(
            Sentence(
                "已去除图片中的拍摄地点和拍摄信息。",
                "The place where the picture was taken and the camera's notes were removed.",
            )
        )
    elif len(exif) or "exif" in picture.info:
        said.append(Sentence("已去除图片中的拍摄信息。", "The camera's notes were removed from the picture."))
    if _TEXTS & picture.info.keys():
        said.append(Sentence("已去除图片中附带的文字说明。", "Texts attached to the picture were removed."))
    if tail.strip(b"\0"):
        said.append(Sentence("已去除图片末尾多余的数据。", "Data behind the end of the picture were removed."))
    return tuple(said)


def _rewritten(kind: str, picture: Image.Image) -> bytes:
    made = io.BytesIO()
    if kind == "jpg":
        _jpeg(picture, made)
    elif getattr(picture, "n_frames", 1) > 1:
        _moving(kind, picture, made)
    else:
        picture.load()
        bare = ImageOps.exif_transpose(picture)
        kept = {key: bare.info[key] for key in ("transparency", "gamma") if key in bare.info}
        bare.info = {}
        bare.save(made, _FORMATS[kind], **kept)
    return made.getvalue()


def _jpeg(picture: Any, made: io.BytesIO) -> None:
    """With the tables that it was packed with, so that writing it anew loses next to nothing."""
    tables, sampling = picture.quantization, JpegImagePlugin.get_sampling(picture)
    bare = ImageOps.exif_transpose(picture)
    if bare.mode not in ("L", "RGB"):
        bare = bare.convert("RGB")
        sampling, tables = 0, None
    bare.info = {}
    chosen = {"qtables": tables} if tables else {"quality": 90}
    bare.save(made, "JPEG", subsampling=sampling if sampling in (0, 1, 2) else 0, **chosen)


def _moving(kind: str, picture: Any, made: io.BytesIO) -> None:
    frames, lasting = [], []
    for number in range(picture.n_frames):
        picture.seek(number)
        picture.load()
        frame = picture.convert("RGBA")
        frame.info = {}
        frames.append(frame)
        lasting.append(int(picture.info.get("duration", 100)) or 100)
    frames[0].save(
        made,
        _FORMATS[kind],
        save_all=True,
        append_images=frames[1:],
        duration=lasting,
        loop=picture.info.get("loop", 0),
        disposal=2,
    )
