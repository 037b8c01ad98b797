"""How the room presents itself: the form for it, and how viewers will see it."""
