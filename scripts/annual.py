"""The pictures of the annual report in the documentation, from a running demo platform: Shule County's published report of 2023 as DOCX and PDF,
and the guide's walk through its report of 2024, done in a browser with the clock.

`python -m scripts.annual ADDRESS PASSWORD [FOLDER]` with what `make run` prints; FOLDER keeps the files. The walk can be done once in a demo.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page, expect, sync_playwright

from gongkai.formats.writing.fonts import directory

from .pictures import FLAGS, pages

OUT = Path(__file__).resolve().parent.parent / "docs/pictures/annual"
GUIDE = OUT.parent.parent / "guides/annual.md"
REPORT = "/organs/shule/reports/2023/report.{}"
SCALE, COLOURS, WIDE = 1.35, 24, 1280
TALLEST = 1400
STANDING_IN = {  # 没有公文字体的机器上，用开源的代替，与 PDF 相同
    "方正小标宋简体": "FandolSong", "小标宋体": "FandolSong", "黑体": "FandolHei", "SimHei": "FandolHei", "仿宋_GB2312": "FandolFang R", "仿宋": "FandolFang R",
    "FangSong": "FandolFang R", "楷体_GB2312": "FandolKai", "楷体": "FandolKai", "KaiTi": "FandolKai", "宋体": "FandolSong", "SimSun": "FandolSong",
}  # fmt: skip
FONTS = '<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include><dir>{directory}</dir>{instead}</fontconfig>'
INSTEAD = '<match target="pattern"><test name="family"><string>{}</string></test><edit name="family" mode="assign" binding="strong"><string>{}</string></edit></match>'
CLICK, SIGNS, READING = 5.0, 40, 300  # 估算真人：一次点击五秒，一分钟打四十字、读三百字


def printed(browser: Browser, address: str, folder: Path) -> None:
    """The published files as pictures: the PDF as it is, the DOCX as LibreOffice prints it."""
    with pages(browser, address, WIDE) as page:
        for kind in ("docx", "pdf"):
            (folder / f"shule.{kind}").write_bytes(page.request.get(REPORT.format(kind)).body())
    with tempfile.TemporaryDirectory() as profile:
        fonts = Path(profile, "fonts.conf")
        fonts.write_text(FONTS.format(directory=directory(), instead="".join(INSTEAD.format(*pair) for pair in STANDING_IN.items())), encoding="utf-8")
        office = shutil.which("soffice") or "soffice"
        converted = folder / "printed"
        subprocess.run(
            [office, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf", "--outdir", str(converted), str(folder / "shule.docx")],
            check=True, capture_output=True, env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        )  # fmt: skip
    for kind, pdf in (("pdf", folder / "shule.pdf"), ("docx", folder / "printed" / "shule.pdf")):
        for old in OUT.glob(f"shule-{kind}-*.png"):
            old.unlink()
        for number, sheet in enumerate(pypdfium2.PdfDocument(pdf), start=1):
            paper = ImageOps.expand(sheet.render(scale=SCALE).to_pil().convert("RGB"), 1, "#b0b0b0")
            paper.quantize(COLOURS).save(OUT / f"shule-{kind}-{number}.png", optimize=True)


@dataclass
class Walk:
    """The steps of the guide, each with the time that it took, the clicks and the signs typed."""

    page: Page
    clicks: int = 0
    signs: int = 0
    told: list[tuple[str, float]] = field(default_factory=list)

    def step(self, name: str, do: Callable[[], None]) -> None:
        began = time.perf_counter()
        do()
        self.told.append((name, time.perf_counter() - began))

    def press(self, name: str, within: str = "main") -> None:
        self.clicks += 1
        self.page.locator(within).get_by_role("button", name=name).first.click()

    def follow(self, name: str, within: str = "body") -> None:
        self.clicks += 1
        self.page.locator(within).get_by_role("link", name=name, exact=True).first.click()

    def write(self, text: str) -> None:
        self.signs += len(text)
        self.page.keyboard.type(text)

    def after(self, section: int, words: str) -> None:
        """The caret after these words of a section."""
        self.clicks += 1
        area = self.page.locator(f"#id_section{section}")
        area.focus()
        area.evaluate("(field, words) => { const at = field.value.indexOf(words) + words.length; field.setSelectionRange(at, at) }", words)

    def offered(self, section: int, *begins: str) -> None:
        """Suggested sentences put in one after the other."""
        for words in begins:
            self.press(words, f"#suggest-{section}")
            self.page.wait_for_timeout(150)

    def keep(self, name: str, box: str = "", tall: int = TALLEST) -> None:
        """A picture of the page, or of a part of it."""
        self.page.wait_for_load_state("networkidle")
        self.page.evaluate("for (const bar of document.querySelectorAll('.savebar')) bar.style.position = 'static'")
        shot = self.page.locator(box).screenshot() if box else self.page.screenshot(full_page=True)
        taken = Image.open(io.BytesIO(shot)).convert("RGB")
        taken.crop((0, 0, taken.width, min(taken.height, tall))).quantize(64).save(OUT / f"guide-{name}.png", optimize=True)


def office(walk: Walk) -> str:
    """What the disclosure office does, from its desk to submitting."""
    page = walk.page
    walk.step("看台账", lambda: _ledger(walk))
    walk.step("开始编制", lambda: _begin(walk))
    walk.step("写第一部分", lambda: _first(walk))
    walk.step("写第四、五、六部分", lambda: _rest(walk))
    walk.step("核查、说明、提交", lambda: _submit(walk))
    return page.url


def _ledger(walk: Walk) -> None:
    walk.page.goto("/desk/")
    walk.follow("数据台账", "nav")
    walk.follow("2024", ".ledger-years")
    walk.keep("ledger", tall=1100)


def _begin(walk: Walk) -> None:
    page = walk.page
    walk.follow("年度报告", "nav")
    page.get_by_label("年度").select_option("2024")
    page.get_by_label("格式").select_option("2021")
    walk.clicks += 2
    walk.keep("begin", tall=900)
    walk.press("开始编制")
    expect(page.get_by_text("已开始编制")).to_be_visible()
    walk.keep("workspace", tall=1300)


def _first(walk: Walk) -> None:
    walk.after(1, "")
    walk.offered(1, "本报告所列数据的统计期限")
    walk.after(1, "（一）主动公开。")
    walk.offered(1, "全年主动公开政府信息", "通过政府网站公开政府信息", "各类政务新媒体", "通过广播、电视", "通过公示栏")
    walk.after(1, "（二）依申请公开。")
    walk.offered(1, "全年收到政府信息公开申请")
    walk.after(1, "（三）政府信息管理。")
    walk.write("落实公文公开属性源头认定，先审查后公开。")
    walk.after(1, "（四）政府信息公开平台建设。")
    walk.offered(1, "上级政府网站推送", "信箱受理", "12345政府服务热线受理", "热线诉求签收率")
    walk.after(1, "（五）监督保障。")
    walk.offered(1, "举办政府信息公开培训")
    walk.write("政务公开纳入绩效考核，按季度检查。")
    walk.page.wait_for_timeout(2500)
    walk.keep("first", "#section-1", tall=1500)


def _rest(walk: Walk) -> None:
    walk.after(4, "")
    walk.offered(4, "被申请行政复议")
    walk.after(5, "")
    walk.offered(5, "（一）存在的主要问题")
    walk.after(5, "（一）存在的主要问题。")
    walk.write("个别乡镇公开不够及时，政策解读形式单一。")
    walk.after(5, "（二）改进情况。")
    walk.write("按季度核对公开清单，增加图表、视频解读。")
    walk.after(6, "")
    walk.offered(6, "本年度收取信息处理费")
    walk.page.wait_for_timeout(2500)


def _submit(walk: Walk) -> None:
    page = walk.page
    walk.press("保存", ".savebar")
    expect(page.get_by_text("已保存。")).to_be_visible()
    walk.keep("audit", ".annual-top", tall=1000)
    while page.locator("details.explain").count():
        box = page.locator("details.explain").first
        box.locator("summary").click()
        box.locator("textarea").click()
        walk.clicks += 2
        walk.write("已与台账核对，情况属实。")
        walk.clicks += 1
        box.get_by_role("button", name="记下说明").click()
        expect(page.get_by_text("说明已记下。")).to_be_visible()
    walk.follow("提交审核", "#acts")
    walk.keep("submit", tall=900)
    walk.press("确认提交审核")
    expect(page.locator(".marks")).to_contain_text("法制审核中")


def act(walk: Walk, address: str, *names: str) -> None:
    """What others do with it then."""
    walk.page.goto(address)
    for name in names:
        walk.follow(name, "#acts")
        walk.press(f"确认{name}")


def main(address: str, password: str, folder: str = "") -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        printed(browser, address, Path(folder or temporary))
        began = time.perf_counter()
        with pages(browser, address, WIDE, "shule-office", password) as page:
            walk = Walk(page)
            here = office(walk)
        for login, names in (("shule-legal", ("法制审核通过",)), ("shule-approver", ("签发", "公布"))):
            with pages(browser, address, WIDE, login, password) as page:
                walk.page = page
                walk.step("、".join(names), lambda names=names: act(walk, here, *names))  # type: ignore[misc]
        with pages(browser, address, WIDE) as page:
            walk.page = page
            page.goto("/organs/shule/reports/2024/")
            walk.keep("public", tall=1300)
        spent = time.perf_counter() - began
        browser.close()
    for name, seconds in walk.told:
        print(f"{seconds:6.1f} 秒  {name}")
    read = len(re.sub(r"!\[.*?\]\(.*?\)(\{.*?\})?|\s", "", GUIDE.read_text(encoding="utf-8").partition("## 平时要查的")[0]))
    person = walk.clicks * CLICK / 60 + walk.signs / SIGNS + read / READING
    print(f"程序走完 {spent:.0f} 秒；{walk.clicks} 次点击，打 {walk.signs} 字，指南 {read} 字：估算真人 {person:.1f} 分钟")
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        raise SystemExit("python -m scripts.annual ADDRESS PASSWORD [FOLDER]")
    raise SystemExit(main(*sys.argv[1:]))
