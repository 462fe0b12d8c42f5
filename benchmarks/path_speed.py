"""The whole path from files to claims, against reading alone, bare tokenising and a common pipeline, on the same files.

    python -m benchmarks.path_speed [--documents N] [--relevant SHARE] [--hard SHARE] [--store]

Makes a WARC file of web pages and a JSON Lines file of the same articles, N each: the English samples, and texts about
something else from `benchmarks.irrelevant`, as long as these. Each way works alone on each file, and its processor time
(that of the child processes that parse pages included) is printed with its ratio to reading alone.

reading      records are taken out of the file and decoded
tokenising   reading, then spaCy's English tokenizer over each article
path         what `talentgraph ingest` does before it writes: main text, language, triage, extraction, signatures
peer         warcio (or json), trafilatura, and the named entities of en_core_web_sm: every article, no claims
stored       with --store: the whole of `talentgraph ingest` into an empty graph, the engine's processor time included
"""

import argparse
import html
import io
import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psutil
import spacy
import trafilatura
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.extract_speed import english
from benchmarks.irrelevant import irrelevant
from graph import embedded
from graph.frame import Document
from graph.settings import Settings
from graph.store import open_store
from ingest import run
from ingest.extraction import Extractor
from ingest.pipelines import BASE_MODEL, package
from ingest.rewrites import traced
from ingest.signatures import signature
from ingest.sources import files, samples
from ingest.text import documents
from ingest.triage import relevant

_PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="author" content="Desk"><meta property="article:published_time" content="2026-03-02T08:00:00Z"></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav></header>
<main><article><h1>{title}</h1>{body}</article></main>
<aside><h2>More</h2><ul><li><a href="/a">Storm closes ferry line</a></li></ul></aside>
<footer><p>All rights reserved. <a href="/terms">Terms</a></p></footer></body></html>"""


def articles(count: int, share: float, hard: float, seed: int = 3) -> list[str]:
    """Return the texts of articles, mixed, a share of them about recruiting (each sample several times if need be)."""
    chance = random.Random(seed)
    found = [document.text for document in english(samples())]
    telling = [found[number % len(found)] + f"\nNote {number}." for number in range(max(1, round(count * share)))]
    others = irrelevant(count - len(telling), hard=hard, seed=seed, lengths=[len(text) for text in found])
    texts = [*telling, *others]
    chance.shuffle(texts)
    return texts


def warc(texts: Sequence[str], path: Path) -> None:
    """Write texts as the web pages of a compressed WARC file."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number, text in enumerate(texts):
            body = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n") if line.strip())
            page = _PAGE.format(title=html.escape(text[:60].split("\n")[0]), body=body).encode()
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            address = f"https://paper.example/{number}"
            writer.write_record(
                writer.create_warc_record(address, "response", payload=io.BytesIO(page), http_headers=headers)
            )


def jsonl(texts: Sequence[str], path: Path) -> None:
    """Write texts as JSON Lines."""
    lines = (
        json.dumps({"url": f"https://paper.example/{n}", "date": "2026-03-02", "text": text})
        for n, text in enumerate(texts)
    )
    path.write_text("\n".join(lines), encoding="utf-8")


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of a piece of work, in this process and the children that ended or still run."""
    start = _spent()
    work()
    return _spent() - start


def _spent() -> float:
    ended = os.times()
    running = 0.0
    for child in psutil.Process().children(recursive=True):
        times = child.cpu_times()
        running += times.user + times.system
    return time.process_time() + ended.children_user + ended.children_system + running


def _raw(path: Path) -> Iterator[str]:
    """Yield what a file's records hold, decoded."""
    if path.suffix == ".jsonl":
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]
        return
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                yield record.content_stream().read().decode()


def _peer(path: Path, model: spacy.language.Language) -> int:
    web = path.suffix != ".jsonl"
    texts = (trafilatura.extract(text) or "" if web else text for text in _raw(path))
    return sum(len(doc.ents) for doc in model.pipe(texts))


def _path(path: Path, extractor: Extractor) -> int:
    claims = 0
    for document in documents(files.read([path])):
        if isinstance(document, Document) and relevant(document.text, document.lang):
            signature(document.text)
            claims += len(traced(extractor.extract(document)).claims)
    return claims


def _stored(path: Path, extractor: Extractor) -> float:
    """Return the processor time of a run into an empty graph."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), neo4j_uri=None)
        with open_store(settings) as store:
            store.prepare()
            engine = embedded.running(settings.home)
            assert engine is not None
            process = psutil.Process(engine.pid)
            before = sum(process.cpu_times()[:2])
            spent = seconds(lambda: run.ingest(files.read([path]), store, extractor, triage=True))
            # the engine may be a child of ours, or not: it is counted once
            inside = process in psutil.Process().children(recursive=True)
            spent += 0.0 if inside else sum(process.cpu_times()[:2]) - before
        embedded.stop(settings.home)
    return spent


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--relevant", type=float, default=0.01)
    parser.add_argument("--hard", type=float, default=0.2)
    parser.add_argument("--store", action="store_true")
    options = parser.parse_args(arguments)
    texts = articles(options.documents, options.relevant, options.hard)
    extractor = Extractor()
    tokenizer = spacy.blank("en").tokenizer
    peer = spacy.load(package(BASE_MODEL), exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    with tempfile.TemporaryDirectory() as folder:
        made = [Path(folder) / "pages.warc.gz", Path(folder) / "articles.jsonl"]
        for path, write in zip(made, (warc, jsonl), strict=True):
            write(texts, path)
        warm = Path(folder) / "warm.jsonl"
        jsonl(["Halden Robotics hired six engineers from Porto. The coast is near, and it is warm there."], warm)
        _path(warm, extractor), _peer(warm, peer)
        length = sum(map(len, texts)) / len(texts)
        print(f"{len(texts):,} articles of {length:,.0f} characters, {options.relevant:.0%} about recruiting")  # noqa: T201
        for path in made:
            ways: dict[str, Callable[[], object]] = {
                "reading": lambda: sum(map(len, _raw(path))),  # noqa: B023
                "tokenising": lambda: sum(len(tokenizer(text)) for text in _raw(path)),  # noqa: B023
                "path": lambda: _path(path, extractor),  # noqa: B023
                "peer": lambda: _peer(path, peer),  # noqa: B023
            }
            times = {name: seconds(way) for name, way in ways.items()}
            if options.store:
                times["stored"] = _stored(path, extractor)
            for name, spent in times.items():
                each, ratio = spent / len(texts) * 1000, spent / times["reading"]
                print(f"{path.name:14} {name:11} {each:9.3f} ms an article   {ratio:8.1f} × reading")  # noqa: T201


if __name__ == "__main__":
    main()
