"""Sentences for people, kept apart from the code that decides what is to be said.

The layers from `terms` to `review` hand on values: a `Message` is the id of a sentence and what stands in it, a
`Wording` is a text of one of our tables with the key it has there. This package knows how such values become
sentences of a language for a reader; `assuage.words` knows what the values mean.

    message.py    Message and Wording: all that the deciding layers may use of this package
    sentence.py   a sentence, with the parts of it that stand in another language
    read.py       a compiled catalogue, as the standard library's gettext reads it
    compile.py    the folders of .po files into one .mo a language and reader, when the package is built

Gettext was chosen over Fluent: the standard library reads compiled catalogues, so the core gains no dependency;
plural forms are the format's own; cases are contexts of it (`drug.tizanidine/genitive`), chosen by the sentence
(`{drug:genitive}`); and translators have editors for it (see docs/adr/0011-sentences-in-catalogues.md).
"""

from assuage.catalogue.message import Message as Message
from assuage.catalogue.message import Wording as Wording
from assuage.catalogue.message import message as message
