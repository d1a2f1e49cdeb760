"""A project's folder → the files of it that are saved, by their paths in it, as the system tells of them."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import watchfiles

from cpomgen.project import CAMPAGNE, FOLDERS
from cpomgen.tree import is_portable

KINDS = (".yaml", ".docx", ".typ")
STEP = 20  # milliseconds without a change after which a save is over: editors write in several times
LONGEST = 400  # milliseconds of changes without a rest, after which they are told all the same
ALIVE = 100  # milliseconds: how often the thread tells that it listens, and sees that it is over
BREATH = 0.5  # seconds: Windows lets Ctrl-C in between two waits


@dataclass(frozen=True, slots=True)
class Ear:
    """Folders that one thread listens to, with all that is below them when `deep`; set once it listens."""

    folders: tuple[Path, ...]
    deep: bool
    listening: threading.Event = field(default_factory=threading.Event)


class Saves:
    """The saves of a project's files from the moment its block begins; threads listen until the block ends.

    Where the system tells of nothing, as on some network disks, the variable WATCHFILES_FORCE_POLLING has the files
    looked at several times a second; so has a system that may follow no more of them.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.told: queue.Queue[frozenset[str] | BaseException] = queue.Queue()
        self.over = threading.Event()
        below = Ear(tuple(root / folder for folder in FOLDERS), deep=True)
        self.ears = (below, Ear((root,), deep=False))  # which has campagne.yaml, and all that is made besides
        self.threads = [threading.Thread(target=self._listen, args=(ear,), daemon=True) for ear in self.ears]

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        for ear in self.ears:
            ear.listening.wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def is_waiting(self) -> bool:
        """Tell whether something has been saved that has not been asked for."""
        return not self.told.empty()

    def wait(self) -> frozenset[str]:
        """Return the files that have been saved, once there are some."""
        while True:
            try:
                found = self.told.get(timeout=BREATH)
            except queue.Empty:
                continue
            if isinstance(found, BaseException):
                raise found
            return found

    def _listen(self, ear: Ear) -> None:
        try:
            try:
                self._follow(ear, polling=None)
            except OSError:  # the system has no room for more files to follow
                self._follow(ear, polling=True)
        except BaseException as error:  # noqa: BLE001 - whoever waits must know that nothing more will come
            self.told.put(error)
        finally:
            ear.listening.set()

    def _follow(self, ear: Ear, *, polling: bool | None) -> None:
        changes = watchfiles.watch(
            *ear.folders,
            recursive=ear.deep,
            watch_filter=None,
            debounce=LONGEST,
            step=STEP,
            stop_event=self.over,
            rust_timeout=ALIVE,
            yield_on_timeout=True,
            force_polling=polling,
        )
        for each in changes:
            ear.listening.set()
            if saved := frozenset(self._ours(Path(path) for _, path in each)):
                self.told.put(saved)

    def _ours(self, paths: Iterable[Path]) -> Iterable[str]:
        """Yield those of paths that a project is made of: no lock, no copy that an editor keeps aside."""
        for path in paths:
            if path.suffix in KINDS and is_portable(path.name) and not path.name.startswith("~"):
                found = path.relative_to(self.root).as_posix()
                if "/" in found or found == CAMPAGNE:
                    yield found
