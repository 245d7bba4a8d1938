"""A version of the criteria while it is being written: a tree of texts that may still be wrong (การร่างเกณฑ์)."""
