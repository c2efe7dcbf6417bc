"""Counting how often something is tried, in the engine, so that all processes count together."""

import structlog
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.strategies import MovingWindowRateLimiter

log = structlog.get_logger()

QUARTER_HOUR_MINUTES = 15


def may_try(limiter: MovingWindowRateLimiter, rate: RateLimitItem, who: str) -> bool:
    """Count a try; False where there were too many.

    With the engine away everybody may try: the limit guards against haste and mistakes, while
    passwords and tokens guard themselves by their length.
    """
    try:
        return limiter.hit(rate, who)
    except StorageError:
        log.warning("limits.unknown")
        return True


def attempts_left(limiter: MovingWindowRateLimiter, who: str, in_quarter_hour: int) -> bool:
    """Count a try of which there may be so many in a quarter of an hour."""
    return may_try(limiter, RateLimitItemPerMinute(in_quarter_hour, QUARTER_HOUR_MINUTES), who)
