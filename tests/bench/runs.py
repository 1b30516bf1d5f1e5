"""Runs commands as whole processes and measures them: wall time, peak memory, what they printed.

Two sides of a ratio are run in turn (A B A B …), so that a machine that slows down slows both; the median of each is what counts.
"""
import hashlib
import os
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field

RUNS = 5            # of each side, where a run is short
SHORT_SECONDS = 10  # a longer run is repeated three times
LONG_SECONDS = 40   # and one that is longer than this is not
TAIL_BYTES = 1 << 20


@dataclass
class Side:
    """One command with what its runs gave. `check` is given the end of each run's output and says what is wrong, or nothing."""
    name: str
    command: list
    check: callable = None
    cores: str = '0'           # as taskset takes them
    ok_status: tuple = (0, 1)  # 1 is what `samrad audit` says where there are violations
    seconds: list = field(default_factory=list)
    peak_kb: int = 0
    output: str = ''           # its end
    complaint: str = ''        # of standard error, its end
    digest: str = ''           # of all its output
    failed: str = ''           # it gave no answer
    wrong: str = ''            # it gave a wrong one

    @property
    def sound(self):
        return not self.failed and not self.wrong

    @property
    def median(self):
        return statistics.median(self.seconds)

    def run(self):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error:
            begin = time.perf_counter()
            process = subprocess.Popen(['taskset', '-c', self.cores] + [str(word) for word in self.command],
                                       stdout=out, stderr=error, stdin=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            took = time.perf_counter() - begin
            process.returncode = os.waitstatus_to_exitcode(status)
            self.output, self.digest = end_of(out)
            self.complaint = end_of(error)[0].strip()
        self.peak_kb = max(self.peak_kb, usage.ru_maxrss)
        self.seconds.append(took)
        if process.returncode not in self.ok_status:
            self.failed = f'{self.name}: status {process.returncode}: {self.complaint[-300:]}'
        elif self.check:
            wrong = self.check(self.output)
            if wrong:
                self.wrong = f'{self.name}: {wrong}'

    def wanted(self):
        """Whether another run is wanted."""
        if not self.sound:
            return False
        longest = max(self.seconds, default=0)
        runs = 1 if longest > LONG_SECONDS else 3 if longest > SHORT_SECONDS else RUNS
        return len(self.seconds) < runs


def end_of(file):
    """The last line or more of what a process wrote, and the digest of all of it."""
    file.seek(0)
    digest = hashlib.sha256()
    tail = b''
    while piece := file.read(1 << 20):
        digest.update(piece)
        tail = (tail + piece)[-TAIL_BYTES:]
    return tail.decode(errors='replace'), digest.hexdigest()


def in_turn(*sides):
    """Runs all sides, one after the other, until each has been run as often as its length allows."""
    while any(side.wanted() for side in sides):
        for side in sides:
            if side.wanted():
                side.run()
    return sides
