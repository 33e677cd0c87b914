"""The figures that the docs state, measured: `make bench`. Each module here that has `run()` adds rows."""
