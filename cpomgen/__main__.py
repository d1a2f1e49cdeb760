"""`python -m cpomgen`."""

from cpomgen.cli import main

if __name__ == "__main__":
    main()
