"""A draft of the next criteria, begun like those in force, with a mapping that waits to be confirmed."""

from typing import Any

from saduak.standards import operations
from saduak.standards.drafting import tree as trees
from saduak.standards.drafting.problems import with_stated_sums
from saduak.standards.drafting.tree import Node, Sort, node
from saduak.standards.models import CriteriaSet

REFERENCE = "example-2569"


def load(in_force: CriteriaSet, secretariat: Any) -> CriteriaSet:
    """One criterion asks more, one is new, one is dropped; the texts are examples."""
    draft = operations.begin_draft(
        REFERENCE,
        cycle_be=2569,
        th="ตัวอย่าง: ร่างเกณฑ์ พ.ศ. 2569",
        en="Example: draft criteria B.E. 2569",
        like=in_force,
        by=secretariat,
    )
    for edit, about, deed in ((_says_more, "P3", "changed"), (_drops, "2.15", "removed"), (_adds, "4.7", "added")):
        operations.edit_draft(draft, edit, about=about, deed=deed, by=secretariat)
    draft.refresh_from_db()
    operations.begin_mapping(in_force, draft, by=secretariat)
    return draft


def _says_more(tree: Node) -> Node:
    old = trees.find(tree, "P3")
    said = {"th": "ป้ายหรือสัญลักษณ์บอกทิศทางที่เห็นได้ชัดเจน", "asks_th": "ตัวอย่าง: มีป้ายนำทางสองภาษาตั้งแต่ทางเข้าจนถึงจุดบริการ"}
    return trees.change(tree, "P3", node(Sort.CRITERION, {**old.values, **said, "provisional": "true"}))


def _drops(tree: Node) -> Node:
    return trees.remove(tree, "2.15")


def _adds(tree: Node) -> Node:
    said = {
        "code": "4.7",
        "th": "ตัวอย่าง: การตอบคำถามประชาชนด้วยระบบอัตโนมัติอย่างรับผิดชอบ",
        "aspect": "4",
        "provisional": "true",
    }
    return with_stated_sums(trees.add(tree, node(Sort.CRITERION, said), under="Q-advanced-2"))
