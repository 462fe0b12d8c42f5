"""A read of the store that several requests wait for."""

import asyncio
import gc
import threading
from typing import Any

import pytest

from api.shared import Shared


def test_how_a_read_ended_is_not_logged_where_its_asker_has_gone() -> None:
    go_on, logged = threading.Event(), list[dict[str, Any]]()

    def read() -> None:
        go_on.wait()
        raise OSError("the store is away")

    async def ask() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: logged.append(context))
        shared = Shared(read)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await shared.read()
        last = shared.begin()
        go_on.set()
        assert isinstance(await asyncio.to_thread(last.exception), OSError)
        await asyncio.sleep(0)
        shared.close()
        gc.collect()

    asyncio.run(ask())
    gc.collect()
    assert logged == []
