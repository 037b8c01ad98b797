"""What is said of an error that came instead of an answer."""


def detail_of(error: Exception) -> str:
    """Return the error's own words; its name where it has none."""
    return str(error) or type(error).__name__
