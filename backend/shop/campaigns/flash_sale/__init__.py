"""The kind flash sale: armed, opened, closed, drained, shown and reported."""
