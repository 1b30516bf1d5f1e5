// Aim: a real SMTP server takes the service's mail: in plain text on this machine, with STARTTLS and a password, and with TLS from the
// start; and a certificate that nobody vouches for stops it.
import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, before, test} from 'node:test';
import {Service, council, eventually, root} from './service.mjs';

let folder;
let server;
let ports;
const letters = [];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'samrad-mail-'));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=mx.example.org', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', 'key.pem', '-out', 'certificate.pem'],
  {cwd: folder, stdio: 'ignore'});
  writeFileSync(join(folder, 'password'), 'right\n', {mode: 0o600});
  server = spawn('/usr/bin/python3', [join(root, 'tests/service/alerts/smtp_receiver.py'), join(folder, 'certificate.pem'), join(folder, 'key.pem')],
    {stdio: ['pipe', 'pipe', 'inherit']});
  const lines = createInterface({input: server.stdout});
  await new Promise((resolve, reject) => {
    server.on('exit', status => reject(new Error(`the SMTP server ended with ${status}; is python3-aiosmtpd installed?`)));
    lines.on('line', line => {
      const said = JSON.parse(line);
      if (ports) letters.push(said);
      else resolve(ports = said);
    });
  });
});
after(() => {
  server.stdin.end();
  rmSync(folder, {recursive: true, force: true});
});

// A service that sends its mail so, with one warning to send.
async function warning(t, settings) {
  letters.length = 0;
  const service = await Service.start({'smtp-from': 'samrad@example.org', ...settings},
    '2026-03-25T09:00:00+01:00');
  t.after(() => service.end());
  await service.alertRules({
    link: 'https://desk.example.org',
    recipients: [{id: 'desk', roles: ['librarian'], language: 'en', mail: 'librarian@example.org'},
      {id: 'head', roles: ['head'], language: 'sv', mail: 'head@example.org'}],
    rules: [{id: 'all', tell: {recipients: ['head']}}],
  });
  await service.agreement('council', council);
  return service;
}

async function two_letters(service) {
  await eventually('two letters', () => letters.length >= 2);
  const rows = await eventually('both are marked as sent', async () => {
    const {json} = await service.json('/v1/alerts');
    return json.alerts.every(row => row.state === 'sent') && json.alerts;
  });
  assert.equal(rows.length, 2);
  assert.equal(letters.length, 2);
  const to = address => letters.find(letter => letter.to[0] === address);
  return {english: to('librarian@example.org'), swedish: to('head@example.org')};
}

test('in plain text to a relay on this machine, where the configuration says so', async t => {
  const service = await warning(t, {'smtp-url': `smtp://127.0.0.1:${ports.plain}`, 'smtp-tls': 'off'});
  const {english, swedish} = await two_letters(service);
  for (const letter of [english, swedish]) {
    assert.deepEqual(letter.defects, []);
    assert.equal(letter.from, 'samrad@example.org');
    assert.equal(letter.tls, false);
    assert.match(letter.plain, /https:\/\/desk\.example\.org\//);
    assert.ok(letter.headers['message-id'] && letter.headers.date);
  }
  assert.match(english.plain, /31 March 2026/);
  assert.match(english.headers.subject, /The council meets every month/);
  assert.match(swedish.plain, /31 mars 2026/);
});

for (const [way, scheme] of [['starttls', 'smtp'], ['smtps', 'smtps']])
  test(`with TLS: ${way}`, async t => {
    const password = way === 'starttls' ? {'smtp-user': 'samrad', 'smtp-password-file': join(folder, 'password')} : {};
    const service = await warning(t, {'smtp-url': `${scheme}://127.0.0.1:${ports[way]}`, 'smtp-ca-file': join(folder, 'certificate.pem'), ...password});
    const {english} = await two_letters(service);
    assert.ok(english.tls || way === 'smtps', 'a server that speaks TLS from the start has no word for it');
    assert.equal(english.user, way === 'starttls' ? 'samrad' : null);
    });

test('a certificate that nobody vouches for stops it; the alert waits and says why', async t => {
  const service = await warning(t, {'smtp-url': `smtps://127.0.0.1:${ports.smtps}`});
  const rows = await eventually('the first tries failed', async () => {
    const {json} = await service.json('/v1/alerts?state=waiting');
    return json.alerts.length === 2 && json.alerts.every(row => row.tries > 0) && json.alerts;
  });
  for (const row of rows) assert.match(row.lastError, /certificate/i);
  assert.deepEqual(letters, []);
});
