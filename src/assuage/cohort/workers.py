"""Stretches of a table given to workers: processes of this machine, or whoever has `Executor.submit`."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait

from assuage.catalogue.message import message
from assuage.cohort.pieces import Task, review_stretch
from assuage.errors import SurroundingsError

_TRIES = 3  # rounds in which workers may be killed before a person is told


def cores() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
        return os.cpu_count() or 1


def cancel(futures: Iterable[Future[int]]) -> None:
    """What nobody began is not done."""
    for future in futures:
        future.cancel()


def review_with(
    executor: Executor,
    tasks: Sequence[Task],
    done: Callable[[int], None],
    stop: Callable[[Iterable[Future[int]]], None] = cancel,
) -> None:
    """Nothing comes back, and all pieces of all tasks are in place; `done` gets the rows of each task that ends.

    `stop` is called where the work is stopped. Raises what the first of the tasks raised that failed, in the order of
    the table: the same whoever was quicker.
    """
    futures = {executor.submit(review_stretch, task): number for number, task in enumerate(tasks)}
    failed: dict[int, BaseException] = {}
    try:
        for future in as_completed(futures):
            error = _error_of(future)
            if error is None:
                done(future.result())
                continue
            failed[futures[future]] = error
            for later, number in futures.items():
                if number > min(failed):
                    later.cancel()
    except BaseException:
        stop(futures)
        raise
    told = {number: error for number, error in failed.items() if not isinstance(error, CancelledError)}
    if told:
        raise told[min(told)]


def _error_of(future: Future[int]) -> BaseException | None:
    return CancelledError() if future.cancelled() else future.exception()


def review_in_processes(
    workers: int, tasks_left: Callable[[], Sequence[Task]], done: Callable[[int], None]
) -> None:
    """Nothing comes back, and all pieces of all tasks are in place. What a killed worker left is done by another one.

    `tasks_left` says what is still to be done. Raises SurroundingsError where workers are killed again and again.
    """
    left = tasks_left()
    for _ in range(_TRIES):
        try:
            others = {child.pid for child in multiprocessing.active_children()}
            with _pool(min(workers, len(left))) as pool:
                review_with(pool, left, done, lambda _, others=others: _end_all_but(others))
                return
        except BrokenProcessPool:
            left = tasks_left()
            if not left:
                return
    raise SurroundingsError(message("cohort.worker-stopped"))


def _end_all_but(others: set[int | None]) -> None:
    """Workers do not finish their stretch when the work is stopped: what they have not kept by then is done anew."""
    for child in multiprocessing.active_children():
        if child.pid not in others:
            child.terminate()


def _pool(workers: int) -> ProcessPoolExecutor:
    """Workers that share no memory with this process and were not copied out of its threads."""
    ways = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")
    if "forkserver" in ways:
        context.set_forkserver_preload(["assuage.cohort.pieces"])
        from multiprocessing.forkserver import ensure_running  # not everywhere there is one

        with _not_interrupted():
            ensure_running()
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


@contextmanager
def _not_interrupted() -> Generator[None]:
    """Whoever is started here is not interrupted with this process, not even while it is loading."""
    if threading.current_thread() is not threading.main_thread():  # only the main thread may say so
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _begin() -> None:
    """A worker leaves it to whoever started it to be interrupted, and ends when that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(parent: int) -> None:
    wait([parent])
    os._exit(1)
