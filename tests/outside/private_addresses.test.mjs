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

test('each is refused, and the log says why', async () => {
  const {port} = receiver.address();
  const hosts = ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433'];
  await service.alertRules({
    recipients: hosts.map((_, i) => ({id: `desk-${i}`, roles: ['librarian'], webhook: `hook-${i}`})),
    endpoints: hosts.map((host, i) => ({
      id: `hook-${i}`, url: `http://${host}:${port}/`, secrets: [`whsec_${Buffer.alloc(32, 1).toString('base64')}`]})),
    rules: [{id: 'all', kinds: ['warning']}],
  });
  await service.agreement('council', council);
  const rows = await eventually('all have failed', async () => {
    const {json} = await service.json('/v1/alerts');
    return json.alerts.length === hosts.length && json.alerts.every(row => row.state === 'failed') && json.alerts;
  });
  for (const row of rows) assert.match(row.lastError, /public addresses only/);
  assert.equal(calls, 0);
});
