# 义勇录。make help 列出全部目标。
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
CORES  := $(shell nproc 2>/dev/null || echo 2)
# One more than there are cores: browser tests spend half their time waiting.
JOBS   ?= $(shell echo $$(($(CORES) + 1)))
# Groups in the order of their folders: browsers first, whose groups are long, then sites, then what takes no time.
GROUPS := --dist loadgroup --no-loadscope-reorder
# Records of the bench: two sizes or more, smallest first.
SIZES  ?= 1000,5000

.DEFAULT_GOAL := help

.PHONY: help
help: ## 列出目标 / list the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $(STAMP)

.PHONY: site
site: $(STAMP) ## 构建 site/ / build the site
	$(BIN)/yiyong build
	@echo "看一看 / look at it:  $(BIN)/python -m http.server --directory site 8000   →  http://127.0.0.1:8000/"

# Tests start the command many times: it must not be compiled anew each time.
test unit journeys soak: export PYTHONDONTWRITEBYTECODE =

.PHONY: test
test: $(STAMP) ## 运行测试，长途的除外 / run the tests, all but the journeys
	$(BIN)/python -m pytest -n $(JOBS) $(GROUPS) -m "not journey"

.PHONY: unit
unit: $(STAMP) ## 不构建站点、不开浏览器的测试 / tests that build no site and start no browser
	$(BIN)/python -m pytest -n $(CORES) $(GROUPS) -m "not journey" tests/unit

.PHONY: journeys
journeys: $(STAMP) ## 长途测试：从头走到底，和 make test 没看的各种 / tests that go the whole way, and what make test leaves out
	$(BIN)/python -m pytest -n $(JOBS) $(GROUPS) -m journey

.PHONY: soak
soak: $(STAMP) ## 两千个随机登记册，每条性质的例子多二十倍 / 2,000 random registries, 20 times the examples of properties
	YIYONG_SOAK=$(or $(COUNT),2000) $(BIN)/python -m pytest -n $(JOBS) -m "soak or hypothesis"

.PHONY: bench
bench: $(STAMP) ## 测速，十分钟以内；SIZES=20000,100000 量到十万件 / measure, beside Hugo, MkDocs, Zensical and grep
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[bench]"
	$(BIN)/python -m tests.benchmarks.bench --sizes $(SIZES) $(if $(KEEP),--keep)

.PHONY: scale
scale: $(STAMP) ## 两万件记录的站点，在浏览器里检索 / search a site of 20,000 records in a browser
	YIYONG_SCALE=$(or $(COUNT),20000) $(BIN)/python -m pytest tests/browser/search/test_scale.py

.PHONY: check
check: $(STAMP) ## ruff、mypy、全部记录 / lint, types, every record
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/yiyong check

.PHONY: fix
fix: $(STAMP) ## 自动整理代码 / mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: serve
serve: $(STAMP) ## 本机预览 / build, watch, reload
	$(BIN)/yiyong serve

.PHONY: schema
schema: $(STAMP) ## 更新编辑器用的 JSON Schema / write site_config/schema/
	$(BIN)/yiyong schema

.PHONY: sample-ledger
sample-ledger: $(STAMP) ## 示例记录改过以后重写示例的台账 / rewrite the sample's ledger
	$(BIN)/python -m tests.sample_ledger

.PHONY: clean
clean: ## 删去构建所得 / remove what was built
	rm -rf site .yiyong build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
