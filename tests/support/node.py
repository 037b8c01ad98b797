"""The player's modules that need no page, run in Node: quicker than a browser for figures and words."""

import asyncio
import json
from typing import TypeVar

import msgspec

from scripts.tsc import PLAYER, node_command

Result = TypeVar("Result")


async def run_module(script: str, returns: type[Result], **values: object) -> Result:
    """Run a module body and give what it returns, through JSON.

    Args:
        script: the body of an async function; `player("core/format.js")` imports a module of the player.
        returns: the type of what it returns.
        values: constants the body may use.
    """
    constants = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in values.items())
    body = (
        f'const player = (name) => import({json.dumps(PLAYER.as_uri())} + "/" + name);\n{constants}'
        f"const result = await (async () => {{ {script} }})();\n"
        "process.stdout.write(JSON.stringify(result ?? null));"
    )
    process = await asyncio.create_subprocess_exec(
        *node_command(),
        *("--input-type=module", "--eval", body),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    return msgspec.json.decode(out, type=returns)
