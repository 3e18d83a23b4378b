"""Files as apps and people write them become tables of text: which columns mean what is for the layers above."""
