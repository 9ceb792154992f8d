"""One file is one command of `segfn`."""
