"""One look: the tokens (colours by meaning, type, spacing) and what is derived from them for pages, figures and paper.

`tokens` is the only module with a colour or a font in it; `css`, `figures` and `typst` say the same in the languages
of those who draw.
"""
