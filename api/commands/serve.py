"""`talentgraph serve`: the dashboard and the REST API over HTTP."""

import errno
import socket
from typing import TYPE_CHECKING

import typer

from api.commands import options
from graph.errors import InputError

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store import Store


def serve(host: options.Host = options.DEFAULT_HOST, port: options.Port = options.DEFAULT_PORT) -> None:
    """Serve the dashboard and the REST API until interrupted.

    \b
    Examples:
      talentgraph serve
      talentgraph serve --port 9000
      curl 'http://127.0.0.1:8321/v1/questions/regions-recruiting-fields?region_level=province'
    """
    from api import opening

    listening = listen(host, port)
    settings = opening.settings()
    opening.lexicon(settings)
    with listening, opening.store(settings) as store:
        run(store, settings, listening, sample=opening.is_sample(settings))


def listen(host: str, port: int) -> socket.socket:
    """Return a socket bound to `host` and `port` (0: any free one); InputError where that cannot be."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise InputError(f"{host} is no address of this machine ({error.strerror}). Try --host 127.0.0.1.") from error
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        # Without it a second server could bind the port as well and fail only on its first request.
        listening.listen()
    except OSError as error:
        listening.close()
        raise InputError(_refusal(host, port, error)) from error
    return listening


def _refusal(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken by another program. Choose another, such as --port {port % 65535 + 1}."
    if error.errno == errno.EACCES:
        return f"Port {port} needs special rights. Choose one above 1023, such as --port {options.DEFAULT_PORT}."
    return f"Cannot listen on {host} port {port}: {error.strerror}. Try --host 127.0.0.1."


def run(store: "Store", settings: "Settings", listening: socket.socket, *, sample: bool) -> None:
    """Serve the API on a bound socket until interrupted; say where on standard error."""
    from api import dashboard, listener
    from api.app import create_app

    host, port = listening.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    store.revive(settings, lambda line: typer.echo(line, err=True))
    app = create_app(store, settings, sample=sample)
    app.state.reader.warm()  # so that the first text need not wait for the model
    what = "the sample data" if sample else "the graph"
    if settings.console:
        findings = app.state.console.findings
        for fault in findings.faults:
            typer.echo(f"The Cypher console stays off: {fault}. See docs/console.md.", err=True)
        for warning in findings.warnings:
            typer.echo(f"Warning: {warning}", err=True)
    typer.echo(f"Serving {what} (API: {address}/docs). Ctrl-C ends it.", err=True)
    # Last, where it is seen: the page to open.
    typer.echo(dashboard.missing() or f"Dashboard: {address}/", err=True)
    try:
        listener.server(app).run(sockets=[listening])
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)
