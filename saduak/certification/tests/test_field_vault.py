"""What lies on a device opens with its passphrase only, and only as what it was sealed."""

from tests.support import node

PROGRAM = """
    const vault = await import(`${site}/certification/field/vault.js`);
    const bytes = new TextEncoder().encode("คะแนน");
    const fails = (work) => work.then(() => "", (failed) => failed.constructor.name);
    const { kept, keys } = await vault.create("ดอกราชพฤกษ์ 9");
    const sealed = await vault.seal(keys.data, bytes, "file 1");
    const again = await vault.unlock(structuredClone(kept), "ดอกราชพฤกษ์ 9");
    const changed = { ...sealed, data: sealed.data.slice(0) };
    new Uint8Array(changed.data)[0] ^= 1;
    console.log(JSON.stringify({
        opened: new TextDecoder().decode(await vault.open(again.data, sealed, "file 1")),
        otherwise: await fails(vault.open(again.data, sealed, "file 2")),
        changed: await fails(vault.open(again.data, changed, "file 1")),
        wrong: await fails(vault.unlock(kept, "ดอกราชพฤกษ์ 8")),
        iterations: kept.iterations,
        extractable: [again.data, again.signing, again.wrapping].some((key) => key.extractable),
        weak: ["1234567", "12345678901", "สั้นไป"].filter(vault.isStrong),
        strong: ["ดอกคูน99", "123456789012"].filter(vault.isStrong),
        there: vault.toBase64(vault.fromBase64("-_8A")),
    }));
"""


def test_the_vault_of_a_device():
    told = node.run(PROGRAM)

    assert told == {
        "opened": "คะแนน",
        "otherwise": "DOMException",
        "changed": "DOMException",
        "wrong": "WrongPassphrase",
        "iterations": 600_000,
        "extractable": False,
        "weak": [],
        "strong": ["ดอกคูน99", "123456789012"],
        "there": "-_8A",
    }
