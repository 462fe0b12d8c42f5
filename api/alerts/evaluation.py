"""All alerts, after a run: asked again, and told where there is news.

A run never fails by it. What could not be delivered is told after the next run, together with what came meanwhile.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from api.alerts import alert as alerts
from api.alerts.alert import Alert
from api.alerts.changes import Changes, news
from api.alerts.delivery import FIRST_WAIT, deliver
from api.alerts.message import message
from graph import runs
from graph.errors import TalentgraphError

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store import Store


def evaluate(
    store: "Store", settings: "Settings", say: Callable[[str], None], *, first_wait: float = FIRST_WAIT
) -> None:
    """Ask every alert's question and deliver what is news; `say` is told what went wrong.

    `first_wait` is how many seconds lie before the second attempt at a delivery.
    """
    try:
        held = alerts.listed(store)
        if not held:
            return
        # In this order: whatever a run that begins from here on writes, is later than `at` and changes the revision.
        revision = store.revision()
        at = runs.now()
        other = runs.at_work(store)
        if other is not None:
            at = min(at, other["started"])  # it evaluates at its own end what it writes
        for alert in held:
            if at <= alert.seen or (other is None and alert.record.get("revision") == revision):
                continue
            _one(store, alert, at, None if other else revision, settings, say, first_wait)
    except TalentgraphError as error:
        say(f"Alerts could not be evaluated, and are after the next run: {error}")


def send_test(store: "Store", alert: Alert, settings: "Settings") -> None:
    """Deliver an alert's present answer, all of it as new, marked as a test; nothing is remembered of it.

    Raises DeliveryFailed, and what asking raises.
    """
    at = runs.now()
    deliver(message(store, alert, Changes(new=alert.answer(store, at).rows), at, test=True), alert.to, settings)


def _one(
    store: "Store",
    alert: Alert,
    at: str,
    revision: int | None,
    settings: "Settings",
    say: Callable[[str], None],
    first_wait: float,
) -> None:
    told = {}
    try:
        found = news(alert.question, alert.when, alert.answer(store, alert.seen).rows, alert.answer(store, at).rows)
        if found:
            deliver(message(store, alert, found, at), alert.to, settings, first_wait=first_wait)
            told = {"sent": runs.now()}
    except TalentgraphError as error:
        say(f"{alert.id} to {alert.to.shown}: {error} It is tried again after the next run.")
        alerts.note(store, alert, note=f"{runs.now()[:19]}Z {error}"[:500])
        return
    alerts.note(store, alert, seen=at, revision=revision, note=None, **told)
