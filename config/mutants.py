"""Mutants: a function of ours with one small thing wrong, as mutmut's operators make them, put into the running
process.

A mutant is an expression or statement inside a function or method, replaced by another. Annotations, defaults,
decorators, docstrings
and what stands outside functions are left alone: they are read once, when a module is imported. Needs mutmut and LibCST
(requirements-mutate.txt), which are imported where used.
"""

import difflib
import inspect
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Mutant:
    """The `number`th mutant of a file (relative to the root, from 0): within `function` (its qualified name), which
    begins on
    line `begins`; the node that changes spans the lines `first` to `last`, the function ends on `ends`."""

    file: str
    number: int
    function: str
    begins: int
    ends: int
    first: int
    last: int

    @property
    def module(self) -> str:
        return self.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def _parsed(file: str) -> tuple[Any, list[tuple[Mutant, Any, Any]]]:
    """(module, [(mutant, node, what takes its place)]) of a file."""
    import libcst
    from libcst.metadata import MetadataWrapper, PositionProvider

    wrapper = MetadataWrapper(libcst.parse_module((ROOT / file).read_text()))
    places = wrapper.resolve(PositionProvider)
    made: list[tuple[Mutant, Any, Any]] = []
    for function, node in _functions(wrapper.module):
        span = places[node]
        for old, new in _replacements(node.body):
            place = places.get(old, span)
            mutant = Mutant(file, len(made), function, span.start.line, span.end.line, place.start.line, place.end.line)
            made.append((mutant, old, new))
    return wrapper.module, made


def _functions(module: Any) -> Iterator[tuple[str, Any]]:
    """(qualified name, node) of each function and method; what is inside a function belongs to it."""
    import libcst

    def inside(body: Any, within: str) -> Iterator[tuple[str, Any]]:
        for statement in body:
            if isinstance(statement, libcst.FunctionDef):
                yield within + statement.name.value, statement
            elif isinstance(statement, libcst.ClassDef):
                yield from inside(statement.body.body, f"{within}{statement.name.value}.")

    return inside(module.body, "")


def _replacements(body: Any) -> Iterator[tuple[Any, Any]]:
    """(node, what takes its place), from the outside in."""
    import libcst
    from mutmut.mutation.mutators import mutation_operators

    apart = (libcst.Annotation, libcst.Decorator, libcst.Parameters)

    def inside(node: Any) -> Iterator[tuple[Any, Any]]:
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                yield from ((node, new) for new in operator(node))
        for child in node.children:
            if not isinstance(child, apart):
                yield from inside(child)

    return inside(body)


def mutants_of(file: str) -> list[Mutant]:
    """Every mutant of a file, in the order of its text."""
    return [mutant for mutant, _old, _new in _parsed(file)[1]]


def text_of(mutant: Mutant) -> str:
    """The file's text with the mutant in it."""
    module, made = _parsed(mutant.file)
    _mutant, old, new = made[mutant.number]
    found: str = module.deep_replace(old, new).code
    return found


def difference(mutant: Mutant) -> list[str]:
    """The lines that go (-) and come (+), without their indentation."""
    lines = difflib.unified_diff(
        (ROOT / mutant.file).read_text().splitlines(), text_of(mutant).splitlines(), lineterm="", n=0
    )
    return [f"{line[0]} {line[1:].strip()}" for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _code_in(text: str, mutant: Mutant) -> CodeType | None:
    """The function's code compiled from `text`; None where the text does not compile."""
    try:
        whole = compile(text, str(ROOT / mutant.file), "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    wanted = [code for code in _codes(whole) if code.co_qualname == mutant.function]
    # A decorated function's code begins at its first decorator, above the word def.
    within = [code for code in wanted if code.co_firstlineno <= mutant.begins]
    return max(within, key=lambda code: code.co_firstlineno, default=None)


def is_the_same(mutant: Mutant) -> bool:
    """Compiles to what stands there, or to nothing: no test could tell."""
    mutated = _code_in(text_of(mutant), mutant)
    return mutated is None or mutated == _code_in((ROOT / mutant.file).read_text(), mutant)


def function_of(mutant: Mutant) -> FunctionType:
    """The function in this process that a mutant changes, below whatever decorates it. Raises LookupError."""
    found: Any = sys.modules[mutant.module]
    for name in mutant.function.split("."):
        found = vars(found)[name]
        found = getattr(found, "__func__", None) or getattr(found, "fget", None) or getattr(found, "func", found)
    found = inspect.unwrap(found)
    if not isinstance(found, FunctionType) or found.__code__.co_qualname != mutant.function:
        raise LookupError(f"{mutant.module}: {mutant.function} is not where its name says")
    return found


def put_in(mutant: Mutant) -> None:
    """Whoever calls the function in this process from now on meets the mutant: what its app had kept is forgotten."""
    code = _code_in(text_of(mutant), mutant)
    assert code is not None
    function_of(mutant).__code__ = code
    app = mutant.module.split(".")[0]
    for name, module in list(sys.modules.items()):
        if name.startswith(f"{app}."):
            for forget in [getattr(thing, "cache_clear", None) for thing in list(vars(module).values())]:
                if callable(forget):
                    forget()
