"""What is kept of machines (แบบจำลองข้อมูล)."""

from saduak.machines.models.answers import KeptAnswer
from saduak.machines.models.clients import Client, Token
from saduak.machines.models.hooks import Delivery, State, Webhook

__all__ = ["Client", "Delivery", "KeptAnswer", "State", "Token", "Webhook"]
