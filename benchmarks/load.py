"""Requests at a fixed rate, sent on time whether or not answers come, and consoles that ask what never ends.

The client speaks just enough HTTP to cost little: it shares the machine's cores with the server that it measures.
"""

import asyncio
import json
import statistics
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import psutil

ATTACKS = Path(__file__).parent.parent / "tests" / "costly.txt"
ATTACK_SECONDS = 2.0
KINDS = (
    "/v1/questions/regions-recruiting-fields?limit=100",
    "/v1/questions/flows?limit=50",
    "/v1/questions/claims?limit=20",
    "/v1/dimensions/counts",
    "/v1/entities/CN-ZJ",
    "/v1/health",
)


def attacks() -> list[str]:
    """Return the queries that would run for hours."""
    return [line for line in ATTACKS.read_text(encoding="utf-8").splitlines()[2:] if line]


class Client:
    """Connections to one address, kept for the next request."""

    def __init__(self, address: str) -> None:
        self._host, self._port = urlsplit(address).hostname, urlsplit(address).port
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(self, method: str, path: str, body: bytes = b"", known: str = "-") -> tuple[int, bytes]:
        """Return status and body of the answer; `known` is the ETag of what the client has."""
        request = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
            f"Content-Type: application/json\r\nAccept: */*\r\nIf-None-Match: {known}\r\n\r\n"
        ).encode() + body
        while self._idle:
            try:
                return await self._answer(*self._idle.pop(), request)
            except (asyncio.IncompleteReadError, ConnectionError):  # the server has closed it meanwhile
                continue
        return await self._answer(*await asyncio.open_connection(self._host, self._port), request)

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
    ) -> tuple[int, bytes]:
        writer.write(request)
        status, *headers = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        sizes = [int(line.partition(":")[2]) for line in headers if line.lower().startswith("content-length:")]
        answer = await reader.readexactly(sizes[0] if sizes else 0)  # 304 names no length
        self._idle.append((reader, writer))
        return int(status.split()[1]), answer

    def close(self) -> None:
        """Close what is kept."""
        for _, writer in self._idle:
            writer.close()


async def _console(client: Client, queries: list[str], ended: Counter[str], done: asyncio.Event) -> None:
    while not done.is_set():
        query = queries[ended.total() % len(queries)]
        _, answer = await client.ask(
            "POST", "/v1/cypher", json.dumps({"query": query, "timeout": ATTACK_SECONDS}).encode()
        )
        reason = json.loads(answer).get("reason", "answered")
        ended[reason] += 1
        if reason == "busy":
            await asyncio.sleep(0.2)


async def processor_time(address: str, server: psutil.Process, times: int) -> str:
    """Return the line of the server's own processor time for a request whose answer is kept, for a 304 and for health.

    One request after the other; however busy the machine is, it tells nearly the same.
    """
    client = Client(address)
    etag = httpx2.get(address + KINDS[0], headers={"host": "127.0.0.1", "accept": "*/*"}, timeout=120).headers["etag"]
    told = []
    for what, path, known, expected in (
        ("kept answer", KINDS[0], "-", 200),
        ("304", KINDS[0], etag, 304),
        ("health", "/v1/health", "-", 200),
    ):
        await client.ask("GET", path, known=known)
        before = sum(server.cpu_times()[:2])
        for _ in range(times):
            status, _ = await client.ask("GET", path, known=known)
            assert status == expected
        told.append(f"{what} {(sum(server.cpu_times()[:2]) - before) / times * 1000:.2f} ms")
    client.close()
    return f"processor time of the server, mean of {times} requests: {', '.join(told)}"


async def load(address: str, rate: int, seconds: int, consoles: int = 0) -> str:
    """Return the line of a load of `rate` requests a second, beside so many hostile consoles."""
    client = Client(address)
    taken: list[float] = []
    statuses: Counter[int] = Counter()
    ended: Counter[str] = Counter()
    done = asyncio.Event()

    async def one(path: str, due: float) -> None:
        status, _ = await client.ask("GET", path)
        statuses[status] += 1
        taken.append(time.perf_counter() - due)  # from when it should have been sent: waiting counts

    for path in KINDS:  # answers that are kept are made once, as in any server that has run for a moment
        await client.ask("GET", path)
    hostile = [asyncio.create_task(_console(client, attacks(), ended, done)) for _ in range(consoles)]
    begun = time.perf_counter()
    sent = []
    for number in range(rate * seconds):
        due = begun + number / rate
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        sent.append(asyncio.create_task(one(KINDS[number % len(KINDS)], due)))
    await asyncio.gather(*sent)
    done.set()
    await asyncio.gather(*hostile)
    client.close()
    at = statistics.quantiles(taken, n=100)
    refused = statuses.total() - statuses[200]
    beside = f" beside {consoles} hostile consoles ({_counted(ended)})" if consoles else ""
    return (
        f"load {rate} requests/s for {seconds} s{beside}: p50 {at[49] * 1000:.0f} ms, p95 {at[94] * 1000:.0f} ms, "
        f"p99 {at[98] * 1000:.0f} ms, {refused} not answered with 200"
    )


def _counted(ended: Counter[str]) -> str:
    return ", ".join(f"{number} {reason}" for reason, number in ended.most_common())
