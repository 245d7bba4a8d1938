"""The pages that README shows; `SADUAK_PICTURES=1` takes their pictures anew."""

import os

from saduak.certification.models import Round
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World
from saduak.directory.tests.factories import AgencyFactory, CentreFactory
from tests.journeys.story import marks
from tests.support.browser import CHECKOUT

pytestmark = marks


def keep(walk, name):
    """Write the picture of the window to `docs/pictures/` when it is asked for."""
    if os.environ.get("SADUAK_PICTURES") == "1":
        folder = CHECKOUT / "docs/pictures"
        folder.mkdir(parents=True, exist_ok=True)
        walk.page.evaluate("() => document.fonts.ready.then(() => true)")
        walk.page.screenshot(path=folder / f"{name}.png")


def test_the_case_page_as_readme_shows_it(new_walk):
    agency = AgencyFactory(name_th="กรมการขนส่งทางบก", ministry__name_th="กระทรวงคมนาคม")
    centre = CentreFactory(name_th="สำนักงานขนส่งจังหวัดลำพูน", agency=agency)
    world = World.while_running(Phase.VISITS, centre=centre, cycle_be=2569)
    world.secretariat.name = "สมศรี รักงาน"
    world.secretariat.save(update_fields=["name"])
    assert world.prepared_round
    Round.objects.update(is_example=True, title_th="รอบการรับรอง พ.ศ. 2569")
    case = world.declared(world.assigned())
    walk = new_walk()
    walk.sign_in(world.secretariat)

    walk.open(case.get_absolute_url())

    walk.heading("สำนักงานขนส่งจังหวัดลำพูน")
    keep(walk, "case")
