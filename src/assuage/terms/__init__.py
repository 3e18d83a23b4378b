"""The words everything else is written in: answers, sources, places, times, scales, substances, therapies.

Words only: nothing here scores, reads, decides or evaluates.
"""
