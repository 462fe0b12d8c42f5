# check: what continuous integration runs. proof: long campaigns, their figures go to docs/proof.md. docs: regenerate the reference.
.PHONY: check proof docs format

check:
	uv sync --locked --quiet
	uv run ruff check .
	uv run ruff format --check .
	uv run mypy
	uv run lint-imports
	uv run pytest

proof:
	uv run python -m benchmarks.proof

docs:
	uv run python -m docs.generate

format:
	uv run ruff check --fix .
	uv run ruff format .
