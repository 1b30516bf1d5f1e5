// Aim: without a word in the configuration no webhook reaches this machine or its network, however its address is written.
import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {after, before, test} from 'node:test';
import {Service, council, eventually} from './service.mjs';

let service;
let receiver;
let calls = 0;

before(async () => {
  receiver = createServer((request, answer) => { calls += 1; answer.end(); });
  await new Promise(resolve => receiver.listen(0, '127.0.0.1', resolve));
  service = await Service.start({'webhooks-http': 'true'}, '2026-03-25T09:00:00+01:00');
});
after(async () => {
  await service.end();
  receiver.close();
});

const rules = hosts => ({
  recipients: hosts.map((_, i) => ({id: `desk-${i}`, roles: ['librarian'], webhook: `hook-${i}`})),
  endpoints: hosts.map((host, i) => ({
    id: `hook-${i}`, url: `http://${host}:${receiver.address().port}/`, secrets: [`whsec_${Buffer.alloc(32, 1).toString('base64')}`]})),
  rules: [{id: 'all', kinds: ['warning']}],
});

test('written as numbers it is refused with the rules', async () => {
  const hosts = ['127.0.0.1', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433', '10.1.2.3', '[fd00::1]'];
  const before = await service.json('/v1/alerts/rules');
  const {json} = await service.json('/v1/alerts/rules', {
    method: 'PUT', headers: {'if-match': before.headers.get('etag')}, body: rules(hosts), expected: 422});
  assert.deepEqual(json.errors.map(one => one.pointer), hosts.map((_, i) => `/endpoints/${i}/url`));
  for (const one of json.errors) assert.match(one.message, /public addresses only/);
});

test('behind a name it is refused when the name is resolved, and the alert says why', async () => {
  await service.alertRules(rules(['localhost']));
  await service.agreement('council', council);
  const rows = await eventually('it has failed', async () => {
    const {json} = await service.json('/v1/alerts');
    return json.alerts.length === 1 && json.alerts.every(row => row.state === 'failed') && json.alerts;
  });
  for (const row of rows) assert.match(row.lastError, /public addresses only/);
  assert.equal(calls, 0);
});
