"""Between the engine's restreaming, the saved targets, and their dialogs."""
