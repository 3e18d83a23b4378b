"""Pages that stand alone: no script, nothing from outside. The templates of all of them are in `templates`."""
