"""Pathways as values: the model, the shipped library, and how they are shown."""
