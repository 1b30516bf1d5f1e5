// Aim: the CloudEvents SDK posts in structured, binary and batch mode as its users do, and what it sent is what the log gives back.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {load} from './packages.mjs';
import {Service, council} from './service.mjs';

const {CloudEvent, HTTP, Mode, emitterFor} = load('cloudevents');

let service;
before(async () => {
  service = await Service.start();
  await service.agreement('council', council);
});
after(() => service.end());

const events = '/v1/agreements/council/events';
const meeting = (id, day, minutes = 'signed') => new CloudEvent({
  source: 'urn:example:diary', id, type: 'meeting', subject: 'council', time: `${day}T15:00:00Z`,
  datacontenttype: 'application/json', data: {chair: 'librarian', minutes}});

// What the SDK's emitter takes: it is handed the message that the SDK wrote, fields and body.
const transport = () => async message => {
  const answer = await service.fetch(events, {method: 'POST', headers: message.headers, body: message.body});
  return {status: answer.status, json: await answer.json()};
};

test('structured mode', async () => {
  const emit = emitterFor(transport(), {mode: Mode.STRUCTURED});
  const first = await emit(meeting('m-1', '2026-01-14'));
  assert.equal(first.status, 201, JSON.stringify(first.json));
  assert.deepEqual([first.json.recorded, first.json.items[0].outcome, first.json.items[0].id], [1, 'recorded', 'm-1']);
  const again = await emit(meeting('m-1', '2026-01-14'));
  assert.equal(again.status, 200);
  assert.equal(again.json.items[0].outcome, 'duplicate');
});

test('binary mode', async () => {
  const emit = emitterFor(transport(), {mode: Mode.BINARY});
  const done = await emit(meeting('m-2', '2026-02-11', 'with “quotes”, 100 % and åäö'));
  assert.equal(done.status, 201, JSON.stringify(done.json));
  const wrong = await emit(meeting('m-3', '2026-02-12').cloneWith({subject: 'choir'}));
  assert.equal(wrong.status, 422, JSON.stringify(wrong.json));
  assert.ok(wrong.json.errors.some(fault => fault.header === 'ce-subject'), JSON.stringify(wrong.json));
});

// The SDK reads batches and does not write them, so that the batch is what it writes of each, in a list.
test('batch mode', async () => {
  const written = ['2026-03-02', '2026-04-01', '2026-05-01'].map((day, i) => HTTP.structured(meeting(`b-${i}`, day)).body);
  const answer = await service.fetch(events, {
    method: 'POST', headers: {'content-type': 'application/cloudevents-batch+json'}, body: `[${written.join(',')}]`});
  const json = await answer.json();
  assert.equal(answer.status, 201, JSON.stringify(json));
  assert.equal(json.recorded, 3);
});

test('what was sent is what the SDK reads back', async () => {
  const {json} = await service.json(events);
  const batch = HTTP.toEvent({
    headers: {'content-type': 'application/cloudevents-batch+json'}, body: JSON.stringify(json.events.map(row => row.event))});
  assert.deepEqual(batch.map(event => event.id), ['m-1', 'm-2', 'b-0', 'b-1', 'b-2']);
  const sent = meeting('m-2', '2026-02-11', 'with “quotes”, 100 % and åäö');
  const read = batch[1];
  assert.equal(read.source, sent.source);
  assert.equal(new Date(read.time).getTime(), new Date(sent.time).getTime());
  assert.deepEqual(read.data, sent.data);
});
