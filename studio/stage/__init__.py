"""The views of sources, effects and presets."""
