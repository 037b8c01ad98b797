"""Qt widgets: they draw what they are given and emit commands; they know no network and no media."""
