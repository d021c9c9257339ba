"""`orgsim explore`: the local page on which designs are shaped, compared and watched at work."""

from __future__ import annotations

import threading

import click

from sim.cli.options import one_scenario_argument, workers_option
from sim.core.errors import InputError

EXAMPLES = """\b
Examples:
  orgsim explore
  orgsim explore my_bank.toml
  orgsim explore mobile_bank --port 9000 --no-browser"""


@click.command(epilog=EXAMPLES)
@one_scenario_argument
@click.option("--port", type=click.IntRange(0, 65535), help="Port of this machine, 0 for any free one.  [default: 8642, or a free one]")
@click.option("--browser/--no-browser", default=True, help="Open the page in the browser, or only print its address.")
@workers_option
def explore(scenario: str, port: int | None, browser: bool, workers: int | None) -> None:
    """Shape designs and see at once what they do: a page in the browser, served by this machine to itself.

    Nothing leaves the machine, and nobody else reaches the page. Control-C stops it.
    """
    from sim.explorer.ahead import Ahead
    from sim.model.kernel import is_compiled

    ahead = Ahead(scenario, workers)
    if not is_compiled():
        click.echo("The model is compiled once on this machine: the first picture waits about half a minute for it.", err=True)
    ahead.start()
    # Only now what the server is made of: runs go on beside these imports.
    from sim.explorer.serve import HOST, open_port, serve, show
    from sim.explorer.server import Explorer

    try:
        place = open_port(port)
    except InputError:
        ahead.asked.set()  # nobody will
        raise
    address = f"http://{HOST}:{place.getsockname()[1]}/"

    def ready() -> None:
        click.echo(address)
        click.echo("Control-C stops it.", err=True)
        ahead.go_on()
        if browser:
            threading.Thread(target=show, args=(address,), daemon=True).start()

    serve(Explorer(ahead), place, ready)
