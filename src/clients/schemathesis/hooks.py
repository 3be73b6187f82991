"""Gives Schemathesis ids of what is really there, so that its calls get past "could not be found"."""

import json
import os

import schemathesis

# Values by the name of a path parameter or a body's attribute; several, since calls delete some.
KNOWN = json.loads(os.environ["ELB_KNOWN"])


def known(name, value):
    """One of the known values, chosen by the value that was made, so that a run can be repeated."""
    choices = KNOWN.get(name)
    if not choices:
        return value
    return choices[sum(str(value).encode("utf-8", "replace")) % len(choices)]


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if path_parameters:
        return {name: known(name, value) for name, value in path_parameters.items()}
    return path_parameters


def filled(value):
    if isinstance(value, dict):
        return {
            name: known(name, inner) if isinstance(inner, str) and name in KNOWN else filled(inner)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [filled(inner) for inner in value]
    return value


@schemathesis.hook
def map_body(context, body):
    return filled(body)
