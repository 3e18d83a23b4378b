"""Values in, sentences out: what the layers below decided, as a reader of a language is told it.

Nothing is decided here, and no sentence stands here: modules of this package say which message of the catalogues a
value is. Text, pages, figures and the JSON of a review all go through it, so they can never say different things.
"""
