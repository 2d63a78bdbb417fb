"""What the extensions of moto share: attaching an action to a response class, and the refusals of AWS."""

import json
import uuid

from moto.core.exceptions import JsonRESTError


class Refused(JsonRESTError):
    """An answer with HTTP status 400 and an AWS error code."""

    code = 400


def not_found(what):
    return Refused("ResourceNotFoundException", f"{what} does not exist")


def in_use(what):
    return Refused("InvalidOperationException", f"{what} is still in use")


def action(response_class, name=None):
    """Decorator: makes a function an action of a JSON service.

    The function takes moto's response object and the request as a dict, and returns the answer as a dict.
    The action is called like the function, in snake case, unless `name` says otherwise.
    """

    def attach(function):
        def handler(response):
            return json.dumps(function(response, json.loads(response.body or "{}")))

        setattr(response_class, name or function.__name__, handler)
        return function

    return attach


def stable_id(arn):
    """The same id for the same ARN in every answer."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, arn))


def new_id(prefix):
    return f"{prefix}-{uuid.uuid4().hex[:17]}"


def without_none(document):
    return {key: value for key, value in document.items() if value is not None}
