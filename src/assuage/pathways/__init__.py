"""Pathways as values: phases, gates, advice and restrictions, and the library that is shipped."""
