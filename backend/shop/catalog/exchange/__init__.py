"""The catalogue as a file: read into rows, planned as changes of products, applied; and written."""
