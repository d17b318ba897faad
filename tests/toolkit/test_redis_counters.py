"""Counters in Redis, tried on a server of the test's own where the package and the server
are to be had (both are optional)."""

import importlib.util
import shutil
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from config.environment import Environment
from toolkit import redis_counters

EACH, AT_ONCE = 100, 4


@pytest.fixture
def server(tmp_path):
    """Starts and ends a server; `server.url` is its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    class Server:
        url = f"redis://127.0.0.1:{port}/0"

        def start(self):
            command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
            self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    return
                except ConnectionRefusedError:
                    assert self.process.poll() is None, "the server ended"
                    time.sleep(0.05)

        def end(self):
            self.process.terminate()
            self.process.wait()

    running = Server()
    running.start()
    yield running
    running.end()


def counters(url: str) -> redis_counters.CountersInRedis:
    made = Environment().cache("CACHE_URL_OF_NOBODY", default=url, folder=None)
    return redis_counters.CountersInRedis(made["LOCATION"], {})


if importlib.util.find_spec("redis") and shutil.which("redis-server"):

    @pytest.mark.sensitive
    def test_no_count_is_lost_when_threads_come_at_once(server):
        def count(_number):
            counter = counters(server.url)
            first = counter.add("first", 1)
            counter.add("visits", 0)
            for _ in range(EACH):
                counter.incr("visits")
            return first

        with ThreadPoolExecutor(AT_ONCE) as threads:
            firsts = list(threads.map(count, range(AT_ONCE)))
        assert sorted(firsts) == [False] * (AT_ONCE - 1) + [True]
        assert counters(server.url).get("visits") == EACH * AT_ONCE
        with pytest.raises(ValueError, match="not found"):
            counters(server.url).incr("nobody")

    @pytest.mark.sensitive
    def test_while_the_server_is_away_the_process_counts_for_itself(server, monkeypatch, caplog):
        monkeypatch.setattr(redis_counters.CountersInRedis, "asked_again", 0.0)
        counters(server.url).add("visits", 7)
        server.end()
        for said in (1, 2):
            counters(server.url).add("visits", 0)
            assert counters(server.url).incr("visits") == said
        assert len(caplog.records) == 1
        server.start()
        monkeypatch.setattr(redis_counters.CountersInRedis, "asked_again", 0.0)
        assert counters(server.url).add("visits", 0), "a server that was started anew is used again"
