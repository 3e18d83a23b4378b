"""A pathway as a program: the layout of its numbers, and how each question is written down in it."""
