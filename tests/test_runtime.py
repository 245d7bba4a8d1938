"""The platform as an operator runs it: killed, stopped, started twice; nothing acknowledged is ever lost."""

import contextlib
import http.client
import signal
import subprocess
import sys

import psutil
import pytest

from tests.runtime.platform import ROOT, Burst, Platform, all_gone, begin, short_folder

pytestmark = pytest.mark.concurrency


@pytest.fixture(scope="module")
def data():
    with short_folder() as folder:
        yield folder / "data"


@pytest.fixture(scope="module")
def started(data):
    begin(data)
    platform = Platform(data)
    platform.start()
    yield platform
    if platform.process.poll() is None:
        platform.stop()


@pytest.fixture
def platform(started):
    if started.process.poll() is not None:
        started.start()
    started.wait_until_ready()
    return started


def nothing_is_lost_and_nothing_is_half_done(platform, burst):
    written = platform.pairs()
    assert burst.acknowledged
    assert not burst.acknowledged - written.keys()
    assert set(written.values()) == {2}


@pytest.mark.parametrize("part", ["web", "worker", "postgres"])
def test_a_killed_part_comes_back_and_nothing_is_lost(platform, part):
    with Burst(platform, part) as burst:
        burst.wait_for(20)
        killed = platform.part(part)
        killed.kill()
        killed.wait(5)
        burst.wait_for(20)

    nothing_is_lost_and_nothing_is_half_done(platform, burst)
    assert platform.part(part) != killed


def test_a_killed_web_worker_is_replaced(platform):
    (worker,) = platform.part("web").children()

    worker.kill()
    worker.wait(5)

    platform.wait_until_ready()


def test_after_the_supervisor_was_killed_nobody_stays_and_the_next_start_is_clean(platform):
    with Burst(platform, "supervisor") as burst:
        burst.wait_for(20)
        everybody = platform.everybody()
        platform.process.kill()
        platform.process.wait()
        assert all_gone(everybody)

    platform.start()
    nothing_is_lost_and_nothing_is_half_done(platform, burst)


def test_when_all_are_killed_at_once_the_next_start_is_clean(platform):
    with Burst(platform, "all") as burst:
        burst.wait_for(20)
        everybody = platform.everybody()
        for process in everybody:
            with contextlib.suppress(psutil.NoSuchProcess):  # A child may follow its parent sooner than our signal.
                process.kill()
        platform.process.wait()
        assert all_gone(everybody)

    platform.start()
    nothing_is_lost_and_nothing_is_half_done(platform, burst)


@pytest.mark.parametrize("size", [1, 70_000, 3_000_000])
def test_what_people_send_arrives_whole(platform, size):
    file = b'--x\r\nContent-Disposition: form-data; name="what"; filename="f"\r\n\r\n' + b"f" * size + b"\r\n--x--\r\n"

    assert platform.send("/weigh", file, "multipart/form-data; boundary=x") == (200, str(size))


def test_what_people_type_arrives_and_too_much_is_refused(platform):
    form = "application/x-www-form-urlencoded"

    assert platform.send("/weigh", b"what=abc", form) == (200, "3")
    assert platform.send("/weigh", b"what=abc", form, length=26 * 1024 * 1024 + 1)[0] == 413


def test_a_second_start_on_the_same_folder_is_refused(platform):
    second = subprocess.run(
        [sys.executable, "-m", "saduak", "serve"], cwd=ROOT, env=platform.env, capture_output=True, text=True
    )

    assert second.returncode == 3
    assert str(platform.data) in second.stderr
    assert f"saduak serve ({platform.process.pid})" in second.stderr


def test_a_port_in_use_is_named(platform, tmp_path):
    elsewhere = platform.env | {"SADUAK_DATA": str(tmp_path)}

    second = subprocess.run(
        [sys.executable, "-m", "saduak", "serve"], cwd=ROOT, env=elsewhere, capture_output=True, text=True
    )

    assert second.returncode == 1
    assert f"port {platform.port}" in second.stderr
    assert not (tmp_path / "postgres").exists()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_everybody_ends_and_what_was_begun_is_finished(platform, sign):
    with Burst(platform, sign.name) as burst:
        burst.wait_for(20)
        everybody = platform.everybody()
        assert platform.stop(sign) == 0

    assert all_gone(everybody, patience=1)
    assert not (platform.data / "postgres" / "postmaster.pid").exists()
    assert not (platform.data / "parts.json").exists()
    platform.start()
    nothing_is_lost_and_nothing_is_half_done(platform, burst)


def test_a_stream_hears_an_entry_and_does_not_hold_up_the_end(platform):
    stream = http.client.HTTPConnection("127.0.0.1", platform.port, timeout=40)
    stream.request("GET", "/live/journal?case_kind=pair&reference=heard")
    answer = stream.getresponse()
    assert answer.status == 200
    while not answer.readline().startswith(b"id: "):
        pass

    platform.ask("POST", "/pair/heard")
    heard = next(line for line in iter(answer.readline, b"") if line.startswith(b"event"))
    platform.process.send_signal(signal.SIGTERM)
    answer.read()  # It ends in order: one that held up the end would be cut off at last, which raises IncompleteRead.

    assert heard == b"event: step\n"
    assert platform.process.wait(40) == 0
    stream.close()
