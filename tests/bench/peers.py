"""The tools that people would use instead: the same four rules, the same events, loading included.

Each peer installs what it needs where it can. Where it cannot, the benchmark says so in a line and goes on without it.
"""
import os
import pathlib
import shutil
import subprocess
import tempfile

from runs import Side

HERE = pathlib.Path(__file__).resolve().parent / 'fleet' / 'peers'
ROOT = HERE.parents[3]


class Missing(Exception):
    """Why a peer is not here."""


def install(group):
    """Installs the packages of a group of tools/lib/packages.txt, if it can."""
    subprocess.run(['bash', '-c', f'. tools/lib/setup.sh; install_packages {group}'], cwd=ROOT, capture_output=True)


def need(command, group):
    if not shutil.which(command):
        install(group)
    if not shutil.which(command):
        raise Missing('it could not be installed')


def filled(folder, name, **values):
    """A copy of a peer's file in `folder`, with values put in."""
    text = (HERE / name).read_text()
    for key, value in values.items():
        text = text.replace(f'__{key.upper()}__', str(value))
    path = folder / name
    path.write_text(text)
    return path


def node_folder(store):
    """The folder with the packages of package.json, installed beside the measurements."""
    need('node', 'node')
    need('npm', 'node')
    folder = store / 'node'
    folder.mkdir(parents=True, exist_ok=True)
    for name in ('package.json', 'duckdb.mjs', 'duckdb.sql', 'json-rules-engine.mjs'):
        shutil.copy(HERE / name, folder / name)
    if not (folder / 'node_modules').is_dir():
        done = subprocess.run(['npm', 'install', '--no-audit', '--no-fund'], cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            shutil.rmtree(folder / 'node_modules', ignore_errors=True)
            raise Missing('npm could not install the packages of tests/bench/fleet/peers/package.json')
    return folder


def titled(title):
    """Gives a function that makes a peer its name in the table."""
    def named(make):
        make.title = title
        return make
    return named


@titled('DuckDB')
def duckdb(store, data, as_of):
    return Side('DuckDB', ['node', node_folder(store) / 'duckdb.mjs', data / 'events.ndjson'], ok_status=(0,))


@titled('json-rules-engine')
def json_rules_engine(store, data, as_of):
    script = node_folder(store) / 'json-rules-engine.mjs'
    return Side('json-rules-engine', ['node', script, data / 'events.ndjson', as_of], ok_status=(0,))


@titled('SQLite')
def sqlite(store, data, as_of):
    need('sqlite3', 'sqlite')
    script = filled(data, 'sqlite.sql', events=data / 'events.ndjson')
    return Side('SQLite', ['sqlite3', ':memory:', f'.read {script}'], ok_status=(0,))


@titled('CLIPS')
def clips(store, data, as_of):
    """It reads no JSON: what turns the lines into facts is not counted against it."""
    need('clips', 'clips')
    script = filled(data, 'clips.run', rules=HERE / 'clips.clp', facts=data / 'events.facts')
    return Side('CLIPS', ['clips', '-f2', script], ok_status=(0,))


def postgres_folder():
    """Where the newest PostgreSQL has its programs, which are not on the path."""
    found = sorted(pathlib.Path('/usr/lib/postgresql').glob('*/bin/postgres'))
    return found[-1].parent if found else None


@titled('PostgreSQL')
def postgres(store, data, as_of):
    """One process without a server, so that a whole process is measured. It refuses to be root, and then runs as `postgres`."""
    if not postgres_folder():
        install('postgres')
    programs = postgres_folder()
    if not programs:
        raise Missing('it could not be installed')
    folder = pathlib.Path(tempfile.mkdtemp(prefix='samrad-bench-'))
    events = folder / 'events.ndjson'
    shutil.copyfile(data / 'events.ndjson', events)
    script = filled(folder, 'postgres.sql', events=events)
    as_user = []
    if os.geteuid() == 0:
        as_user = ['runuser', '-u', 'postgres', '--']
        for path in (folder, events, script):
            shutil.chown(path, 'postgres', 'postgres')
    done = subprocess.run(as_user + [programs / 'initdb', '-D', folder / 'store', '-A', 'trust', '-E', 'UTF8'], capture_output=True)
    if done.returncode != 0:
        shutil.rmtree(folder)
        raise Missing('initdb failed')
    command = (f'{programs}/postgres --single -j -D {folder}/store -c jit=off -c fsync=off -c work_mem=256MB -c shared_buffers=256MB '
               f'postgres < {script} | sed -n \'s/.*answer = "\\(.*\\)".*/\\1/p\'')
    side = Side('PostgreSQL', as_user + ['sh', '-c', command], ok_status=(0,))
    side.folder = folder
    return side


def clean(sides):
    """Removes what peers have put outside the store."""
    for side in sides:
        if hasattr(side, 'folder'):
            shutil.rmtree(side.folder, ignore_errors=True)


# With the largest number of agreements at which each is run: the slow ones would take many minutes at more.
PEERS = [(duckdb, 1_000_000), (sqlite, 1_000_000), (postgres, 100_000), (clips, 100_000), (json_rules_engine, 100_000)]
