"""SMART App Launch 2: what a program is let in for, and, as a program of others' servers, how it is let in there."""
