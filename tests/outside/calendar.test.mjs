// Aim: a calendar program that follows the secret address sees each deadline as an all-day event that keeps its UID, and is told with a
// higher SEQUENCE when one is settled.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {load} from './packages.mjs';
import {Service, council} from './service.mjs';

const ICAL = load('ical.js').default ?? load('ical.js');

let service;
let address;
before(async () => {
  service = await Service.start();
  await service.agreement('council', council);
  const made = await service.json('/v1/agreements/council/calendars', {method: 'POST', body: {owner: 'librarian', language: 'en'}});
  address = new URL(made.json.url, service.address).pathname;
});
after(() => service.end());

// Without a token: whoever has the address reads.
async function feed(headers = {}) {
  return await fetch(service.address + address, {headers});
}
async function deadlines() {
  const answer = await feed();
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^text\/calendar/);
  const text = await answer.text();
  assert.ok(text.split('\r\n').every(line => Buffer.byteLength(line) <= 75), 'lines are folded');
  const calendar = new ICAL.Component(ICAL.parse(text));
  assert.equal(calendar.getFirstPropertyValue('version'), '2.0');
  const events = calendar.getAllSubcomponents('vevent').map(one => new ICAL.Event(one));
  return new Map(events.map(event => [event.uid, event]));
}
const sequence = event => event.component.getFirstPropertyValue('sequence');
const status = event => event.component.getFirstPropertyValue('status');

test('deadlines are all-day events', async () => {
  const all = await deadlines();
  assert.ok(all.size >= 12, `${all.size} deadlines`);
  const march = all.get('council/meetings/2026-03@samrad');
  assert.ok(march, [...all.keys()].join(' '));
  assert.equal(march.startDate.isDate, true);
  assert.equal(march.startDate.toString(), '2026-03-31');
  assert.equal(march.endDate.toString(), '2026-04-01');
  assert.equal(march.summary, 'The council meets every month');
  assert.match(march.description, /The librarian/);
  assert.deepEqual([sequence(march), status(march)], [0, 'CONFIRMED']);
  const [alarm] = march.component.getAllSubcomponents('valarm');
  assert.equal(alarm.getFirstPropertyValue('trigger').toSeconds(), -10 * 86_400);
});

test('a deadline that is settled is cancelled, and no other changes', async () => {
  const before = await deadlines();
  await service.json('/v1/agreements/council/events', {
    method: 'POST', headers: {'content-type': 'application/cloudevents+json'}, expected: 201,
    body: {specversion: '1.0', source: 'urn:example:diary', id: 'm-1', type: 'meeting', subject: 'council', time: '2026-03-02'}});
  const now = await deadlines();
  assert.deepEqual([...now.keys()].sort(), [...before.keys()].sort());
  const changed = [...now].filter(([uid, event]) => sequence(event) !== sequence(before.get(uid)));
  assert.deepEqual(changed.map(([uid, event]) => [uid, sequence(event), status(event)]),
    [['council/meetings/2026-03@samrad', 1, 'CANCELLED']]);
});

test('who has it already is told so, and a revoked address leads nowhere', async () => {
  const first = await feed();
  assert.equal((await feed({'if-none-match': first.headers.get('etag')})).status, 304);
  const {json} = await service.json('/v1/agreements/council/calendars');
  assert.equal((await service.fetch(`/v1/agreements/council/calendars/${json.calendars[0].id}`, {method: 'DELETE'})).status, 204);
  assert.equal((await feed()).status, 404);
});

test('the calendar of an owner without duties is empty and still a calendar', async () => {
  const answer = await service.fetch('/v1/agreements/council/calendar.ics?lang=sv');
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()));
  assert.ok(calendar.getAllSubcomponents('vevent').length > 0);
});
