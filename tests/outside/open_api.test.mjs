// Aim: two linters that were written by others find nothing to say of `/openapi.json`, and every operation has what their rules ask for.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {load, program} from './packages.mjs';
import {Service} from './service.mjs';

const {createConfig, lint} = load('@redocly/openapi-core');

let service;
let file;
before(async () => {
  service = await Service.start();
  const answer = await fetch(service.address + '/openapi.json');
  assert.equal(answer.status, 200);
  file = join(service.folder, 'openapi.json');
  writeFileSync(file, await answer.text());
});
after(() => service.end());

test('redocly', async () => {
  const config = await createConfig({
    extends: ['recommended-strict'],
    rules: {
      'operation-4xx-response': 'error',
      // The server is `/`: wherever the document was read.
      'no-server-example.com': 'off',
    },
  });
  const found = await lint({ref: file, config});
  const said = found.map(one => `${one.ruleId} ${one.location[0]?.pointer}: ${one.message}`);
  assert.deepEqual(said, []);
});

test('spectral, with the ruleset for OpenAPI', () => {
  const rules = join(service.folder, 'spectral.json');
  // `info.contact` would be a person or an office: who runs the service is not known to the program.
  writeFileSync(rules, JSON.stringify({extends: ['spectral:oas'], rules: {'info-contact': 'off'}}));
  const checked = spawnSync(program('spectral'), ['lint', '--quiet', '--fail-severity', 'hint', '--ruleset', rules, '--format', 'text', file],
    {encoding: 'utf8', env: {...process.env, NO_COLOR: '1'}});
  assert.deepEqual([checked.status, checked.stdout.trim(), checked.stderr.trim()], [0, '', '']);
});
