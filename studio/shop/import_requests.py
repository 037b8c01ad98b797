"""How a file of products is asked to be imported: the key and the parameters of the request."""

from studio.connection.catalog_http import ImportQuery
from widgets.shop.import_file import ImportFile, ListingOf


def import_key(file: ImportFile, step: str) -> str:
    """Return the key of a step; with other options it is another request."""
    return f"{file.key}-{file.stock}-{file.pictures}-{file.listing}-{step}"


def import_query(file: ImportFile, *, dry_run: bool) -> ImportQuery:
    """Return the parameters of an import."""
    in_room = file.listing is ListingOf.ROOM
    return ImportQuery(dry_run=dry_run, stock=file.stock, pictures=file.pictures, in_room=in_room)
