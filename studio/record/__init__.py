"""Between the engine's recorder and the panels that show and ask for recordings."""
