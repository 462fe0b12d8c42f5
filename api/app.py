"""The REST API and the dashboard, assembled: every route under `/v1`, errors as problem documents, no outside call."""

import functools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import APIRouter, Depends, FastAPI
from fastapi_offline import FastAPIOffline

from api import (
    behind,
    console,
    dashboard,
    described,
    dimensions,
    documents,
    examples,
    extract,
    files,
    given,
    graphs,
    health,
    preview,
    problems,
    questions,
    records,
    runs,
)
from api.abandoned import Abandoned
from api.access import Access, listed
from api.compressed import Compressed
from api.concurrency import Concurrency
from api.cors import Cors
from api.head import Head
from api.intake import Intake
from api.reader import Reader
from api.revision import Revision
from api.unchanged import Unchanged
from graph.settings import Settings
from graph.store import Store
from queries.console.console import Console

_DESCRIPTION = """
Which regions and companies recruit which technical talent, since when, says who.

Tabular answers are `{"items": [...], "total": n, "next": address}`; `?format=csv` and `?format=ndjson` or the Accept
header give the other forms. Wherever an entity is asked for, an id, a name, an alias or a Chinese name will do.
"""
_SAMPLE_NOTE = "\n**Sample data**: this store holds only the sample articles that ship with talentgraph.\n"


def create_app(store: Store, settings: Settings, *, sample: bool = False) -> FastAPI:
    """Return the application over an open store; `sample` marks a store of sample articles wherever it is shown.

    `app.state.reader` reads the texts sent to it; its process ends with the application.
    """
    reader = Reader(settings)
    intake = Intake(store, settings)
    cypher = Console(store, settings)
    revision, lives = Revision(store), health.Health(store)

    @asynccontextmanager
    async def reading(_: FastAPI) -> AsyncIterator[None]:
        yield
        reader.close()
        intake.close()
        cypher.close()
        revision.close()
        lives.close()

    app = FastAPIOffline(
        lifespan=reading,
        docs_url="/docs",
        redoc_url=None,
        title="talentgraph (sample data)" if sample else "talentgraph",
        version=version("talentgraph"),
        description=_DESCRIPTION + (_SAMPLE_NOTE if sample else ""),
    )
    app.state.reader = reader
    app.state.console = cypher
    # The last one comes first. What is kept waits for no place, and is kept as it was compressed.
    app.add_middleware(Compressed)
    app.add_middleware(Concurrency, settings=settings)
    app.add_middleware(Unchanged, revision=revision)
    app.add_middleware(Head)
    app.add_middleware(Abandoned, store=store, settings=settings)
    app.add_middleware(Access, settings=settings)
    if settings.cors_origins:
        app.add_middleware(
            Cors,
            allow_origins=listed(settings.cors_origins),
            allow_methods=["GET", "HEAD", "POST", "DELETE"],
            allow_headers=["Authorization", "X-API-Key", "Content-Type", "If-None-Match", "If-Range", "Range"],
            expose_headers=["Link", "ETag", "X-Total-Count", "Content-Range", "Accept-Ranges", "Retry-After"],
        )
    problems.install(app)
    v1 = APIRouter(prefix="/v1", dependencies=[Depends(given.check)], responses=dict(described.PROBLEMS))
    v1.include_router(health.routes(store, lives, sample=sample))
    v1.include_router(files.routes(store))
    v1.include_router(behind.routes(store))
    v1.include_router(questions.routes(store))
    v1.include_router(dimensions.routes(store))
    v1.include_router(graphs.routes(store))
    v1.include_router(records.routes(store))
    v1.include_router(extract.routes(reader))
    v1.include_router(documents.routes(intake, settings))
    v1.include_router(preview.routes(reader, settings))
    v1.include_router(runs.routes(store, intake, settings.home))
    v1.include_router(console.routes(cypher, settings))
    app.include_router(v1)
    app.include_router(dashboard.routes())
    described_plainly = app.openapi
    app.openapi = functools.cache(lambda: described.with_keys(examples.illustrate(described_plainly())))  # type: ignore[method-assign]
    return app
