"""The pathways that are shipped: every file or folder here is one, and defines PATHWAY.

Its id is its name here, with hyphens: `neck_first` holds `neck-first`. Nothing else lists it.
"""
