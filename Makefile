# The verbs of this project. `make` alone lists them. Everything runs in .venv, which is made when needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
KLAAR := $(VENV)/.klaar
DEMO_MAP ?= demo-uitvoer
METING := $(CURDIR)/.meting
export DO_NOT_TRACK = 1
export PREFECT_SERVER_ANALYTICS_ENABLED = false

.DEFAULT_GOAL := help
.PHONY: help demo test test-lang betrouwbaarheid snel check golden docs clausules voorbeelden schermen bench mutatie schoon

help: ## deze lijst
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

$(KLAAR): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 of later is nodig."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "De module venv ontbreekt. Op Debian en Ubuntu: sudo apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(KLAAR)

demo: $(KLAAR) ## draai een hele inkoop (Bommelerwaard) en maak alle documenten
	$(BIN)/aanbesteding demo bommelerwaard --map $(DEMO_MAP)

test: $(KLAAR) ## alle tests
	$(BIN)/python -m pytest

snel: $(KLAAR) ## alleen de snelle tests (geen Prefect, geen browser, geen processen die gedood worden)
	$(BIN)/python -m pytest -m "not prefect and not crash and not traag and not browser"

test-lang: $(KLAAR) ## de tests die lang duren, voluit (duizenden kapotte Word-bestanden, tientallen redlines)
	AANBESTEDING_LANG=1 $(BIN)/python -m pytest -m lang

betrouwbaarheid: $(KLAAR) ## meet opnieuw wat docs/betrouwbaarheid.md zegt (duurt lang; ALLEEN=tests/crash meet alleen dat deel)
	rm -rf $(METING)
	BETROUWBAARHEID=$(METING) AANBESTEDING_LANG=1 $(BIN)/python -m pytest -m betrouwbaarheid $(ALLEEN)
	$(BIN)/python tools/docs_betrouwbaarheid.py $(METING) $(if $(ALLEEN),--aanvullen)
	$(BIN)/python tools/docs.py
	rm -rf $(METING)

check: $(KLAAR) ## stijl, types, importregels, gegenereerde documentatie, geheimen, kwetsbare pakketten
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/python tools/docs.py --controleer
	$(BIN)/python tools/geheimen.py
	$(BIN)/python tools/afhankelijkheden.py

golden: $(KLAAR) ## schrijf de vaste teksten van de documenten opnieuw
	$(BIN)/python -m pytest tests/contract/test_golden.py tests/domain tests/e2e --golden -k "golden or transcript"
	$(BIN)/python -m pytest tests/fasen tests/contract/test_regels.py --golden -q

docs: $(KLAAR) ## schrijf de gegenereerde documentatie opnieuw
	$(BIN)/python tools/docs.py

clausules: $(KLAAR) ## leg nieuwe versies van clausules vast
	$(BIN)/python tools/clausules.py

voorbeelden: $(KLAAR) ## teken de eerste bladzijde van elk sjabloon (LibreOffice nodig)
	$(BIN)/python tools/voorbeelden.py

schermen: $(KLAAR) ## maak de schermbeelden van de handleiding opnieuw (Chromium nodig)
	$(BIN)/python -m pytest tests/browser/test_schermen.py --schermen

bench: $(KLAAR) ## meet het maken van documenten, pagina's en de gunning voor 100 tot 10.000 inschrijvers
	$(BIN)/python tools/bench.py
	$(BIN)/python tools/bench_paginas.py
	$(BIN)/python tools/bench_groei.py --schrijf

mutatie: $(KLAAR) ## mutatietoets van termijnen en rangorde (duurt lang; zie docs/methodiek/mutatietoets.md)
	$(BIN)/mutmut run --max-children 1
	$(BIN)/mutmut results

schoon: ## verwijder omgeving en demo
	rm -rf $(VENV) $(DEMO_MAP) mutants .pytest_cache .ruff_cache .hypothesis
