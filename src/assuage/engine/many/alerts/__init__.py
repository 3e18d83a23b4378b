"""Apart from the walk: the safety rules, joined with what each record says on its last day."""
