"""`python -m saduak` does what the `saduak` command does."""

from saduak.config.command import main

if __name__ == "__main__":
    main()
