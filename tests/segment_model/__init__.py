"""A model of how Segment delivers events to a destination function; see `Segment`."""

from segment_model.segment import (
    Attempt,
    Clock,
    Delivery,
    Dropped,
    Report,
    Segment,
    Thrown,
)

__all__ = ["Attempt", "Clock", "Delivery", "Dropped", "Report", "Segment", "Thrown"]
