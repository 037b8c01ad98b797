"""The project: canvas, scenes, sources and mixer strips as one immutable value, its edits, undo and file."""
