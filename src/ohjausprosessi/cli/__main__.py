"""``python -m ohjausprosessi.cli``: the command line without its entry point."""

from ohjausprosessi.cli import main

if __name__ == "__main__":
    main()
