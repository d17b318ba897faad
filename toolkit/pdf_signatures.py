"""Looks at the digital signatures that somebody added to a PDF of ours, alone in a process with little time and memory.

`python -I pdf_signatures.py LENGTH_OF_OURS < file` writes one line of JSON: {"signatures": [{subject, issuer,
fingerprint, at}]} or {"fault": code}. Imports nothing of ours and writes no file. Faults: unreadable, unsigned (no
signature was added), kind (one is of a kind that nobody should trust any more, such as adbe.pkcs7.sha1), broken (one is
not intact), partial (something but proof of time and validity follows the last one), changed (something else than
signatures was added). Whether a certificate can be trusted is not asked: that needs a list of whom one trusts.

Signing programs number objects each in their own way: Poppler gives new ones the generation 1, iText frees numbers that
it never used, PDFBox leaves the number of its own cross-reference stream to whoever comes next. So the file is read
leniently, and what leniency could hide is asked of its tables (`renumbered`): nothing of ours is freed, or named again
under another generation.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyhanko.sign.diff_analysis import ModificationLevel


SECONDS, BYTES = 20, 1 << 30
WEAK = ("md5", "sha1")


def limit() -> None:
    """Takes away what this does not need: time, memory, written files."""
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def look(data: bytes, length: int) -> dict[str, object]:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import ModificationLevel

    reader = PdfFileReader(io.BytesIO(data), strict=False)
    ours = PdfFileReader(io.BytesIO(data[:length])).xrefs.total_revisions
    if renumbered(reader, ours):
        return {"fault": "changed"}
    if has_other_kind(reader):
        return {"fault": "kind"}
    added = [found for found in reader.embedded_regular_signatures if found.signed_revision >= ours]
    stamps = [found for found in reader.embedded_timestamp_signatures if found.signed_revision >= ours]
    if not added:
        return {"fault": "unsigned"}
    if any(signature.md_algorithm in WEAK for signature in added):
        return {"fault": "kind"}
    if not all(is_intact(signature) for signature in [*added, *stamps]):
        return {"fault": "broken"}
    if not reaches_the_end(reader, added[-1]) or not data.rstrip().endswith(b"%%EOF"):
        return {"fault": "partial"}
    if level_of_change(reader, ours - 1) > ModificationLevel.FORM_FILLING:
        return {"fault": "changed"}
    return {"signatures": [described(signature) for signature in added]}


def renumbered(reader: Any, ours: int) -> bool:
    """Whether what was added could make two programs show two documents: it frees a number that is in use, uses one of
    ours under another generation, one of its own under two, or has a second table beside the first ("hybrid").
    """
    tables = reader.xrefs
    size = tables.get_xref_container_info(ours - 1).size
    added: dict[int, int] = {}  # number: generation
    for revision in range(ours, tables.total_revisions):
        table = tables.get_xref_data(revision)
        if table.hybrid is not None or any(0 < number < size or number in added for number in table.freed):
            return True
        for number, generation in table.explicit_refs_in_revision:
            if number in table.freed:
                continue
            if added.setdefault(number, 0 if number < size else generation) != generation:
                return True
    return False


def has_other_kind(reader: Any) -> bool:
    """Whether a signature field is filled with what pyHanko passes over:
    the kinds that PDF 2.0 has given up, or unknown ones."""
    from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields

    known = {kind.value for kind in SigSeedSubFilter}
    values = (value.get_object() for _name, value, _field in enumerate_sig_fields(reader, filled_status=True))
    return any(value.get("/SubFilter") not in known for value in values)


def is_intact(signature: Any) -> bool:
    """Whether what was signed is unchanged and the signature that of its certificate, whoever issued that."""
    from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
    from pyhanko_certvalidator import ValidationContext

    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    if signature.sig_object_type == "/DocTimeStamp":
        stamp = validate_pdf_timestamp(signature, nobody, skip_diff=True)
        return stamp.intact and stamp.valid
    status = validate_pdf_signature(signature, nobody, nobody, skip_diff=True)
    return status.intact and status.valid


def reaches_the_end(reader: Any, last: Any) -> bool:
    """Whether the signature covers the whole file, or all but proof of time and validity
    added for it later (PAdES B-LT and B-LTA)."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    covered = last.evaluate_signature_coverage()
    if covered == SignatureCoverageLevel.ENTIRE_REVISION:
        return bool(level_of_change(reader, last.signed_revision) <= ModificationLevel.LTA_UPDATES)
    return bool(covered == SignatureCoverageLevel.ENTIRE_FILE)


def level_of_change(reader: Any, revision: int) -> ModificationLevel:
    """The most that was changed after that revision (pyhanko.sign.diff_analysis.ModificationLevel)."""
    from pyhanko.pdf_utils.generic import Reference
    from pyhanko.sign.diff_analysis import (
        DEFAULT_DIFF_POLICY,
        ModificationLevel,
        ReferenceUpdate,
        StandardDiffPolicy,
        SuspiciousModification,
        WhitelistRule,
    )

    class SignaturesInTheTree(WhitelistRule):
        """For tagged documents, of which pyHanko's own rules know nothing."""

        def apply(self, old: Any, new: Any) -> Iterator[Any]:
            trees = Tree(old), Tree(new)
            if trees[0].root is None or trees[0].root != trees[1].root:
                return
            try:
                changes = changes_of_tree(*trees)
            except ValueError as error:
                raise SuspiciousModification(str(error)) from error
            for number, generation in changes:
                yield ReferenceUpdate(Reference(number, generation, pdf=old.reader))

    usual, tree = DEFAULT_DIFF_POLICY, SignaturesInTheTree().as_qualified(ModificationLevel.FORM_FILLING)
    policy = StandardDiffPolicy([*usual.global_rules, tree], usual.form_rule, reject_object_freeing=False)
    try:
        change = policy.review_file(reader, revision)
    except SuspiciousModification:
        return ModificationLevel.OTHER
    return ModificationLevel.OTHER if isinstance(change, SuspiciousModification) else change.modification_level


PLACE = {"/Type", "/S", "/P", "/K", "/Pg"}  # what a place for a signature says, and no words
GROWS = {"/Type", "/K", "/ParentTree", "/ParentTreeNextKey"}


class Tree:
    """The structure of a tagged document in one revision (ISO 32000-2, 14.7), in plain values:
    a reference is (number, generation)."""

    def __init__(self, revision: Any) -> None:
        self.revision = revision
        self.root = plain(revision.root).get("/StructTreeRoot")

    def at(self, value: Any) -> Any:
        """What a reference leads to; a value itself otherwise."""
        from pyhanko.pdf_utils.generic import Reference

        if not isinstance(value, tuple):
            return value
        number, generation = value
        return plain(self.revision(Reference(number, generation, pdf=self.revision.reader)))

    def children(self, element: Any) -> list[Any]:
        found = self.at(self.at(element).get("/K", []))
        return found if isinstance(found, list) else [self.at(element)["/K"]]

    def parents(self, node: Any, nodes: list[Any]) -> dict[str, object]:
        """{key: reference} of the number tree below `node`, whose parts are added to `nodes`."""
        nodes.append(node)
        says = self.at(node)
        numbers = self.at(says.get("/Nums", []))
        found = dict(zip(numbers[::2], numbers[1::2], strict=True))
        for child in self.at(says.get("/Kids", [])):
            found |= self.parents(child, nodes)
        return found

    def is_place(self, element: Any) -> bool:
        """Whether it only says where on a page a signature stands."""
        says = self.at(element)
        inside = self.children(element)
        if says.get("/S") != "/Form" or not says.keys() <= PLACE or len(inside) != 1:
            return False
        pointer = self.at(inside[0])
        field = self.at(pointer.get("/Obj")) if isinstance(pointer, dict) and pointer.get("/Type") == "/OBJR" else {}
        return field.get("/FT") == "/Sig" and field.get("/Subtype") == "/Widget"


def plain(value: Any) -> Any:
    """A PDF value as Python compares it: references as (number, generation), lists without an end of nothing."""
    from pyhanko.pdf_utils import generic

    if isinstance(value, generic.IndirectObject):
        return (value.idnum, value.generation)
    if isinstance(value, generic.DictionaryObject):
        return {str(key): plain(value.raw_get(key)) for key in value}
    if isinstance(value, generic.ArrayObject):
        items = [plain(value.raw_get(place)) for place in range(len(value))]
        while items and items[-1] is None:  # the end of a list that says nothing
            items.pop()
        return items
    return None if isinstance(value, generic.NullObject) else value


def changes_of_tree(old: Tree, new: Tree) -> list[tuple[int, int]]:
    """The references that may say something new because places for signatures were added, at the top and in the parent
    tree, as iText adds them; all that stood there stands there still, in the same order. Raises ValueError for any
    other change.
    """
    tops = [old.root, *old.children(old.root)]
    places = []
    for element in tops:
        before, after = old.at(element), new.at(element)
        stood = old.children(element)
        if new.children(element)[: len(stood)] != stood or rest_of(before) != rest_of(after):
            raise ValueError("the structure says something else")
        places += new.children(element)[len(stood) :]
    old_nodes: list[Any] = []
    new_nodes: list[Any] = []
    parents = old.parents(old.at(old.root)["/ParentTree"], old_nodes)
    grown = new.parents(new.at(new.root)["/ParentTree"], new_nodes)
    if any(key not in grown or old.at(value) != new.at(grown[key]) for key, value in parents.items()):
        raise ValueError("the parent tree says something else")
    if not all(new.is_place(place) for place in [*places, *(grown[key] for key in grown.keys() - parents.keys())]):
        raise ValueError("something else than a signature was added to the structure")
    # A number that was in use may say something new only where it stood already.
    size = old.revision.reader.xrefs.get_xref_container_info(old.revision.revision).size
    fresh = [one for one in [*places, *new_nodes, *grown.values()] if isinstance(one, tuple) and one[0] >= size]
    kept = [*(node for node in new_nodes if node in old_nodes), *parents.values()]
    return [one for one in [*tops, *fresh, *kept] if isinstance(one, tuple)]


def rest_of(element: dict[str, object]) -> dict[str, object]:
    """What an element says beside what grows; what is empty says nothing."""
    return {key: value for key, value in element.items() if key not in GROWS and value != {}}


def described(signature: Any) -> dict[str, object]:
    certificate, at = signature.signer_cert, signature.self_reported_timestamp
    return {
        "subject": certificate.subject.human_friendly[:300],
        "issuer": certificate.issuer.human_friendly[:300],
        "fingerprint": certificate.sha256.hex(),
        "at": at.isoformat() if at else "",
    }


def main() -> dict[str, object]:
    data, length = sys.stdin.buffer.read(), int(sys.argv[1])
    try:
        return look(data, length)
    except Exception:  # whatever a hostile file makes of the parsers: it is not read
        return {"fault": "unreadable"}


if __name__ == "__main__":
    limit()
    sys.stdout.write(json.dumps(main()) + "\n")
