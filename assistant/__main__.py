"""`python -m assistant` is the console script `policy-assistant`."""

from assistant.cli import main

if __name__ == "__main__":
    main()
