"""A connected system that reads the cases of one centre's head; the words of its token are kept by nobody."""

from typing import Any

from saduak.machines.operations import clients
from saduak.machines.scopes import Scope


def load(administrator: Any, head: Any) -> None:
    """The system and its token, as an administrator makes them."""
    system = clients.add(
        name="ตัวอย่าง: ระบบสารบรรณของศูนย์",
        purpose="ตัวอย่าง: อ่านสถานะคำขอและใบรับรองของศูนย์ไปแสดงในระบบสารบรรณ",
        owner=head,
        contact=head.email,
        acts_for=head,
        by=administrator,
    )
    clients.give_token(system, scopes=[Scope.CASES_READ], label="ตัวอย่าง", by=administrator)
