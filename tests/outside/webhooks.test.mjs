// Aim: a receiver that checks with the library of Standard Webhooks accepts what the service sends, and nothing that was changed on the
// way; what it refuses stays visible, is tried again, and 410 ends it.
import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {after, before, test} from 'node:test';
import {load} from './packages.mjs';
import {Service, council, eventually} from './service.mjs';

const {Webhook} = load('standardwebhooks');
const {CloudEvent, HTTP} = load('cloudevents');

const secret = fill => `whsec_${Buffer.alloc(32, fill).toString('base64')}`;
const clock = '2026-03-25T09:00:00+01:00';  // the council's meeting of March is due on the 31st and warned of from the 21st

let service;
let receiver;
let statuses = [];  // what the receiver answers, the last one for ever
const received = [];

before(async () => {
  receiver = createServer((request, answer) => {
    let body = '';
    request.on('data', piece => { body += piece; });
    request.on('end', () => {
      received.push({headers: request.headers, body, url: request.url});
      answer.writeHead(statuses.length > 1 ? statuses.shift() : statuses[0]).end();
    });
  });
  await new Promise(resolve => receiver.listen(0, '127.0.0.1', resolve));
  service = await Service.start({'webhooks-http': 'true', 'webhooks-ranges': '127.0.0.0/8'}, clock);
});
after(async () => {
  await service.end();
  receiver.close();
});

const rules = (...secrets) => ({
  recipients: [{id: 'desk', roles: ['librarian'], language: 'en', webhook: 'hook'}],
  endpoints: [{id: 'hook', url: `http://127.0.0.1:${receiver.address().port}/in`, secrets}],
  rules: [{id: 'all', kinds: ['warning', 'due', 'overdue', 'breach']}],
});

// The library goes by the machine's clock; the service by the one that the test gave it.
function verified(key, message) {
  const now = Date.now;
  const seconds = Number(message.headers['webhook-timestamp']);
  assert.ok(seconds >= Date.parse(clock) / 1000 && seconds < Date.parse(clock) / 1000 + 600, `${seconds} is the service's time`);
  Date.now = () => seconds * 1000;
  try {
    return new Webhook(key).verify(message.body, message.headers);
  } finally {
    Date.now = now;
  }
}

const alerts = async () => (await service.json('/v1/alerts')).json.alerts;

test('a warning is sent, signed with both secrets while they are changed', async () => {
  statuses = [204];
  await service.alertRules(rules(secret(1), secret(2)));
  await service.agreement('council', council);
  const message = await eventually('a webhook', () => received[0]);
  for (const key of [secret(1), secret(2)]) verified(key, message);
  const event = HTTP.toEvent({headers: message.headers, body: message.body});
  assert.ok(event instanceof CloudEvent && event.validate());
  assert.equal(event.type, 'se.samrad.duty.warning');
  assert.equal(event.subject, 'meetings/2026-03');
  assert.equal(event.id, message.headers['webhook-id']);
  const log = await eventually('it is marked as sent', async () => {
    const rows = await alerts();
    return rows.length > 0 && rows.every(row => row.state === 'sent') && rows;
  });
  assert.deepEqual(log.map(row => [row.way, row.recipient, row.kind, row.occurrence, row.tries]),
    [['webhook', 'desk', 'warning', 'meetings/2026-03', 1]]);
});

test('what was changed on the way is refused', () => {
  const [message] = received;
  const changed = {
    body: {...message, body: message.body.replace('meetings/2026-03', 'meetings/2026-04')},
    id: {...message, headers: {...message.headers, 'webhook-id': 'other'}},
    signature: {...message, headers: {...message.headers, 'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`}},
  };
  for (const [what, forged] of Object.entries(changed)) assert.throws(() => verified(secret(1), forged), `${what} was changed`);
  assert.throws(() => verified(secret(3), message), 'another secret');
});

test('an answer of 500 is waited for, and the same message comes again with the same id', async () => {
  statuses = [500, 204];
  received.length = 0;
  await service.agreement('second', council);
  const again = await eventually('the second try', () => received.length > 1 && received);
  assert.equal(again[0].headers['webhook-id'], again[1].headers['webhook-id']);
  assert.equal(again[0].body, again[1].body);
  verified(secret(1), again[1]);
  const rows = await eventually('the second is marked as sent', async () => {
    const mine = (await alerts()).filter(row => row.agreement === 'second');
    return mine.every(row => row.state === 'sent') && mine;
  });
  assert.deepEqual(rows.map(row => row.tries), [2]);
});

test('410 ends it: the alert failed, the endpoint is disabled, and an administrator may try again', async () => {
  statuses = [410];
  await service.agreement('third', council);
  const failed = await eventually('the alert failed', async () =>
    (await alerts()).find(row => row.agreement === 'third' && row.state === 'failed'));
  assert.match(failed.lastError, /410/);
  const {json} = await service.json('/v1/alerts/rules');
  assert.equal(json.endpoints[0].enabled, false);
  assert.ok(!JSON.stringify(json).includes(secret(1)), 'no secret is shown');
  statuses = [204];
  json.endpoints[0].enabled = true;
  await service.alertRules(json);
  const retried = await service.json(`/v1/alerts/${failed.alert}/retry`, {method: 'POST', expected: 202});
  assert.equal(retried.json.state, 'waiting');
  await eventually('it is sent after all', async () =>
    (await alerts()).find(row => row.alert === failed.alert && row.state === 'sent'));
});
