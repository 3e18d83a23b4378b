"""Assuage: phased care of fibromyalgia and other nociplastic pain. A record goes in, a review comes out."""

__version__ = "0.1.0"
