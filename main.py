"""The command line of Livestall: studio, backend alone, assistant's studio, keys, backups, draws."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from backend.keeping.arguments import add_keeping, run_backup, run_check, run_restore
from backend.limits import HttpLimits, WebhookReach
from backend.public_names import read_address, read_name, read_prefix, read_proxy
from backend.verify_command import add_verify, run_verify

Value = TypeVar("Value")

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8787


def make_parser() -> argparse.ArgumentParser:
    """Make the parser; `--help` explains every option."""
    parser = argparse.ArgumentParser(
        prog="main.py",
        description="Livestall, a live-selling studio. Without a command: the studio with its own backend.",
    )
    _add_shared_options(parser, lambda value: f"as in the settings, at first {value}")
    parser.add_argument("--go-live", action="store_true", help="go live as soon as the studio is up")
    parser.add_argument(
        "--exit-after",
        type=_positive_seconds,
        metavar="SECONDS",
        help="close the studio by itself after so many seconds",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    serve = commands.add_parser(
        "serve", help="run the backend alone, without a window", description="Run the backend alone."
    )
    _add_shared_options(serve, str)
    serve.set_defaults(host=DEFAULT_HOST, port=DEFAULT_PORT)
    serve.add_argument(
        "--database",
        metavar="URL",
        help="a PostgreSQL 15 or later, postgresql://user@host/database, instead of a file; the password may "
        "stand in ~/.pgpass",
    )
    serve.add_argument(
        "--bus",
        metavar="URL",
        help="a NATS server, nats://host:4222, over which several backends with the same --database work as "
        "one; what it asks for as a token stands in the environment as LIVESTALL_BUS_TOKEN",
    )
    _add_public(serve)
    serve.add_argument(
        "--language",
        choices=("zh_CN", "en"),
        default="zh_CN",
        help="what people are called in who chose no name (default: zh_CN)",
    )
    serve.add_argument(
        "--secret-on-stdin",
        action="store_true",
        help="read the signing secret from the first line of stdin; end when stdin closes",
    )
    serve.add_argument(
        "--exit-after", type=_positive_seconds, metavar="SECONDS", help="stop by itself after so many seconds"
    )
    _add_assist(commands.add_parser("assist", help="help in somebody's room, on another computer"))
    _add_stream_key(commands.add_parser("stream-key", help="let another program publish, such as OBS Studio"))
    _add_renewal(commands.add_parser("renew-host-token", help="end every token of a room's host"))
    add_keeping(commands)
    add_verify(commands)
    return parser


def _add_renewal(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "End every host token of a room at once, such as a leaked one, with what it opened, and write a new "
        "one into the data folder. Viewers and stream keys stay. It works while the backend runs."
    )
    _add_data(parser)
    parser.add_argument("--database", metavar="URL", help="as the backend's")
    parser.add_argument("--room", default="main", help="the room (default: main)")


def _add_stream_key(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Make, list or revoke the keys that other programs publish with, also while the backend runs. A new "
        "key is printed once; give it to the program as its bearer token."
    )
    actions = parser.add_subparsers(dest="action", metavar="add | list | revoke", required=True)
    for name, told in (
        ("add", "make a key"),
        ("list", "show which there are"),
        ("revoke", "end one at once"),
    ):
        action = actions.add_parser(name, help=told)
        if name != "list":
            action.add_argument("name", metavar="NAME", help="what publishes with it")
        _add_data(action)
        action.add_argument("--database", metavar="URL", help="as the backend's")
        action.add_argument("--room", default="main", help="the room (default: main)")


def _add_public(serve: argparse.ArgumentParser) -> None:
    serve.add_argument(
        "--name",
        dest="names",
        action="append",
        default=[],
        type=_checked(read_name),
        metavar="NAME",
        help="a host name to answer to, such as shop.example.com or https://shop.example.com:8443; may be "
        "given several times, and viewers are given the first one",
    )
    serve.add_argument(
        "--trusted-proxy",
        dest="trusted_proxies",
        action="append",
        default=[],
        type=_checked(read_proxy),
        metavar="ADDRESS",
        help="address or network of a proxy in front, whose word on where viewers come from is taken "
        "(X-Forwarded-For, X-Forwarded-Proto); may be given several times",
    )
    serve.add_argument(
        "--prefix",
        default="",
        type=_checked(read_prefix),
        metavar="PATH",
        help="path below which a proxy shows the backend, such as /live",
    )
    serve.add_argument(
        "--tls-cert", type=Path, metavar="FILE", help="certificate chain (PEM): speak https without a proxy"
    )
    serve.add_argument("--tls-key", type=Path, metavar="FILE", help="key of --tls-cert (PEM)")
    serve.add_argument(
        "--advertise",
        action="append",
        default=[],
        type=_checked(read_address),
        metavar="ADDRESS",
        help="public address of a router that sends the UDP port on to this machine; viewers are told it "
        "beside the machine's own; may be given several times",
    )
    serve.add_argument(
        "--webhooks-to-lan",
        action="store_true",
        help="let webhooks of the shop go to this machine and its network too, over http as well",
    )
    _add_limits(serve)


def _add_limits(serve: argparse.ArgumentParser) -> None:
    serve.add_argument(
        "--hold-back",
        type=_seconds,
        default=600.0,
        metavar="SECONDS",
        help="how long no new guest comes in from an address where somebody was blocked; 0 for no time "
        "(default: 600)",
    )
    usual = HttpLimits()
    for name, what in (
        ("connections_per_address", "connections that one address may have at once"),
        ("sockets_per_address", "viewers that one address may have at once"),
        ("sockets_per_user", "tabs and devices in which one viewer may be in a room at once"),
    ):
        default = getattr(usual, name)
        option = "--" + name.replace("_", "-")
        serve.add_argument(
            option, type=_count, default=default, metavar="N", help=f"{what} (default: {default})"
        )


def _checked(read: Callable[[str], Value]) -> Callable[[str], Value]:
    def checked(text: str) -> Value:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return checked


def _add_assist(assist: argparse.ArgumentParser) -> None:
    assist.description = (
        "Help in somebody's room: chat, products and numbers as the host lets you. The window asks for the "
        "code; the next time you are let in without one."
    )
    assist.add_argument(
        "link",
        nargs="?",
        default="",
        type=_room_link,
        metavar="LINK",
        help="the room's address, such as http://192.168.1.5:8787/r/main (default: the last one's)",
    )
    _add_data(assist)
    assist.add_argument(
        "--exit-after",
        type=_positive_seconds,
        metavar="SECONDS",
        help="close the window by itself after so many seconds",
    )


def _add_shared_options(parser: argparse.ArgumentParser, default_of: Callable[[object], str]) -> None:
    _add_data(parser)
    host, port = default_of(DEFAULT_HOST), default_of(DEFAULT_PORT)
    parser.add_argument(
        "--host",
        help="address to listen on; 0.0.0.0 lets phones on your network watch, :: by IPv6 too "
        f"(default: {host})",
    )
    parser.add_argument(
        "--port",
        type=_port,
        help=f"port for pages (TCP) and media (UDP); 0 takes a free one (default: {port})",
    )
    parser.add_argument(
        "--demo", action="store_true", help="start with the demo source and five demo products"
    )
    parser.add_argument(
        "--ready-json",
        action="store_true",
        help="print one line of JSON when ready: url, viewer_url, room, whip_url, whep_url, host_token; the "
        "backend alone also says so why it cannot start (problem, detail) and later a new viewer_url",
    )


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="where the data lives (default: the user's data folder)"
    )


def _room_link(text: str) -> str:
    from backend.contract.invitation import read_link

    link = read_link(text) if text else None
    if link is not None and link.code:
        raise argparse.ArgumentTypeError(
            "a command line is seen by every user of this computer; leave the code out of it, start "
            "`main.py assist`, and paste the whole link there"
        )
    if text and link is None:
        raise argparse.ArgumentTypeError(f"expected a room's address, got {text!r}")
    return text


def _port(text: str) -> int:
    try:
        port = int(text)
    except ValueError:
        port = -1
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"expected a port from 0 to 65535, got {text!r}")
    return port


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number above 0, got {text!r}")
    return int(text)


def _seconds(text: str) -> float:
    return 0.0 if text.strip() == "0" else _positive_seconds(text)


def _positive_seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not seconds > 0:
        raise argparse.ArgumentTypeError(f"expected a number of seconds above 0, got {text!r}")
    return seconds


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = make_parser()
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        command = f"{parser.prog} {options.command}" if options.command else parser.prog
        parser.error(f"not understood: {' '.join(unknown)}. `{command} --help` lists the options.")
    return options


# What a command needs is imported by it: a server has no Qt, and the studio starts sooner without the
# backend's modules.
def _run_serve(options: argparse.Namespace) -> int:
    from backend.serve import ServeOptions, serve

    return serve(
        ServeOptions(
            data=options.data,
            database=options.database,
            bus=options.bus,
            host=options.host,
            port=options.port,
            language=options.language,
            has_demo=options.demo,
            prints_ready_json=options.ready_json,
            has_secret_on_stdin=options.secret_on_stdin,
            exit_after_seconds=options.exit_after,
            names=tuple(options.names),
            trusted_proxies=tuple(options.trusted_proxies),
            prefix=options.prefix,
            tls_cert=options.tls_cert,
            tls_key=options.tls_key,
            advertise=tuple(options.advertise),
            hold_back_s=options.hold_back,
            webhooks=WebhookReach.LAN if options.webhooks_to_lan else WebhookReach.INTERNET,
            limits=HttpLimits(
                connections_per_address=options.connections_per_address,
                sockets_per_address=options.sockets_per_address,
                sockets_per_user=options.sockets_per_user,
            ),
        )
    )


def _run_assist(options: argparse.Namespace) -> int:
    from studio.app import AssistantOptions, run_assistant

    return run_assistant(
        AssistantOptions(link=options.link, data=options.data, exit_after_seconds=options.exit_after)
    )


def _run_renew_host_token(options: argparse.Namespace) -> int:
    from backend.host_token_command import HostTokenOptions, renew_host_token

    return renew_host_token(HostTokenOptions(data=options.data, database=options.database, room=options.room))


def _run_stream_key(options: argparse.Namespace) -> int:
    from backend.stream_key_command import KeyAction, StreamKeyOptions, manage_stream_keys

    return manage_stream_keys(
        StreamKeyOptions(
            action=KeyAction(options.action),
            name=getattr(options, "name", ""),
            data=options.data,
            database=options.database,
            room=options.room,
        )
    )


def _run_studio(options: argparse.Namespace) -> int:
    from studio.app import StudioOptions, run_studio

    return run_studio(
        StudioOptions(
            data=options.data,
            host=options.host,
            port=options.port,
            has_demo=options.demo,
            goes_live=options.go_live,
            exit_after_seconds=options.exit_after,
            prints_ready_json=options.ready_json,
        )
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for, and return the exit code."""
    options = _parse(arguments)
    run = {
        "serve": _run_serve,
        "assist": _run_assist,
        "renew-host-token": _run_renew_host_token,
        "stream-key": _run_stream_key,
        "backup": run_backup,
        "restore": run_restore,
        "check": run_check,
        "verify": run_verify,
    }
    return run.get(options.command, _run_studio)(options)


if __name__ == "__main__":
    sys.exit(main())
