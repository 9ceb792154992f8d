"""Novu's token buckets: 5 seconds' worth of tokens and a tenth more, per category."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

WINDOW = 5
SINGLE, BULK = 1, 100
RATES = {
    "free": {"trigger": 60, "configuration": 20, "global": 30},
    "pro": {"trigger": 240, "configuration": 80, "global": 120},
    "team": {"trigger": 600, "configuration": 200, "global": 300},
    "enterprise": {"trigger": 6000, "configuration": 2000, "global": 3000},
}


class Verdict(NamedTuple):
    """Whether the request may pass, and the headers of its answer."""

    allowed: bool
    headers: dict[str, str]


@dataclass
class Bucket:
    """A bucket that refills only once it cannot pay, and is full again when left alone."""

    tier: str
    category: str
    tokens: float = 0
    refilled: float = -math.inf
    expires: float = -math.inf

    @property
    def limit(self) -> int:
        return RATES[self.tier][self.category] * WINDOW

    @property
    def burst(self) -> int:
        return self.limit * 11 // 10

    def take(self, now: float, cost: int) -> Verdict:
        """Pay for one request at `now` seconds."""
        allowed = self._pay(now, cost)
        left = max(0, math.floor(self.tokens)) if allowed else 0
        missing = cost - self.tokens if self.tokens < cost else cost
        reset = max(0, math.ceil(self.refilled + missing * self._fill() - now))
        headers = {
            "ratelimit-limit": str(self.limit),
            "ratelimit-remaining": str(left),
            "ratelimit-reset": str(reset),
            "ratelimit-policy": self._policy(cost),
        }
        return Verdict(allowed, headers if allowed else headers | {"retry-after": str(reset)})

    def _pay(self, now: float, cost: int) -> bool:
        if now >= self.expires:
            self.tokens, self.refilled, self.expires = self.burst, now, now + 2 * WINDOW
        if self.tokens < cost and not self._refill(now, cost):
            return False
        self.tokens -= cost
        return True

    def _refill(self, now: float, cost: int) -> bool:
        # The small number keeps 1.0 / 0.1 from counting as nine refills.
        new = math.floor((now - self.refilled) / self._fill() + 1e-6)
        if min(self.burst, self.tokens + new) < cost:
            return False
        self.tokens = min(self.burst, self.tokens + new)
        self.refilled += new * self._fill()
        self.expires = now + 2 * WINDOW
        return True

    def _fill(self) -> float:
        return WINDOW / self.limit

    def _policy(self, cost: int) -> str:
        return (
            f'{self.limit};w={WINDOW};burst={self.burst};comment="token bucket";'
            f'category="{self.category}";cost="{"bulk" if cost == BULK else "single"}";'
            f'serviceLevel="{self.tier}"'
        )
