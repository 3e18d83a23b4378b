"""The generator of the reference pages: `python -m docs.build` writes them, `--check` says which are stale.

One module a subject; each page is a function of no arguments that gives the page's text. What a page says is
taken from the definitions themselves, so a page can only be wrong where the product is.
"""
