"""Tables that others keep, a diary or an export of an app, become records by a map of their columns."""
