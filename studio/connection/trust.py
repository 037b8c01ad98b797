"""By what the studio checks a backend's certificate; reading that in takes longer than a picture may."""

import asyncio
import os
import ssl
from functools import lru_cache
from urllib.parse import urlsplit

import httpx


async def trust_of(url: str) -> ssl.SSLContext:
    """Return what certificates of a backend are checked by, without holding up the window."""
    if urlsplit(url).scheme != "https":
        # None comes there; whoever leads elsewhere all the same is trusted in nothing.
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return await asyncio.to_thread(
        _authorities, os.environ.get("SSL_CERT_FILE", ""), os.environ.get("SSL_CERT_DIR", "")
    )


@lru_cache(maxsize=1)
def _authorities(_file: str, _folder: str) -> ssl.SSLContext:
    return httpx.create_ssl_context()
