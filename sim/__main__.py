"""``python -m sim``: the same command as ``oncall-sim``."""

from sim.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
