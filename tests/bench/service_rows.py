"""The service under load: requests made ready, the server started and ended, and the rows of both.

Client and server share the machine's cores. Each figure of ours is measured in turn with its limit, and the median counts.
"""
import datetime
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass

from rows import Row, at_least

TURNS = 5
CONNECTIONS = 64
AGREEMENTS = 1_000
BATCH = 1_000
SINGLE_EVENTS = 60_000
SLOW_EVENTS = {1_000: 20_000, 5_000: 8_000}  # by the microseconds added to a sync
BATCHES = 60
READS = 40_000
READ_AGREEMENTS = 200
TODAY = datetime.date.today()
FIRST = datetime.datetime.combine(TODAY - datetime.timedelta(28), datetime.time(0))
TERM = {'first_day': str(TODAY - datetime.timedelta(300)), 'last_day': str(TODAY + datetime.timedelta(430))}
KINDS = (('meeting', 'samrad', '{"chair":"chef"}'), ('update', 'lagesbild', '{}'),
         ('decision', 'lagesbild', '{"written":true}'), ('meeting', 'samrad', '{"chair":"direktor"}'))
OPEN = ['--requests-burst', '1000000', '--requests-per-minute', '60000000', '--log-level', 'error']


@dataclass
class Server:
    port: int
    token: str
    process: subprocess.Popen

    def cpu_seconds(self):
        fields = open(f'/proc/{self.process.pid}/stat').read().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')

    def get(self, target):
        request = urllib.request.Request(f'http://127.0.0.1:{self.port}{target}', headers={'authorization': f'Bearer {self.token}'})
        with urllib.request.urlopen(request) as answer:
            return answer.read()

    def groups(self):
        """Transactions and events so far."""
        page = self.get('/metrics').decode()
        return [float(re.search(rf'^{name} (\S+)$', page, re.M)[1]) for name in ('samrad_commits_total', 'samrad_events_total')]


@contextmanager
def served(command):
    """A server that says where it listens, and its token if it has made one, in its first two lines."""
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r'(\d+)\s*$', process.stdout.readline())[1])
        yield process, port
    finally:
        process.stdin.close()
        process.send_signal(signal.SIGTERM)
        process.wait()


@contextmanager
def samrad(place, data, delay=0, more=()):
    """The whole service with a store of its own; with `delay` each sync takes so many microseconds longer."""
    shutil.rmtree(data, ignore_errors=True)
    command = ([place.tool('bench_slow_serve'), delay, data] if delay else
               [place.samrad, 'serve', '--data', data, '--listen-port', '0', *OPEN, *more])
    with served(command) as (process, port):
        token = re.search(r'(samrad_\S+)', process.stdout.readline())[1]
        yield Server(port, token, process)


def request(server, method, target, body='', kind='application/cloudevents+json'):
    fields = f'{method} {target} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {server.token}\r\n'
    if body:
        fields += f'content-type: {kind}\r\ncontent-length: {len(body)}\r\n'
    text = f'{fields}\r\n{body}'
    return f'{len(text)}\n{text}'


def event(agreement, number):
    kind, subject, data = KINDS[number % len(KINDS)]
    moment = FIRST + datetime.timedelta(minutes=40 * number)  # many of one day are judged against each other
    return (f'{{"specversion":"1.0","id":"{agreement}-{number}","source":"urn:example:bench","type":"{kind}",'
            f'"subject":"{subject}","time":"{moment:%Y-%m-%dT%H:%M:%SZ}","data":{data}}}')


def load(place, port, requests, times=1, connections=CONNECTIONS):
    """Seconds, microseconds at the median and the 99th of a hundred."""
    if requests is not None:
        (place.store / 'requests').write_text(''.join(requests))
    out = subprocess.run([str(place.tool('bench_load')), str(port), str(connections), str(place.store / 'requests'), str(times)],
                         check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    return float(out[1]), float(out[2]), float(out[3])


def make_agreements(place, server, count):
    rules = place.rules.read_text()
    load(place, server.port, [request(server, 'POST', '/v1/agreements', json.dumps({'id': f'a{i}', 'rules': rules, 'parameters': TERM},
                                                                                    ensure_ascii=True), 'application/json') for i in range(count)])


def raw(place, delay, group, data, first):
    """Events per second that SQLite commits in such groups: the rows that the service has written from that event on, and its events alone.
    Also the rows an event."""
    out = subprocess.run([str(place.tool('bench_store')), str(place.store), 'again', str(delay), str(max(1, round(group))), str(data / 'samrad.db'),
                          str(first)], check=True, capture_output=True, text=True).stdout.split()
    return [float(word) for word in out]


def rate(per_second):
    return f'{per_second / 1e3:.1f} k/s'


def appends(place, measure, aim, delay, count, batch):
    ours, limits, groups, cpu, slow = [], [], [], [], []
    data = place.store / 'service'
    with samrad(place, data, delay) as server:
        make_agreements(place, server, AGREEMENTS)
        for turn in range(TURNS):
            requests = []
            for i in range(turn * count, turn * count + count):
                agreement, number = f'a{i % AGREEMENTS}', i // AGREEMENTS
                target = f'/v1/agreements/{agreement}/events'
                if batch == 1:
                    requests.append(request(server, 'POST', target, event(agreement, number)))
                else:
                    body = ','.join(event(agreement, number * batch + k) for k in range(batch))
                    requests.append(request(server, 'POST', target, f'[{body}]', 'application/cloudevents-batch+json'))
            before, busy = server.groups(), server.cpu_seconds()
            seconds, _, late = load(place, server.port, requests)
            after = server.groups()
            groups.append((after[1] - before[1]) / (after[0] - before[0]))
            cpu.append((server.cpu_seconds() - busy) / (count * batch) * 1e6)
            ours.append(count * batch / seconds)
            slow.append(late / 1e3)
            # As many in one commit as can wait at one time.
            limits.append(raw(place, delay, max(groups[-1], CONNECTIONS), data, turn * count * batch + 1))
    median = statistics.median
    of = f'{CONNECTIONS} connections' + (f', sync + {delay / 1000:g} ms' if delay else '')
    same, alone, rows = [median(column) for column in zip(*limits)]
    return Row(measure, of, f'{rate(median(ours))}, {median(groups):.0f} a commit, 99 of 100 within {median(slow):.1f} ms, {median(cpu):.0f} µs of CPU an event',
               f'SQLite, {max(median(groups), CONNECTIONS):.0f} a commit: the same {rows:.1f} rows an event {rate(same)}; events alone {rate(alone)}',
               **at_least(aim, median(o / limit[0] for o, limit in zip(ours, limits))))


def singles(place):
    return [appends(place, 'events one by one, durable', 0.6, 0, SINGLE_EVENTS, 1)]


def slow_disk(place):
    return [appends(place, 'events one by one, durable', 0.6, delay, count, 1) for delay, count in SLOW_EVENTS.items()]


def batches(place):
    return [appends(place, f'batches of {BATCH:,}, durable', 0.7, 0, BATCHES, BATCH)]


def reading(place):
    """Verdicts of agreements with eight events each: kept answers, and answers that are made anew since each asks for another day."""
    ours, fresh, limits, cpu, cpu_fresh, cpu_limit = [], [], [], [], [], []
    with samrad(place, place.store / 'service') as server:
        make_agreements(place, server, READ_AGREEMENTS)
        load(place, server.port, [request(server, 'POST', f'/v1/agreements/a{i % READ_AGREEMENTS}/events',
                                          event(f'a{i % READ_AGREEMENTS}', i // READ_AGREEMENTS)) for i in range(8 * READ_AGREEMENTS)])
        targets = [f'/v1/agreements/a{i}/occurrences' for i in range(READ_AGREEMENTS)]
        with (place.store / 'answers').open('wb') as file:
            for target in targets:
                body = server.get(target)
                file.write(f'{target} {len(body)}\n'.encode() + body)
        requests = [request(server, 'GET', target) for target in targets]
        with served([place.tool('bench_beast'), place.store / 'answers']) as (process, port):
            limit = Server(port, '', process)
            for turn in range(TURNS):
                for who, count, gathered, used in ((server, READS, ours, cpu), (limit, READS, limits, cpu_limit)):
                    busy = who.cpu_seconds()
                    gathered.append(READS / load(place, who.port, requests, READS // READ_AGREEMENTS)[0])
                    used.append((who.cpu_seconds() - busy) / READS * 1e6)
                days = [TODAY + datetime.timedelta(turn * 20 + k) for k in range(20)]
                asked = [request(server, 'GET', f'{target}?asOf={day}') for day in days for target in targets]
                busy = server.cpu_seconds()
                fresh.append(len(asked) / load(place, server.port, asked)[0])
                cpu_fresh.append((server.cpu_seconds() - busy) / len(asked) * 1e6)
    median = statistics.median
    against = f'Beast, from memory: {rate(median(limits))}, {median(cpu_limit):.0f} µs of CPU'
    size = f'{len(body) / 1000:.1f} kB'
    return [Row('verdicts read, kept', size, f'{rate(median(ours))}, {median(cpu):.0f} µs of CPU', against,
                **at_least(0.6, median(o / l for o, l in zip(ours, limits)))),
            Row('verdicts read, made anew', size, f'{rate(median(fresh))}, {median(cpu_fresh):.0f} µs of CPU', against,
                ratio=median(o / l for o, l in zip(fresh, limits)))]


def registry_alone(place, data, *words):
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    words = [words[0], data, place.rules, *words[1:]]
    out = subprocess.run([str(place.tool('bench_registry')), *map(str, words)], check=True, capture_output=True, text=True)
    return [float(word) for word in out.stdout.split()]


def timers(place, agreements):
    findings, middle, late, last, commits = registry_alone(place, place.store / 'timers', 'timers', agreements)
    return [Row('deadlines of one midnight', f'{agreements:,} agreements',
                f'99 of 100 within {late / 1e3:.2f} s, half {middle / 1e3:.2f} s, all {last / 1e3:.2f} s',
                f'commits of {findings:,.0f} findings alone: {commits / 1e3:.2f} s', ratio=commits / last)]


def start_and_memory(place, events):
    """A store of so many events, twenty for each agreement: how soon the service answers, and what agreements weigh."""
    data = place.store / 'filled'
    agreements = events // 20
    registry_alone(place, data, 'fill', agreements, events)
    found = []
    for folder in (data, place.store / 'empty'):
        if folder != data:
            registry_alone(place, folder, 'fill', 1, 20)
        took = []
        for _ in range(TURNS):
            begun = time.perf_counter()
            with served([place.samrad, 'serve', '--data', folder, '--listen-port', '0', *OPEN]) as (_, port):
                urllib.request.urlopen(f'http://127.0.0.1:{port}/healthz').read()
                took.append(time.perf_counter() - begun)
        found.append(statistics.median(took))
    sleeping, active = [float(word) for word in subprocess.run(
        [str(place.tool('bench_registry')), 'memory', str(data)], check=True, capture_output=True, text=True).stdout.split()]
    return [Row('start until it answers', f'{events:,} events, {agreements:,} agreements', f'{found[0]:.3f} s', f'empty store: {found[1]:.3f} s'),
            Row('memory of a sleeping agreement', f'{agreements:,}', f'{sleeping:.0f} bytes'),
            Row('memory of an active agreement', '20 events', f'{active / 1e3:.1f} kB')]
