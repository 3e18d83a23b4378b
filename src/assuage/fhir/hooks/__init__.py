"""CDS Hooks 2.0: what a hospital system asks while somebody works, answered with cards about where the patient stands.

Nothing here is fetched: what the caller sends is all that is read. Needs the extra `assuage[hooks]`.
"""
