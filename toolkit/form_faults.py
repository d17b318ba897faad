"""What is wrong with the forms of a page, told together at its top: one line for each field, with the way to it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from types import SimpleNamespace
from typing import Any

from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField

DEEP = 3  # a page's context holds forms, lists and rows of them, never more


@dataclass(frozen=True)
class FormFault:
    """`target` is the id of what to change; empty where the sentence is about the whole form."""

    target: str
    label: str
    sentence: str


def faults_on(context: Mapping[str, Any]) -> list[FormFault]:
    """The faults of every bound form that a page's context holds, in its order; each form once.

    Empty where no field is wrong: a sentence about a whole form stands at its head already.
    """
    found = [fault for form in _each_form(context) for fault in _faults_of(form)]
    return found if any(fault.target for fault in found) else []


def _each_form(context: Mapping[str, Any]) -> Iterator[BaseForm]:
    seen: set[int] = set()
    for value in context.values():
        for form in _forms_in(value, DEEP):
            if id(form) not in seen:
                seen.add(id(form))
                yield form


def _forms_in(value: Any, deep: int) -> Iterator[BaseForm]:
    if isinstance(value, BaseForm):
        yield value
    elif deep and isinstance(value, (list, tuple, BaseFormSet)):
        for one in value:
            yield from _forms_in(one, deep - 1)
    elif deep and isinstance(value, dict):
        yield from _forms_in(list(value.values()), deep - 1)
    elif deep and (isinstance(value, SimpleNamespace) or (is_dataclass(value) and not isinstance(value, type))):
        yield from _forms_in(list(getattr(value, "__dict__", {}).values()), deep - 1)


def _faults_of(form: BaseForm) -> Iterable[FormFault]:
    if not form.is_bound or not form.errors:
        return
    for sentence in form.non_field_errors():
        yield FormFault("", "", str(sentence))
    for field in form:
        for sentence in field.errors:
            yield FormFault(_target(field), str(field.label or ""), str(sentence))


def _target(field: BoundField) -> str:
    """The id of the field's first input, which a link can lead to; hidden fields have none that anybody sees."""
    if field.is_hidden:
        return ""
    return field.id_for_label or next((part.id_for_label for part in field.subwidgets), "") or field.auto_id
