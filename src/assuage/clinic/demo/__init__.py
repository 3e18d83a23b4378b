"""The demonstration: the published case, twelve invented patients, six people to log in as. On this machine alone."""
