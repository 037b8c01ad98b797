"""Where pictures and sound come from: one kind of source a module, all behind the same face."""
