"""What may be said of triggers, shown: sentences, a plain object, pictures, a page of its own."""
