"""What a strip's sound goes through: one filter a file, each of them nodes of libavfilter."""
