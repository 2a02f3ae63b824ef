"""How many threads numpy's matrix products take."""

from __future__ import annotations

from functools import cache


@cache
def one_thread() -> None:
    """Lets matrix products of this process run in one thread from now on.

    Those of a question are small: a second thread saves a millisecond on an idle machine, takes twice the processor's
    time, and waits up to ten times as long where others are at work.
    """
    from threadpoolctl import threadpool_limits

    # Faiss and LightGBM take the threads that they are given themselves.
    threadpool_limits(1, user_api="blas")
