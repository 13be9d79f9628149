"""The columnar store: immutable generations of memory-mapped arrays, and Whoosh's reader over them."""
