"""What is kept of machines (แบบจำลองข้อมูล)."""

from saduak.machines.models.answers import KeptAnswer
from saduak.machines.models.clients import Client, Token

__all__ = ["Client", "KeptAnswer", "Token"]
