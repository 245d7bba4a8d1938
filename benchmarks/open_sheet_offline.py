"""Opening a sheet of 50 criteria without signal, in Chromium, beside a bare page that shows as many rows.

Prints milliseconds from the tap to the painted screen: the middle of several times, as it is and with the processor
slowed down four times, as on a cheap telephone. The reference reads one record of the same size, neither encrypted nor
scored, and paints a list of its rows. Run: python -m benchmarks.open_sheet_offline
"""

import os
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread.

AIM = 300
"""Milliseconds, from the platform's aims."""

TIMES = 7
SLOWER = 4
PASSPHRASE = "ดอกราชพฤกษ์ 9"  # noqa: S105 – of a device that lives for a minute.

OURS = """async ([from, to]) => {
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const shows = async (what) => { while (!document.querySelector(what)) await painted(); };
    location.hash = from;
    await shows(from === "/" ? ".field-more" : ".field-outline");
    await painted();
    const began = performance.now();
    location.hash = to;
    await shows(to.includes("criterion") ? ".field-marking" : ".field-outline");
    await painted();
    return performance.now() - began;
}"""

KEEP = """(rows) => new Promise((done) => {
    const asked = indexedDB.open("reference", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("rows");
    asked.onsuccess = () => {
        const tx = asked.result.transaction("rows", "readwrite");
        tx.objectStore("rows").put(JSON.stringify(rows), "all");
        tx.oncomplete = () => { asked.result.close(); done(); };
    };
})"""

REFERENCE = """() => new Promise((done) => {
    document.body.replaceChildren();
    const began = performance.now();
    const asked = indexedDB.open("reference", 1);
    asked.onsuccess = () => {
        const read = asked.result.transaction("rows").objectStore("rows").get("all");
        read.onsuccess = () => {
            const list = document.createElement("ol");
            for (const row of JSON.parse(read.result).criteria) {
                const item = document.createElement("li");
                item.textContent = `${row.code} ${row.title}`;
                list.append(item);
            }
            document.body.append(list);
            asked.result.close();
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
        };
    };
})"""


def main() -> None:
    """Set a device up, take a dossier along, cut the network, and measure."""
    import django

    import tests.support.database  # noqa: F401 – gives the settings their database.

    django.setup()
    from django.db import connection
    from pytest_django.live_server_helper import LiveServer

    usual = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    server = LiveServer("localhost")
    try:
        measure(server.url)
    finally:
        server.stop()
        with connection.cursor() as cursor:  # The server's threads leave their connections open.
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        connection.creation.destroy_test_db(usual, verbosity=0)


def measure(address: str) -> None:
    """Print the figures."""
    from playwright.sync_api import sync_playwright

    from saduak.certification.operations import sheets
    from saduak.certification.presenters.field import dossier_of
    from saduak.certification.rules import Phase
    from saduak.certification.tests.world import World
    from saduak.standards.tests.factories import CriteriaSetFactory
    from tests.support.browser import FLAGS, Walk, chromium_path

    world = World.while_running(Phase.VISITS, criteria=CriteriaSetFactory(published=True))
    visit = world.visited().current_visit
    sheet = world.score(visit.application, world.member, submit=False)
    sheets.mark(sheet, next(iter(visit.application.library.leaves)), "", by=world.member)
    dossier = dossier_of(visit, sheet=sheet, at=visit.starts_at)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="th-TH")
        walk = Walk(context, address)
        walk.sign_in(world.member)
        walk.open("/certification/field/")
        walk.fill("รหัสผ่านของเครื่องนี้", PASSPHRASE)
        walk.fill("รหัสผ่านอีกครั้ง", PASSPHRASE)
        walk.press("ตั้งค่า")
        walk.press("นำไปกับเครื่อง")
        walk.sees("เปิดแบบให้คะแนน")
        walk.page.evaluate("() => navigator.serviceWorker.ready")
        context.set_offline(True)
        walk.page.reload()
        walk.fill("รหัสผ่านของเครื่องนี้", PASSPHRASE)
        walk.press("ปลดล็อก")
        walk.sees("เปิดแบบให้คะแนน")
        criteria = len(dossier["criteria"])
        first = f"/visit/{visit.pk}/criterion/{dossier['criteria'][0]['code']}"
        ways = {"the whole sheet": ("/", f"/visit/{visit.pk}"), "one criterion": (f"/visit/{visit.pk}", first)}
        bare = context.new_page()
        context.set_offline(False)
        bare.goto(f"{address}/health/live")
        context.set_offline(True)
        bare.evaluate(KEEP, dossier)
        for slower in (1, SLOWER):
            for page in (walk.page, bare):
                context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
            bare.bring_to_front()
            reference = median(bare.evaluate(REFERENCE) for _ in range(TIMES))
            walk.page.bring_to_front()
            print(f"{criteria} criteria, processor {'as it is' if slower == 1 else f'{slower} times slower'}")
            print(f"  bare page of as many rows   {reference:6.0f} ms")
            for what, (start, end) in ways.items():
                took = median(walk.page.evaluate(OURS, [start, end]) for _ in range(TIMES))
                print(f"  {what:26} {took:6.0f} ms   {took / reference:.1f} × the reference")
        print(f"  aim {AIM} ms")
        browser.close()


if __name__ == "__main__":
    main()
