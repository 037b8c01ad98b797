"""Serves the backend below a path prefix of another site, and redirects a path with a slash too many."""

from typing import Final

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

# A page of another origin could not follow without (Fetch §4.4), and WHIP and WHEP are for any origin.
REDIRECT_HEADERS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Location",
}


def path_below(scope: Scope) -> str:
    """Return the path as our routes know it, without the prefix where it has one."""
    path, prefix = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(prefix) :] if f"{path}/".startswith(f"{prefix}/") else path


def redirect(scope: Scope, path: str) -> RedirectResponse:
    """Lead to one of our paths, by the scheme, the name and the prefix under which we were asked."""
    query = scope.get("query_string", b"").decode("latin-1")
    # One slash alone at the front: two would name a host (RFC 3986 §4.2).
    target = f"{scope.get('root_path', '')}/{path.strip('/')}"
    return RedirectResponse(f"{target}?{query}" if query else target, headers=REDIRECT_HEADERS)


class Prefix:
    """Pure ASGI middleware: sets `root_path`, whether the proxy in front takes the prefix off or leaves it.

    Args:
        prefix: such as `/live`; empty for none.
    """

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the ASGI specification."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        scope = {**scope, "root_path": self._prefix}
        path = path_below(scope)
        if path == "" or (len(path) > 1 and path.endswith("/")):
            scope["path"] = f"{self._prefix}/{path.strip('/')}"
            # A preflight may not be redirected (Fetch §4.8): it gets the answer itself.
            if scope["type"] == "http" and scope["method"] != "OPTIONS":
                await redirect(scope, path)(scope, receive, send)
                return
        await self._app(scope, receive, send)
