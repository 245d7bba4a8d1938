"""A template that prints a variable nobody gave it is a mistake."""


class UndefinedVariable(str):
    """Stands in for Django's `string_if_invalid`, and refuses to be printed."""

    def __new__(cls):
        return super().__new__(cls, "%s")

    def __mod__(self, name):
        raise AssertionError(f"A template printed “{name}”, which its view did not give it.")
