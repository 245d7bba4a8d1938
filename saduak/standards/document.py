"""A library as plain data, for the database's own questions and for machines (ข้อมูลสำหรับเครื่อง)."""

from dataclasses import fields, is_dataclass

Plain = dict[str, "Plain"] | list["Plain"] | str | int | bool


def as_document(value: object) -> Plain:
    """Mappings, lists and texts in the place of dataclasses, tuples and Decimal; points become texts, exactly."""
    if is_dataclass(value):
        return {field.name: as_document(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [as_document(item) for item in value]
    if isinstance(value, bool | int):
        return value
    return str(value)
