"""What a backend says on stdout to the program that started it, beside the line when all is up."""

from enum import StrEnum

import msgspec


class StartProblem(StrEnum):
    """Why a backend cannot start, as far as a person can do something about it."""

    DISK_FULL = "disk_full"
    FOLDER_UNUSABLE = "folder_unusable"
    FOLDER_TAKEN = "folder_taken"
    PORT_TAKEN = "port_taken"
    PORT_FORBIDDEN = "port_forbidden"
    ADDRESS_UNUSABLE = "address_unusable"
    DATABASE = "database"
    RELAY = "relay"
    OTHER = "other"


class NotStarted(msgspec.Struct, frozen=True):
    """The line that it prints instead of the one when all is up; `detail` is for people, in English."""

    problem: StartProblem
    detail: str


class Moved(msgspec.Struct, frozen=True):
    """A line that it prints later: the machine has another address, and viewers come by another link."""

    viewer_url: str
