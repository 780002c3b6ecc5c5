"""`python -m core …` and `python -m loaders …` in this process, as a terminal would see them."""

from click.testing import CliRunner, Result

from core.__main__ import main


def core(*arguments: str, answer: str | None = None) -> Result:
    """Run a command of `python -m core`; `answer` is typed where it asks. An exception that gets through is raised."""
    result = CliRunner().invoke(main, arguments, input=answer)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result
