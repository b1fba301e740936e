# 公开 gongkai：所有命令都在这里；`make help` 列出。
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
export UV_PYTHON_DOWNLOADS := never
# 有的容器镜像不让 Python 留下字节码：那样平台和测试的每个进程都要把一千多个模块重新编译一遍。
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
READY := .venv/.ready
SAMPLES := samples/reports
OVERVIEW := var/overview.html
FONTS := var/.fonts
BROWSER := var/.browser
LANGUAGES := $(wildcard src/gongkai/platform/locale/*/LC_MESSAGES/*.po)

.PHONY: help run audit test check docs rules settings tables slow bench bench-annual bench-cases bench-platform fonts ocr messages samples changelog lock clean

help: ## 列出所有命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

$(READY): requirements.lock pyproject.toml scripts/environment scripts/postgres $(LANGUAGES)
	@scripts/environment
	@scripts/postgres
	@touch $@

run: $(READY) ## 首次使用：装好环境，装入演示数据，启动平台，印出网址和演示账号（Ctrl-C 停止）
	@exec $(BIN)/gongkai serve --demo

# 样本里有已知的错误，所以 audit 的退出码 1 是预期的；2（有文件读不了）是失败。
audit: $(READY) ## 核查所带的年报样本，写出网页总览
	@mkdir -p var
	@command -v soffice >/dev/null || echo "提示：没有 LibreOffice，读不了 .doc（其他格式不受影响）。"
	@status=0; $(BIN)/gongkai audit $(SAMPLES) --html $(OVERVIEW) || status=$$?; \
	if [ $$status -gt 1 ]; then echo "样本核查没有完成（退出码 $$status）。" >&2; exit $$status; fi
	@echo "网页总览：$(CURDIR)/$(OVERVIEW)"

# PDF 的测试要中文字体：取得来就取；取不来（不是 Debian，或者没有网）只说一句，那几项测试略过。
$(FONTS): $(READY) scripts/fetch_fonts.py
	@mkdir -p var
	@if $(BIN)/python scripts/fetch_fonts.py; then touch $@; else echo "提示：没有中文字体，PDF 的测试略过。"; fi

# 浏览器测试要 Chromium：有就用；没有而以 root 在 Debian 上，就装；否则那几项测试略过。
$(BROWSER):
	@mkdir -p var
	@if command -v chromium chromium-browser google-chrome >/dev/null || [ -n "$${GONGKAI_CHROMIUM:-}" ]; then touch $@; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; then touch $@; \
	else echo "提示：没有 Chromium（Debian：apt-get install chromium），浏览器的测试略过。"; fi

test: $(READY) $(FONTS) $(BROWSER) ## 装好环境，跑全部测试（慢的除外）；DATABASE_URL 指向另一台 PostgreSQL 时用它
	@$(BIN)/pytest -n auto --dist loadfile -m "not slow"

check: $(READY) ## 提交前的全部检查：风格、类型、依赖方向、文档、项目规矩
	@$(BIN)/ruff check src tests scripts benchmarks
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir var/site
	@$(BIN)/pytest tests/project/test_tree.py

docs: $(READY) rules settings tables ## 由代码印出规则页和设置表，生成文档网站 var/site
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --site-dir var/site

rules: $(READY) ## 由代码重新印出 docs/rules
	@rm -f docs/rules/*.md
	@$(BIN)/gongkai rules --markdown docs/rules

settings: $(READY) ## 由代码重新印出 docs/guides/settings.md
	@$(BIN)/python -m scripts.settings_table

tables: $(READY) ## 由代码重新印出状态与权限表、网站年度报表的各格
	@$(BIN)/python -m scripts.tables

slow: $(READY) ## 穷举的测试：样本的一万次改动、各读取器的长时间模糊测试、扫描件（约半小时）
	@GONGKAI_EXAMPLES=thorough $(BIN)/pytest -n auto --dist loadfile -m slow

bench: $(READY) ## 量速度与内存，只印比值，从不断言
	@$(BIN)/python -m benchmarks

bench-annual: $(READY) ## 量年度报告：汇编、汇总、看板和各页，一百万件申请、三百个机关（临时数据库，约 8 GB、半小时）
	@$(BIN)/python -m benchmarks.annual

bench-cases: $(READY) ## 量依申请公开的页面和催办：两万件和十万件、一百万项事项（临时数据库，约 3 GB、十分钟）
	@$(BIN)/python -m benchmarks.cases

bench-platform: $(READY) ## 量平台的页面：五千件和一百万件（临时数据库，约 30 GB、一小时）
	@$(BIN)/python -m benchmarks.platform

fonts: $(READY) ## 取来 PDF 所用的中文字体，放进用户的缓存目录
	@$(BIN)/python scripts/fetch_fonts.py

OCR_PACKAGES := tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-chi-tra

ocr: ## 装上 Tesseract 及中文数据（Debian），以便用 --ocr 读扫描件和图片
	@if tesseract --list-langs 2>/dev/null | grep -qx chi_sim; then echo "已有 Tesseract 及中文数据。"; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(OCR_PACKAGES); \
	else echo "请以管理员身份安装：apt-get install $(OCR_PACKAGES)" >&2; exit 1; fi

messages: $(READY) ## 收集平台界面的文字，列出还没有译的
	@$(BIN)/python -m scripts.messages

samples: $(READY) ## 由 scripts/samples 重新生成样本（PDF 需要中文字体）
	@$(BIN)/python -m scripts.samples

changelog: $(READY) ## 由 changelog.d 的片段汇成 CHANGELOG.md
	@$(BIN)/python -m scripts.changelog

lock: $(READY) ## 由 pyproject.toml 重新锁定依赖
	@scripts/lock

clean: ## 删去生成的东西，环境也一并删去
	@rm -rf .venv .tools var build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
