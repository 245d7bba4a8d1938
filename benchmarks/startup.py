"""How long until the platform listens: on an empty folder, and again when nothing changed.

    .venv/bin/python benchmarks/startup.py [--demonstration] [--restarts 3]

The reference in the same run is the embedded PostgreSQL alone, and Python importing the platform alone.
"""

import argparse
import contextlib
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--demonstration", action="store_true", help="load the demonstration at the first start")
    parser.add_argument("--restarts", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="saduak-") as folder:
        Path(folder).chmod(0o755)
        env = os.environ | {"SADUAK_DATA": f"{folder}/data", "PORT": str(_free_port())}
        env.pop("DATABASE_URL", None)
        words = ["serve", *(["--demonstration"] if options.demonstration else [])]
        print(f"machine: {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
        print(f"first start, empty folder    {_told(_until_listening(words, env))}")
        again = sorted(_until_listening(words, env) for _ in range(options.restarts))
        print(f"start when nothing changed   {_told(again[len(again) // 2])}   (median of {len(again)}, aim < 5 s)")
        print(f"reference: importing alone   {_told(_spent(['-c', 'import saduak.config.asgi'], env))}")
        print(f"reference: PostgreSQL alone  {_told(_spent(['-c', _POSTGRES], env))}")


_POSTGRES = """
from saduak.config.database_server import for_one_command
with for_one_command("benchmark"): pass
"""


def _told(spent: tuple[float, float]) -> str:
    return f"{spent[0]:6.2f} s, of processors {spent[1]:6.2f} s"


def _until_listening(words: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Seconds until something listens, and those that all its processes have spent computing by then."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "saduak", *words],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", int(env["PORT"])), timeout=1):
                return time.perf_counter() - began, _computed(process.pid)
            if process.poll() is not None:
                raise SystemExit("The platform did not start.")
            time.sleep(0.02)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _computed(pid: int) -> float:
    top = psutil.Process(pid)
    total = 0.0
    for process in [top, *top.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            told = process.cpu_times()
            total += told.user + told.system + told.children_user + told.children_system
    return total


def _spent(words: list[str], env: dict[str, str]) -> tuple[float, float]:
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], cwd=ROOT, env=env, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
