"""The line to the backend: the room's protocol, and questions over HTTP."""
