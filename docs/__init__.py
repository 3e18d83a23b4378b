"""The documentation. Most reference pages are generated from the code by `python -m docs.build`."""
