"""A re-challenge as people read it: the protocol, the analysis in words and in pictures, a page."""
