"""The API's reference as a plain page, made from its schema: no script, nothing fetched from elsewhere."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator

METHODS = ["get", "post", "put", "patch", "delete"]


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    about: str
    is_required: bool = False


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    about: str
    parameters: list[Field]
    body: list[Field]
    answer: str  # the name of the object answered


def show_reference(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters and body, then every object with its fields."""
    generator = SchemaGenerator(api_version="v1")
    schema = generator.get_schema(public=True)
    objects = schema["components"]["schemas"]
    context = {
        "operations": [operation for path in sorted(schema["paths"]) for operation in _operations(schema, path)],
        "objects": {
            name: _fields(schema, value)
            for name, value in sorted(objects.items())
            if "properties" in value and not name.startswith(("Paginated", "Patched"))
        },
    }
    return render(request, "public/api.html", context)


def _operations(schema: dict[str, Any], path: str) -> list[Operation]:
    found = []
    for method in METHODS:
        described = schema["paths"][path].get(method)
        if described is None:
            continue
        body = _json_of(described.get("requestBody", {}))
        found.append(
            Operation(
                method=method.upper(),
                path=path,
                about=described.get("description", ""),
                parameters=[_parameter(row) for row in described.get("parameters", [])],
                body=_fields(schema, _resolve(schema, body)) if body else [],
                answer=_name_of(_json_of(described["responses"].get("200", {}))),
            )
        )
    return found


def _json_of(part: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = part.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _resolve(schema: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in value:
        found: dict[str, Any] = schema["components"]["schemas"][_name_of(value)]
        return found
    return value


def _name_of(value: dict[str, Any]) -> str:
    found: str = value.get("$ref", "").rsplit("/", 1)[-1]
    return found


def _parameter(row: dict[str, Any]) -> Field:
    return Field(row["name"], _kind(row.get("schema", {})), row.get("description", ""), row.get("required", False))


def _fields(schema: dict[str, Any], value: dict[str, Any]) -> list[Field]:
    required = set(value.get("required", []))
    return [
        Field(name, _kind(described), described.get("description", ""), name in required)
        for name, described in value.get("properties", {}).items()
    ]


def _kind(value: dict[str, Any]) -> str:
    """A short word for a field's type: the name of an object, "list of …", or the JSON type and format."""
    if "$ref" in value:
        return _name_of(value)
    for join in ("allOf", "oneOf"):
        if join in value:
            return " or ".join(dict.fromkeys(_kind(part) for part in value[join]))
    if value.get("type") == "array":
        return f"list of {_kind(value.get('items', {}))}"
    if "enum" in value:
        return " | ".join(str(item) for item in value["enum"])
    return " ".join(part for part in (value.get("type", ""), value.get("format", "")) if part)
