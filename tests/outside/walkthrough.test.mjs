// Aim: who follows docs/service.md with the program at hand gets what the page shows. Its `sh` blocks are run in order in one shell, in a
// folder of their own that holds the files the page names; each must end with status 0 and print the lines that the `text` block behind
// it shows, in that order: `…` stands for what is left out.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {binary, root} from './service.mjs';

const page = 'docs/service.md';

// Blocks of the page in order: {line, script, shown}, shown null where the page shows nothing.
function steps_of(text) {
  const steps = [];
  let block = null;
  text.split('\n').forEach((line, i) => {
    const fence = /^```(\w*)/.exec(line);
    if (!block && fence) {
      block = {form: fence[1], line: i + 1, lines: []};
    } else if (block && fence) {
      if (block.form === 'sh') steps.push({line: block.line, script: block.lines.join('\n'), shown: null});
      else if (block.form === 'text' && steps.length > 0 && steps.at(-1).shown === null) steps.at(-1).shown = block.lines;
      block = null;
    } else if (block) {
      block.lines.push(line);
    }
  });
  return steps;
}

function script_of(steps) {
  const parts = steps.map(({script}, i) => `printf '\\001%s\\002' ${i}\n${script}\n`);
  return `set -euo pipefail\ntrap 'for job in $(jobs -p); do kill "$job" || :; done' EXIT\n${parts.join('')}printf '\\001end\\002'\n`;
}

function run(script, folder) {
  return new Promise(resolve => {
    const shell = spawn('bash', ['-s'], {
      cwd: folder, env: {PATH: `${folder}/bin:/usr/bin:/bin`, LANG: 'C.UTF-8', HOME: folder}, stdio: ['pipe', 'pipe', 'pipe']});
    let out = '';
    let err = '';
    shell.stdout.on('data', text => { out += text; });
    shell.stderr.on('data', text => { err += text; });
    shell.on('close', status => resolve({status, out, err}));
    shell.stdin.end(script);
  });
}

function check(step, printed) {
  let from = 0;
  for (const line of step.shown ?? []) {
    for (const piece of line.split('…').map(one => one.trim()).filter(one => one !== '')) {
      const at = printed.indexOf(piece, from);
      assert.ok(at >= 0, `${page}:${step.line}: \`${piece}\` is shown and was not printed, or not there\n${step.script}\n-- printed\n${printed}`);
      from = at + piece.length;
    }
  }
}

test(page, async () => {
  const steps = steps_of(readFileSync(join(root, page), 'utf8'));
  assert.ok(steps.length >= 10, `${steps.length} blocks`);
  assert.ok(steps.filter(step => step.shown).length >= 8, 'most of them show what they print');
  const folder = mkdtempSync(join(tmpdir(), 'samrad-walk-'));
  cpSync(join(root, 'examples'), join(folder, 'examples'), {recursive: true});
  mkdirSync(join(folder, 'bin'));
  symlinkSync(binary, join(folder, 'bin', 'samrad'));
  const {status, out, err} = await run(script_of(steps), folder);
  const printed = out.split('\u0001').slice(1).map(part => part.slice(part.indexOf('\u0002') + 1));
  printed.slice(0, steps.length).forEach((text, i) => check(steps[i], text));
  const last = steps[Math.min(printed.length, steps.length) - 1];
  assert.equal(status, 0, `${page}:${last?.line}: the block ended with ${status}\n${last?.script}\n${printed.at(-1)}\n${err}`);
  assert.equal(printed.length, steps.length + 1, 'all blocks were run');
  rmSync(folder, {recursive: true, force: true});
});
