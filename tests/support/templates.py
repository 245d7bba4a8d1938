"""A template that prints a variable nobody gave it is a mistake."""

import sys


class UndefinedVariable(str):
    """Stands in for Django's `string_if_invalid`, and refuses to be printed.

    Django hands the same object to a template for a relation that is empty, such as the assignment of an unassigned
    case. That is no mistake: there it is false and prints nothing, as in production.
    """

    def __new__(cls):
        return super().__new__(cls, "%s")

    def __mod__(self, name):
        raise AssertionError(f"A template printed “{name}”, which its view did not give it.")

    def __bool__(self):
        # Only `FilterExpression.resolve` asks in order to learn whether it should complain.
        return sys._getframe(1).f_code.co_name == "resolve"

    def __html__(self):
        return ""
