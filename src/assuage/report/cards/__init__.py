"""Cards for the patient, the physiotherapist and the GP: on the screen, as a page, on paper, as JSON."""
