"""What could tell who somebody is, taken out of a record or a text, with a certificate of what was done.

Rules first, then a person: every change is shown, every unknown word is asked, and nothing is released unread.
"""
