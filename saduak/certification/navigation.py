"""The pages of certification in the rail."""

from saduak.design.navigation import Item

ITEMS: list[Item] = []
