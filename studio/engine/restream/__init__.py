"""Restreaming: the broadcast's picture and sound to other platforms, by RTMP."""
