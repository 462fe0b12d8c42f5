"""Requests generated from the description of the API, valid and not: every answer must be as described."""

from pathlib import Path

from api.app import create_app
from graph import embedded
from graph.settings import Settings
from graph.store import open_store
from tests import claims_fixture
from tests.api_campaign import campaign
from tests.api_server import served

REQUESTS = 20_000


def described(home: Path) -> str:
    """Return the line that says what came; schemathesis' failure, with the request, where it is not as described."""
    settings = Settings(home=home, neo4j_uri=None, model="none", rate_limit=0)
    with open_store(settings) as store:
        claims_fixture.load(store)
        app = create_app(store, settings)
        with served(app) as address:
            statuses = campaign(app.openapi(), address, REQUESTS)
        name = store.name
    embedded.stop(home)
    came = ", ".join(f"{number:,} times {status}" for status, number in sorted(statuses.items()))
    return f"| generated requests, {name} | {statuses.total():,} | {came}; all as described, none 5xx |"
