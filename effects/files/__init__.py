"""Picture files and films as frames: upright, square pixels, BT.709, nothing shown that is transparent."""
