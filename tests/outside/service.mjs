// One service of its own for a test: a fresh data folder, any free port, the token of the first administrator. It ends with the test.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const example = path => readFileSync(join(root, 'examples', path), 'utf8');
export const binary = process.env.SAMRAD_BINARY ?? join(root, 'build', 'dev', 'tools', 'samrad');

const start_ms_max = 60_000;

export class Service {
  // `settings` as `--name value`; `clock` is where the service's time begins.
  static async start(settings = {}, clock = '2026-03-02T08:00:00+01:00') {
    const service = new Service();
    service.folder = mkdtempSync(join(tmpdir(), 'samrad-outside-'));
    await service.run({data: join(service.folder, 'data'), 'listen-port': 0, clock, ...settings});
    return service;
  }

  async run(settings) {
    this.settings = settings;
    this.log = '';
    const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}=${value}`]);
    this.process = spawn(binary, ['serve', ...flags], {env: {PATH: process.env.PATH, LANG: 'C.UTF-8'}, stdio: ['ignore', 'pipe', 'pipe']});
    this.process.stderr.on('data', text => { this.log += text; });
    this.ended = new Promise(resolve => this.process.on('exit', (status, signal) => resolve(status ?? signal)));
    let said = '';
    await new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the service did not start: ${said}${this.log}`)), start_ms_max);
      this.ended.then(status => reject(new Error(`the service ended with ${status}: ${this.log}`)));
      this.process.stdout.on('data', text => {
        said += text;
        const address = /^samrad serves (\S+)$/m.exec(said);
        const token = /shown this once: (\S+)\n/.exec(said);
        if (!address || (!this.token && !token)) return;
        this.address = address[1];
        this.token ??= token[1];
        clearTimeout(late);
        resolve();
      });
    });
  }

  // Status of the process: 0 for an orderly end.
  async stop() {
    this.process.kill('SIGTERM');
    return await this.ended;
  }
  async end() {
    const status = await this.stop();
    rmSync(this.folder, {recursive: true, force: true});
    assert.equal(status, 0, `the service ends in order\n${this.log}`);
  }

  async fetch(path, {method = 'GET', headers = {}, body} = {}) {
    return await fetch(this.address + path, {method, headers: {authorization: `Bearer ${this.token}`, ...headers}, body});
  }
  // JSON in, JSON out; any status but `expected` fails the test and shows the problem.
  async json(path, {method = 'GET', headers = {}, body, expected} = {}) {
    const given = body === undefined ? {} : {'content-type': 'application/json'};
    const answer = await this.fetch(path, {
      method, headers: {...given, ...headers}, body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body)});
    const text = await answer.text();
    if (expected === undefined) assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    else assert.equal(answer.status, expected, `${method} ${path}: ${text}`);
    return {status: answer.status, headers: answer.headers, json: text === '' ? null : JSON.parse(text)};
  }

  async agreement(id, rules) {
    return (await this.json('/v1/agreements', {method: 'POST', body: {id, rules}, expected: 201})).json;
  }
  async alertRules(rules) {
    const before = await this.json('/v1/alerts/rules');
    return (await this.json('/v1/alerts/rules', {
      method: 'PUT', headers: {'if-match': before.headers.get('etag')}, body: rules, expected: 200})).json;
  }
}

// What `look` gives once it gives something; fails with `what` after a while.
export async function eventually(what, look, seconds = 30) {
  const late = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > late) assert.fail(`not within ${seconds} seconds: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

// A council that meets every month, and is warned of it: one deadline a month.
export const council = `agreement reading-council "The reading council"
  timezone Europe/Stockholm
  term 2026-01-01 to 2027-12-31
  language english
  due days stay

party library "The library"
role librarian of library "The librarian"
role head of library "The head of the library"
forum council "The council"
event meeting of forum "Meeting"
  chair role optional
  minutes text optional

clause meetings "The council meets every month"
  source "§3"
  owner librarian
  meeting of council must happen at least once every month
  warn 10 days before
`;
