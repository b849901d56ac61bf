"""The self-test (自检): what of this machine the program needs, each told as good, to be looked at, or a fault, with what to do."""
