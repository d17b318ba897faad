# Everything goes through config/bootstrap.py, which needs nothing but a Python 3.11 or newer.
PYTHON ?= $(shell command -v python3 || command -v python3.14 || command -v python3.13 || command -v python3.12 || command -v python3.11 || echo python3)
PORT ?= 8000
export PORT

.PHONY: help setup demo run test check bench mutate validate lock messages

help:
	@echo "make demo      the sample editions in your browser, ready to walk through   (PORT=8000)"
	@echo "make run       the same without sample data                                 (PORT=8000)"
	@echo "make test      everything: linters, types, tests on SQLite and PostgreSQL, browser journeys"
	@echo "make check     the fast linters only"
	@echo "make setup     all that the commands of CONTRIBUTING.md need: packages, Pango, a browser, translations"
	@echo "make bench     how long the arithmetic, the solver and the lists take"
	@echo "make mutate    how many of a few hundred small mistakes the tests notice    (FOLDERS, MUTANTS, SEED, MINUTES)"
	@echo "make validate  every kind of document before veraPDF and the EU's DSS    (Java 17 and Maven)"
	@echo "make messages  collect the sentences to translate"
	@echo "make lock      lock the newest allowed packages"

setup demo run test check bench mutate validate lock messages:
	@$(PYTHON) -m config.bootstrap $@
