"""The API holds what its document says: no 5xx, no undescribed status, form or body, for what can be generated."""

from api.app import create_app
from graph.settings import Settings
from graph.store import Store
from tests.api_campaign import campaign
from tests.api_server import served

REQUESTS = 2_000  # `make proof` sends ten times as many


def test_generated_requests_get_described_answers(loaded_embedded: Store) -> None:
    app = create_app(loaded_embedded, Settings(model="none", rate_limit=0))
    with served(app) as address:
        statuses = campaign(app.openapi(), address, REQUESTS)
    assert statuses.total() >= REQUESTS
    assert statuses[200] > REQUESTS / 5
    assert not [status for status in statuses if status >= 500]
