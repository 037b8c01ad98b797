"""Routes and server over HTTP, and the limits that every request passes first."""
