"""The pathways that are shipped, one folder or file each."""
