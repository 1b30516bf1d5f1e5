"""The rows of the table: what is measured, against what, and what is aimed at.

Each function measures one part and gives rows. A wrong count is a fault of the side that gave it and never passes silently.
"""
import json
import re
import statistics
from dataclasses import dataclass

import peers
from runs import Side, in_turn

AS_OF = '2025-06-30'
# Agreements -> breaches of the four rules, and events; told by an oracle that judges each agreement by the wording of the rules. It counts
# the closing tick of the clock as an event, which is left out here.
ORACLE = {
    1_000: (20_275, 197, 501, 148, 61),
    10_000: (203_434, 1_940, 5_179, 1_394, 481),
    100_000: (2_036_209, 19_874, 52_625, 13_756, 4_942),
    1_000_000: (20_356_493, 198_948, 524_747, 137_514, 50_183),
}


@dataclass
class Row:
    measure: str
    size: str
    ours: str = ''
    against: str = ''
    ratio: float | None = None
    aim: str = ''
    reached: bool | None = None
    note: str = ''


@dataclass
class Place:
    """Where everything is. `faults` gathers what was wrong with an answer."""
    root: object
    build: object
    store: object
    faults: list

    def tool(self, name):
        return self.build / 'tests' / 'bench' / name

    @property
    def samrad(self):
        return self.build / 'tools' / 'samrad'

    @property
    def rules(self):
        return self.root / 'tests' / 'bench' / 'fleet' / 'fleet.samrad'

    def measured(self, *sides):
        """Runs the sides in turn; whether all gave the right answer."""
        in_turn(*sides)
        return self.sound(*sides)

    def sound(self, *sides):
        self.faults += [side.wrong or side.failed for side in sides if not side.sound]
        return all(side.sound for side in sides)


def counted(size, text):
    """What is wrong with a line `events N R1 A R2 B R3 C R4 D`, or nothing."""
    found = re.search(r'^events (\d+) R1 (\d+) R2 (\d+) R3 (\d+) R4 (\d+)$', text, re.M)
    got = tuple(map(int, found.groups())) if found else text[-200:]
    return '' if got == ORACLE[size] else f'{got} instead of {ORACLE[size]}'


def audited(expected, text):
    """The same of the page that `samrad audit` writes. A decision that came too late is a breach to the oracle, a chance that lapsed the
    fourth."""
    number = r'(\d[\d ]*)'

    def found(pattern):
        at = re.search(pattern, text)
        return int(at.group(1).replace(' ', '')) if at else 0

    def of(clause, status):
        return found(rf', {clause}\)\n.*?{number} {status}')

    got = (found(rf'agreements, {number} events'), of('moten', 'missed'), of('vaxlar', 'broken'),
           of('bilagor', 'missed') + of('bilagor', 'met late'), of('forlangning', 'lapsed'))
    return '' if got == expected else f'{got} instead of {expected}: {text[-200:]}'


def totalled(expected, text):
    """The same of the last line of `samrad audit --format ndjson`."""
    try:
        total = json.loads(text.strip().splitlines()[-1])['total']
    except (IndexError, KeyError, ValueError):
        return f'no total: {text[-200:]}'
    of = {clause['clause']: clause['summary'] for clause in total['clauses']}
    got = (total['events'], of['moten']['missed'], of['vaxlar']['broken'],
           of['bilagor']['missed'] + of['bilagor']['metLate'], of['forlangning']['lapsed'])
    return '' if got == expected else f'{got} instead of {expected}'


def audit(place, size, data, events, name='samrad', rules=None, more=(), cores='0', named=False):
    """`named`: a line for each agreement with every violation, instead of a page of counts as the others print."""
    command = [place.samrad, 'audit', rules or place.rules, '--instances', data / 'instances.csv', events,
               '--as-of', AS_OF, '--lang', 'en', '--format', 'ndjson' if named else 'text', *more]
    return Side(name, command, lambda text: (totalled if named else audited)(ORACLE[size], text), cores)


def speed(events, seconds):
    rate = events / seconds
    return f'{seconds:.3g} s, {rate / 1e6:.2f} M/s' if rate >= 1e5 else f'{seconds:.3g} s, {rate / 1e3:.0f} k/s'


def at_least(aim, ratio):
    return {'ratio': ratio, 'aim': f'≥ {aim}', 'reached': ratio >= aim}


def at_most(aim, ratio):
    return {'ratio': ratio, 'aim': f'≤ {aim}', 'reached': ratio <= aim}


def at_hand(place, size, data):
    """The peers that can be run at that size, and rows that say why others cannot."""
    sides, rows = [], []
    for make, size_max in peers.PEERS:
        try:
            if size > size_max:
                raise peers.Missing(f'not run above {size_max:,}')
            peer = make(place.store, data, AS_OF)
            peer.check = lambda text: counted(size, text)
            sides.append(peer)
        except peers.Missing as why:
            rows.append(Row('whole process, lines', f'{size:,}', note=f'{make.title}: {why}'))
    return sides, rows


def whole_process(place, size, data):
    """Lines in, verdicts out, against the hand-written program and against every peer, all in the same rounds."""
    events = ORACLE[size][0]
    ours = audit(place, size, data, data / 'events.ndjson')
    limit = Side('hand-written', [place.tool('bench_limit'), 'lines', data / 'events.ndjson', AS_OF], lambda text: counted(size, text))
    named = audit(place, size, data, data / 'events.ndjson', 'samrad, named', named=True)
    others, rows = at_hand(place, size, data)
    in_turn(ours, limit, named, *others)
    peers.clean(others)
    for peer in others:
        if peer.failed:
            rows.append(Row('whole process, lines', f'{size:,}', note=peer.failed.splitlines()[0]))
        elif peer.wrong:
            place.faults.append(peer.wrong)
    if not place.sound(ours, limit, named):
        return rows
    out = [Row('whole process, lines', f'{size:,}', speed(events, ours.median), f'hand-written: {speed(events, limit.median)}',
               **at_least(0.75, limit.median / ours.median)),
           Row('every violation named', f'{size:,}', speed(events, named.median), f'counted: {speed(events, ours.median)}',
               **at_most(1.5, named.median / ours.median))]
    by_speed = sorted((side for side in others if side.sound), key=lambda side: side.median)
    for side in by_speed:
        ratio = side.median / ours.median
        out.append(Row('whole process, lines', f'{size:,}', speed(events, ours.median), f'{side.name}: {speed(events, side.median)}',
                       **at_least(2.5, ratio) if side is by_speed[0] else {'ratio': ratio}))
    return out + rows


def cores(place, size, data):
    return two_cores(place, size, data, data / 'events.ndjson', 'lines')


def two_cores(place, size, data, events, what):
    one = audit(place, size, data, events, f'samrad, {what}, one core', more=['--threads', '1'])
    two = audit(place, size, data, events, f'samrad, {what}, two cores', more=['--threads', '2'], cores='0,1')
    if not place.measured(one, two):
        return []
    if one.digest != two.digest:
        place.faults.append(f'{size}: one core and two do not give the same bytes')
    count = ORACLE[size][0]
    return [Row(f'two cores, {what}', f'{size:,}', speed(count, two.median), f'one core: {speed(count, one.median)}',
                **at_least(1.7, one.median / two.median))]


def packed(place, size, data):
    """The packed log against the lines, and two cores against one."""
    log = data / 'events.log'
    pack = Side('samrad pack', [place.samrad, 'pack', data / 'events.ndjson', '-o', log], ok_status=(0,))
    pack.run()
    if not pack.sound:
        return [Row('packed log', f'{size:,}', note=f'not measured: {pack.complaint.splitlines()[0]}')]
    lines = audit(place, size, data, data / 'events.ndjson', 'samrad, lines')
    short = audit(place, size, data, log, 'samrad, packed')
    if not place.measured(lines, short):
        return []
    if lines.digest != short.digest:
        place.faults.append(f'{size}: lines and packed log do not give the same bytes')
    events = ORACLE[size][0]
    return [Row('packed log', f'{size:,}', speed(events, short.median), f'lines: {speed(events, lines.median)}',
                **at_least(2, lines.median / short.median)),
            *two_cores(place, size, data, log, 'packed log')]


def late(place, size, data):
    """The same events recorded up to 30 days late, in order of recording: the same answers."""
    events = ORACLE[size][0]
    ordered = audit(place, size, data, data / 'events.ndjson', 'samrad, in order')
    delayed = audit(place, size, data, data / 'late.ndjson', 'samrad, late')
    if not place.measured(ordered, delayed):
        return []
    if ordered.digest != delayed.digest:
        place.faults.append(f'{size}: late events change the answers')
    return [Row('events up to 30 days late', f'{size:,}', speed(events, delayed.median),
                f'in order: {speed(events, ordered.median)}', **at_least(0.3, ordered.median / delayed.median))]


def seconds_in(side):
    return [float(n) for n in re.findall(r'^seconds ([\d.]+)', side.output, re.M)]


def engine_alone(place, size):
    """Decoded events in memory, against the hand-written check on its array. Each process runs three times over its events."""
    events = ORACLE[size][0]
    check = lambda text: counted(size, text)
    ours = Side('bench_lane', [place.tool('bench_lane'), 'all', size, 3, place.rules], check)
    limit = Side('bench_limit', [place.tool('bench_limit'), 'array', size, 3], check)
    took = {ours.name: [], limit.name: []}
    for _ in range(3 if size < 1_000_000 else 1):
        for side in (ours, limit):
            side.run()
            took[side.name] += seconds_in(side)
    if not place.sound(ours, limit):
        return []
    mine, theirs = statistics.median(took[ours.name]), statistics.median(took[limit.name])
    return [Row('engine alone', f'{size:,}', speed(events, mine), f'hand-written: {speed(events, theirs)}',
                **at_least(0.7, theirs / mine))]


def a_day(place, size, data):
    """One day's events of agreements that are all open, against the fastest batch query asked again of its loaded table."""
    ours = Side('bench_lane', [place.tool('bench_lane'), 'day', size, 20, place.rules], lambda text: counted(size, text))
    ours.run()
    if not place.sound(ours):
        return []
    bytes_each = int(re.search(r'^bytes (\d+)$', ours.output, re.M)[1]) / size
    state = Row('state of an open agreement', f'{size:,}', f'{bytes_each:.0f} bytes', aim='≤ 200 bytes', reached=bytes_each <= 200)
    try:
        query = peers.duckdb(place.store, data, AS_OF)
    except peers.Missing as why:
        return [Row("a day's events", f'{size:,}', note=f'DuckDB: {why}'), state]
    query.check = lambda text: counted(size, text)
    asked = []
    for _ in range(3):
        query.run()
        asked += [float(n) for n in re.findall(r'^asked ([\d.]+)', query.complaint, re.M)]
    if not place.sound(query):
        return [state]
    mine, theirs = statistics.median(seconds_in(ours)), statistics.median(asked)
    day = Row("a day's events", f'{size:,}', f'{mine * 1e3:.3g} ms', f'DuckDB, table loaded: {theirs * 1e3:.3g} ms',
              **at_least(100, theirs / mine))
    return [day, state]


def doubled(data):
    """The events with as many again that change nothing: after each a decision by word of mouth on the same day."""
    path = data / 'doubled.ndjson'
    with open(data / 'events.ndjson') as lines, open(path, 'w') as out:
        for number, line in enumerate(lines):
            day, agreement = re.search(r'"time":"(.{10})","agreement":"(\w+)"', line).groups()
            out.write(line)
            out.write(f'{{"specversion":"1.0","id":"w-{number}","source":"urn:example:fleet","type":"decision","subject":"lagesbild",'
                      f'"time":"{day}","agreement":"{agreement}","data":{{"written":false}}}}\n')
    return path


def memory(place, size, data):
    """The peak of the process with the events and with twice as many."""
    once = audit(place, size, data, data / 'events.ndjson')
    twice = audit(place, size, data, doubled(data), 'samrad, twice the events')
    events, *breaches = ORACLE[size]
    twice.check = lambda text: audited((2 * events, *breaches), text)
    for side in (once, twice):
        side.run()
    if not place.sound(once, twice):
        return []
    return [Row('peak memory of the process', f'{size:,}', f'{once.peak_kb / 1024:.0f} MB',
                f'twice the events: {twice.peak_kb / 1024:.0f} MB', **at_most(1.2, twice.peak_kb / once.peak_kb))]


def growth(place, size, data):
    """The fleet's rules among clauses that its events do not match: half ask for other types, half for other documents."""
    sides = []
    for clauses in (4, 40, 400):
        text = place.rules.read_text()
        for i in range(4, clauses):
            text += (f'event call_{i}\nevent reply_{i}\nclause c_{i}\n  after call_{i}, reply_{i} must happen within 30 days\n'
                     if i % 2 else
                     f'document d_{i}\nclause c_{i}\n  after update of d_{i}, decision of d_{i} where written must happen within 90 days\n')
        rules = data / f'rules-{clauses}.samrad'
        rules.write_text(text)
        sides.append(audit(place, size, data, data / 'events.ndjson', f'samrad, {clauses} clauses', rules))
    if not place.measured(*sides):
        return []
    events = ORACLE[size][0]
    return [Row(f'growth to {clauses} clauses', f'{size:,}', speed(events, side.median), f'4 clauses: {speed(events, sides[0].median)}',
                **at_least(0.9, sides[0].median / side.median)) for clauses, side in zip((40, 400), sides[1:])]


def compiling(place):
    """`samrad check` of 500, 1,000 and 2,000 clauses, and an ordinary agreement until it has taken its first event."""
    sides = []
    for clauses in (500, 1000, 2000):
        path = place.store / f'clauses-{clauses}.samrad'
        Side('bench_generate', [place.tool('bench_generate'), 'clauses', clauses, path], ok_status=(0,)).run()
        sides.append(Side(f'samrad check, {clauses} clauses', [place.samrad, 'check', path], ok_status=(0,)))
    event = place.store / 'first.ndjson'
    event.write_text('{"specversion":"1.0","id":"m1","source":"urn:example","type":"meeting","subject":"chefsamrad","time":"2016-09-01"}\n')
    first = Side('samrad audit', [place.samrad, 'audit', place.root / 'examples' / 'norrmalm' / 'norrmalm.samrad', event,
                                  '--as-of', '2016-09-02', '--quiet'])
    if not place.measured(*sides, first):
        return []
    some, more, most = (side.median * 1e3 for side in sides)
    return [Row('compile', '2,000 clauses', f'{most:.0f} ms', aim='≤ 100 ms', reached=most <= 100),
            Row('compile', '2,000 clauses', f'{most:.0f} ms', f'500: {some:.0f} ms, 1,000: {more:.0f} ms', **at_most(4.4, most / some)),
            Row('ready and first event', 'Norrmalm', f'{first.median * 1e3:.0f} ms', aim='≤ 50 ms', reached=first.median <= 0.05)]


def micro(place):
    """Explanations, and one late event, by Google Benchmark."""
    options = ['format=json', 'repetitions=5', 'min_time=0.1', 'enable_random_interleaving=true', 'report_aggregates_only=true',
               'filter=audit_lines|one_late_event']
    side = Side('bench_micro', [place.tool('bench_micro'), *(f'--benchmark_{option}' for option in options)], ok_status=(0,))
    side.run()
    if not place.sound(side):
        return []
    median = {run['run_name']: run for run in json.loads(side.output)['benchmarks'] if run['aggregate_name'] == 'median'}
    plain, explained = (median[f'audit_lines/explained:{n}']['real_time'] for n in (0, 1))
    # Each round records an event and takes it back. By events in the history, and events after the late one.
    late_event = {key: median[f'one_late_event/{key}']['real_time'] / 2 for key in ('1000/10', '10000/10', '10000/900', '10000/9000')}

    def compared(measure, key, words, other, aim):
        mine, theirs = late_event[key], late_event[other]
        return Row(measure, '10,000 events', f'{mine:,.0f} µs', f'{words}: {theirs:,.0f} µs', **at_most(aim, mine / theirs))

    return [Row('explain every violation', '2,000 events', f'{explained:.3g} ms', f'without: {plain:.3g} ms',
                **at_most(1.5, explained / plain)),
            compared('one late event, 10 before the end', '10000/10', '1,000 events', '1000/10', 1.5),
            compared('one late event, 9,000 before the end', '10000/9000', '900 before the end', '10000/900', 12)]
