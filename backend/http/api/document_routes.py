"""The API's own description: /openapi.json, and a plain page for people at /docs."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from backend.http.api.endpoint import AnyEndpoint
from backend.http.api.openapi import Schema, write_document

PAGE_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_STYLE: Final = """\
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
section { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .75rem 0; }
h2 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
code, pre { font: .85rem/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .75rem; background: color-mix(in srgb, currentColor 7%, transparent); }
table { border-collapse: collapse; } td { padding: .1rem 1rem .1rem 0; vertical-align: top; }
"""


class DocumentRoutes:
    """Serves the document of some endpoints."""

    def __init__(self, endpoints: Sequence[AnyEndpoint]) -> None:
        self._endpoints = endpoints
        self._written: dict[str, bytes] = {}
        self._pages: dict[str, str] = {}

    def routes(self) -> list[BaseRoute]:
        """Return them."""
        return [
            Route("/openapi.json", self.document),
            Route("/docs", self.page),
            Route("/docs/docs.css", self.style),
        ]

    async def document(self, request: Request) -> Response:
        """Serve the OpenAPI document."""
        base = request.scope.get("root_path", "")
        if base not in self._written:
            self._written[base] = msgspec.json.encode(write_document(self._endpoints, base))
        return Response(self._written[base], media_type="application/json")

    async def page(self, request: Request) -> Response:
        """Serve the document as people read it."""
        base = request.scope.get("root_path", "")
        if base not in self._pages:
            self._pages[base] = _page(write_document(self._endpoints, base), base)
        return Response(
            self._pages[base], headers={"Content-Security-Policy": PAGE_POLICY}, media_type="text/html"
        )

    async def style(self, _request: Request) -> Response:
        """Serve the page's style."""
        return Response(_STYLE, media_type="text/css")


def _page(document: Schema, base: str) -> str:
    sections = "".join(
        _section(method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    )
    schemas = "".join(_schema(name, one) for name, one in document["components"]["schemas"].items())
    link = escape(base)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Livestall API</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="{link}/docs/docs.css"></head>'
        "<body><h1>Livestall API</h1>"
        f'<p>For programs: <a href="{link}/openapi.json">openapi.json</a> (OpenAPI 3.1). '
        "The token that entering a room gives goes into <code>Authorization: Bearer …</code>; every write "
        "takes an <code>Idempotency-Key</code>. Refusals are problem details (RFC 9457).</p>"
        f"{sections}<h1>Messages</h1>{schemas}</body></html>"
    )


def _section(method: str, path: str, operation: Mapping[str, Any]) -> str:
    rows = "".join(_parameter(one) for one in operation["parameters"])
    body = "".join(
        _message("Takes", one) for one in operation.get("requestBody", {}).get("content", {}).values()
    )
    answers = "".join(
        _message(f"Answers {status} with", content)
        for status, response in operation["responses"].items()
        if int(status) < 400
        for content in response["content"].values()
    )
    token = "<p>Needs a token.</p>" if "security" in operation else ""
    return (
        f"<section><h2><code>{method.upper()} {escape(path)}</code></h2><p>{escape(operation['summary'])}</p>"
        f"{token}<table>{rows}</table>{body}{answers}</section>"
    )


def _parameter(one: Mapping[str, Any]) -> str:
    needed = "required" if one["required"] else "optional"
    return f"<tr><td><code>{escape(one['name'])}</code></td><td>{one['in']}</td><td>{needed}</td></tr>"


def _message(says: str, content: Mapping[str, Any]) -> str:
    name = str(content["schema"].get("$ref", "JSON")).rpartition("/")[2]
    return f'<p>{says} <a href="#{escape(name)}">{escape(name)}</a>.</p>'


def _schema(name: str, schema: Schema) -> str:
    shown = msgspec.json.format(msgspec.json.encode(schema), indent=2).decode()
    return f'<section id="{escape(name)}"><h2>{escape(name)}</h2><pre>{escape(shown)}</pre></section>'
