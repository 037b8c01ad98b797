"""The media process: capture, scene, encode, publish; it has no window."""
