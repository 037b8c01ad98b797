"""Writes the OpenAPI 3.1 document from the declared endpoints and the types of their messages."""

import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from backend.contract.bounds import MAX_INTEGER, UpTo, bounds_of
from backend.contract.problems import PROBLEM_TYPE, ProblemDetails
from backend.http.api.dispatch import KEY_HEADER, MAX_KEY
from backend.http.api.endpoint import AnyEndpoint, FileAnswer, Nothing, RawBody, Who

Schema = dict[str, Any]

VERSION: Final = "1"
_REF: Final = "#/components/schemas/{name}"
_PROBLEM: Final = {"$ref": _REF.format(name=ProblemDetails.__name__)}
_WITH_TOKEN: Final = {401: "The token is missing, or does not count.", 403: "This is not yours to do."}
_WITH_FIELDS: Final = {413: "The request is too large.", 422: "The request is not what is taken here."}
_ALWAYS: Final = {
    404: "There is no such thing, or it is another's.",
    409: "It cannot be done as things stand now.",
    429: "Too many requests; Retry-After tells when to come again.",
    503: "The backend cannot do this now.",
}


def write_document(endpoints: Sequence[AnyEndpoint], server: str = "") -> Schema:
    """Return the document; `server` is the path below which the backend lies, empty for none."""
    _, schemas = msgspec.json.schema_components(list(_types(endpoints)), ref_template=_REF)
    _bound(schemas, endpoints)
    paths: dict[str, Schema] = {}
    for endpoint in endpoints:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint, schemas)
    used_in_addresses = {endpoint.parameters.__name__ for endpoint in endpoints}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Livestall", "version": VERSION, "license": {"name": "Apache-2.0"}},
        "servers": [{"url": server or "/"}],
        "paths": paths,
        "components": {
            "schemas": {name: schema for name, schema in schemas.items() if name not in used_in_addresses},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _types(endpoints: Iterable[AnyEndpoint]) -> Iterator[type[msgspec.Struct]]:
    yield ProblemDetails
    for endpoint in endpoints:
        yield endpoint.parameters
        if endpoint.answer is not FileAnswer:
            yield endpoint.answer
        if endpoint.body is not RawBody:
            yield endpoint.body
        for kinds in endpoint.problems.values():
            yield from kinds


def _operation(endpoint: AnyEndpoint, schemas: Mapping[str, Schema]) -> Schema:
    operation: Schema = {
        "operationId": _operation_id(endpoint),
        "summary": endpoint.summary,
        "tags": [endpoint.path.split("/")[3]],
        "parameters": _parameters(endpoint, schemas[endpoint.parameters.__name__]),
        "responses": _responses(endpoint),
    }
    if endpoint.body is RawBody:
        content: Schema = {media_type: {"schema": {}} for media_type in endpoint.body_types}
        operation["requestBody"] = {"required": True, "content": content}
    elif endpoint.body is not Nothing:
        operation["requestBody"] = {"required": True, "content": _json(endpoint.body)}
    if endpoint.who is not Who.ANYONE:
        operation["security"] = [{"token": []}]
    return operation


def _operation_id(endpoint: AnyEndpoint) -> str:
    words = [part.strip("{}") for part in endpoint.path.split("/")[3:]]
    return "_".join((endpoint.method.lower(), *words)).replace("-", "_")


def _parameters(endpoint: AnyEndpoint, schema: Schema) -> list[Schema]:
    required = schema.get("required", ())
    found = [
        {
            "name": name,
            "in": "path" if name in endpoint.in_path else "query",
            "required": name in required,
            "schema": of_field,
        }
        for name, of_field in schema.get("properties", {}).items()
    ]
    if endpoint.is_idempotent:
        text = {"type": "string", "minLength": 1, "maxLength": MAX_KEY, "pattern": "^[ -~]+$"}
        found.append({"name": KEY_HEADER, "in": "header", "required": True, "schema": text})
    return found


def _responses(endpoint: AnyEndpoint) -> Schema:
    told: dict[int, str] = dict(_ALWAYS)
    if endpoint.who is not Who.ANYONE:
        told |= _WITH_TOKEN
    if endpoint.is_idempotent:
        told[400] = "The Idempotency-Key is missing."
    if endpoint.body is RawBody and endpoint.who is Who.ANYONE:
        told[400] = "The signature is not good, or the message is not what is taken here."
    if endpoint.parameters is not Nothing or endpoint.body is not Nothing:
        told |= _WITH_FIELDS
    refusals = {
        str(status): {
            "description": words,
            "content": {PROBLEM_TYPE: {"schema": _any_of(endpoint.problems.get(status, ()))}},
        }
        for status, words in sorted(told.items())
    }
    files: Schema = {media_type: {"schema": {}} for media_type in endpoint.answer_types}
    done = {"description": "Done.", "content": files or _json(endpoint.answer)}
    return {str(endpoint.status): done, **refusals}


def _json(kind: type[msgspec.Struct]) -> Schema:
    return {"application/json": {"schema": {"$ref": _REF.format(name=kind.__name__)}}}


def _any_of(kinds: Sequence[type[ProblemDetails]]) -> Schema:
    if not kinds:
        return _PROBLEM
    return {"anyOf": [*({"$ref": _REF.format(name=kind.__name__)} for kind in kinds), _PROBLEM]}


def _bound(schemas: Mapping[str, Schema], endpoints: Sequence[AnyEndpoint]) -> None:
    """Add the bounds that the dispatch checks, which msgspec does not know of."""
    for kind in _structs(_types(endpoints)):
        properties = schemas[kind.__name__].get("properties", {})
        for name, bound in bounds_of(kind).items():
            _bound_field(properties[name], bound)


def _structs(kinds: Iterable[object]) -> set[type[msgspec.Struct]]:
    found: set[type[msgspec.Struct]] = set()
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind not in found:
            found.add(kind)
            waiting += typing.get_type_hints(kind).values()
        waiting += typing.get_args(kind)
    return found


def _bound_field(schema: Schema, bound: UpTo | None) -> None:
    for part in schema.get("anyOf", ()):
        _bound_field(part, bound)
    if schema.get("type") == "integer":
        schema.setdefault("minimum", -MAX_INTEGER)
        schema.setdefault("maximum", MAX_INTEGER)
    elif schema.get("type") == "string" and "enum" not in schema and bound is not None:
        schema.setdefault("maxLength", bound.letters)
    elif schema.get("type") == "array":
        if bound is not None:
            schema.setdefault("maxItems", bound.items)
        _bound_field(schema["items"], bound)
