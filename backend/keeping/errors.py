"""What goes wrong with backups and checks."""


class KeepingError(Exception):
    """A backup cannot be taken or restored, or nothing can be checked; the message names cause and remedy."""
