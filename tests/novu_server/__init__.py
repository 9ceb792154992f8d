"""An imitation of Novu's HTTP API and worker, for tests; see `novu_server.novu.Novu`."""

from novu_server.environment import Integration, Loss, Notification, Subscriber, Topic, Workflow
from novu_server.faults import FAULTS
from novu_server.novu import Exchange, Novu
from novu_server.wire import Request

__all__ = [
    "FAULTS",
    "Exchange",
    "Integration",
    "Loss",
    "Notification",
    "Novu",
    "Request",
    "Subscriber",
    "Topic",
    "Workflow",
]
