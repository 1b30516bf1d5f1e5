// Aim: what reads metrics reads ours: promtool finds nothing to say of them, and they count what was done.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {after, before, test} from 'node:test';
import {Service, council, example} from './service.mjs';

let service;
before(async () => {
  service = await Service.start();
  await service.agreement('council', council);
  await service.agreement('course', example('tutorial/läslyftet.samrad'));
  await service.json('/v1/agreements/council/events', {
    method: 'POST', headers: {'content-type': 'application/cloudevents+json'},
    body: {specversion: '1.0', source: 'urn:example:diary', id: 'm-1', type: 'meeting', subject: 'council', time: '2026-03-02'}});
  await service.fetch('/v1/agreements/nothing-of-that-name');
});
after(() => service.end());

test('promtool check metrics', async () => {
  const answer = await service.fetch('/metrics');
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
  const text = await answer.text();
  const checked = spawnSync('promtool', ['check', 'metrics'], {input: text, encoding: 'utf8'});
  assert.equal(checked.error, undefined, 'promtool is in the package prometheus');
  assert.deepEqual([checked.status, checked.stderr], [0, '']);
  assert.match(text, /_total\{[^}]*operation="createAgreement"[^}]*\} 2\n|_total\{[^}]*createAgreement[^}]*\} 2\n/);
});
