// Aim: whatever is asked of any operation, what comes back is what `/openapi.json` says of it: no status, media type or body that is not
// described there, and never one of 500 or above. Requests are made from the document itself, right ones and wrong ones.
//   SAMRAD_FUZZ_SEED=7 SAMRAD_FUZZ_REQUESTS=20000 node fuzz.test.mjs
import assert from 'node:assert/strict';
import {Agent, request as send} from 'node:http';
import {after, before, test} from 'node:test';
import {gzipSync} from 'node:zlib';
import {load} from './packages.mjs';
import {Random, broken, mutated, strange_text, value_of} from './random.mjs';
import {Service, council, example} from './service.mjs';

const Ajv = load('ajv/dist/2020').default;
const add_formats = load('ajv-formats').default;

const seed = Number(process.env.SAMRAD_FUZZ_SEED ?? 1);
const requests = Number(process.env.SAMRAD_FUZZ_REQUESTS ?? 20_000);
const at_once = 6;
const stream_ms = 40;       // how long a stream is listened to
const answer_ms_max = 30_000;
const faults_max = 12;      // different ones, before it ends
const random = new Random(seed);

let service;
let doc;
let ajv;
let operations;
let likely;  // the same, those that change something more than once
let scoped;  // a token that may read one agreement
const agent = new Agent({keepAlive: true, maxSockets: at_once});
const known = {  // values that mean something, by the name of the parameter
  agreement: ['council', 'council', 'course', 'closed', 'made-1', 'made-2'], meeting: ['council', 'choir'], clause: ['meetings', 'clause'], owner: ['librarian', 'head', 'library', 'nobody'],
  status: ['missed', 'open'], reading: ['meetings=strict'], occurrence: ['meetings/2026-01', 'meetings/2026-03', 'meetings/9999-01'], version: ['1', '2', '0'],
  sequence: ['1', '2', '3', '40'], alert: ['1', '2', '900'], recipient: ['desk'], name: ['audit.schema.json', 'event.schema.json', 'wrong-body', 'no-agreement', 'none'],
  template: ['none'], token: [], calendar: [], secret: [], cursor: [], id: [],
};
const tags = ['"1"', '"2"', '"3"', '"s0"', '"s1"', '"nothing"', '*', 'W/"s1"', '""', '"'];
const seen = new Map();  // operation to the statuses that came
const faults = new Map();

before(async () => {
  service = await Service.start({
    'requests-burst': 1_000_000, 'requests-per-minute': 60_000_000, 'log-level': 'error', 'webhooks-http': 'true'}, '2026-03-25T09:00:00+01:00');
  doc = await (await fetch(service.address + '/openapi.json')).json();
  ajv = new Ajv({strict: false, allErrors: false, validateFormats: true});
  add_formats(ajv);
  ajv.addSchema(doc, 'doc');
  operations = Object.entries(doc.paths).flatMap(([path, item]) => Object.entries(item).map(([method, one]) => ({path, method, ...one})));
  likely = [...operations, ...operations.filter(one => one.requestBody), ...operations.filter(one => one.operationId === 'appendEvents')];
  // No webhook may go to this machine, so that these fail at once and can be tried again.
  await service.alertRules(alert_rules());
  await service.agreement('council', council);
  await service.agreement('course', example('tutorial/läslyftet.samrad'));
  for (const id of ['closed', 'made-0', 'made-1', 'made-2']) await service.agreement(id, council);
  await service.json('/v1/agreements/closed/close', {method: 'POST', headers: {'if-match': '"1"'}});
  for (const day of ['2026-01-14', '2026-02-11'])
    await service.json('/v1/agreements/council/events', {method: 'POST', headers: {'content-type': 'application/cloudevents+json'},
      body: {specversion: '1.0', source: 'urn:example:diary', id: `m-${day}`, type: 'meeting', subject: 'council', time: day}});
  const token = await service.json('/v1/tokens', {method: 'POST', body: {label: 'reader', rights: ['read'], agreements: ['council']}});
  scoped = token.json.token;
  for (let i = 0; i < 3; ++i) await more();
});
after(() => service.end());

// More of what requests use up.
async function more() {
  const token = await service.json('/v1/tokens', {method: 'POST', body: {label: 'spare', rights: ['read'], agreements: ['*']}});
  known.token.push(token.json.id);
  const calendar = await service.json('/v1/agreements/council/calendars', {method: 'POST', body: {}});
  known.calendar.push(calendar.json.id);
  known.secret.push(/([^/]+)\.ics$/.exec(calendar.json.url)[1]);
}

const alert_rules = () => ({
  recipients: [{id: 'desk', roles: ['librarian'], webhook: 'hook'}],
  endpoints: [{id: 'hook', url: 'http://localhost:1/', secrets: [`whsec_${Buffer.alloc(32, 1).toString('base64')}`]}],
  rules: [{id: 'all', kinds: random.chance(0.5) ? ['warning', 'breach'] : ['warning']}],
});

function resolve(schema) {
  let at = schema;
  while (at?.$ref) at = at.$ref.slice(2).split('/').reduce((json, part) => json[part.replaceAll('~1', '/').replaceAll('~0', '~')], doc);
  return at;
}

// ---- One request

function parameter_value(parameter, wrong) {
  if (wrong && random.chance(0.5)) return strange_text(random);
  if (known[parameter.name]?.length && random.chance(0.85)) return random.one(known[parameter.name]);
  const value = value_of(parameter.schema, random, resolve);
  return Array.isArray(value) ? value.map(String) : String(value);
}

function query_of(parameters, wrong) {
  const pairs = [];
  for (const one of parameters.filter(p => p.in === 'query')) {
    if (!one.required && !random.chance(0.35)) continue;
    if (wrong && random.chance(0.2)) continue;
    for (const value of [parameter_value(one, wrong)].flat()) pairs.push([one.name, value]);
    if (wrong && random.chance(0.15)) pairs.push(pairs.at(-1) ?? ['x', '1']);
  }
  if (wrong && random.chance(0.2)) pairs.push([strange_text(random), strange_text(random)]);
  const text = pairs.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&');
  return text === '' ? '' : `?${text}${wrong && random.chance(0.05) ? '&%zz' : ''}`;
}

const escaped = text => encodeURIComponent(String(text).toWellFormed?.() ?? String(text));

function path_of(operation, parameters, wrong) {
  return operation.path.replaceAll(/\{([^}]+)\}/g, (_, name) => {
    const parameter = parameters.find(p => p.name === name);
    const kept = operation.operationId === 'closeAgreement' && random.chance(0.9);  // or all others would soon be closed
    const value = kept ? random.one(['closed', 'made-0', `made-${random.below(400)}`]) : String(parameter_value(parameter, wrong && random.chance(0.4)));
    const text = escaped(value === '' || value === '.' || value === '..' ? 'x' : value);
    return name === 'occurrence' ? text.replaceAll('%2F', '/') : text;
  });
}

function body_of(operation, wrong) {
  if (!operation.requestBody) return wrong && random.chance(0.1) ? {type: 'application/json', bytes: Buffer.from('{}')} : {};
  if (!operation.requestBody.required && random.chance(0.3)) return {};
  const [type, form] = random.one(Object.entries(operation.requestBody.content));
  let value = form.example !== undefined && random.chance(0.7) ? form.example : form.schema ? value_of(form.schema, random, resolve) : 'x';
  if (operation.operationId === 'appendEvents' && typeof value === 'object' && random.chance(0.7)) value = events_of(type);
  if (type === 'application/json' && random.chance(0.6)) value = sensible[operation.operationId]?.() ?? value;
  if (wrong && typeof value !== 'string' && random.chance(0.6)) value = mutated(value, random);
  let bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  if (wrong && random.chance(0.3)) bytes = broken(bytes, random);
  const other = ['application/json', 'text/plain', 'application/xml', 'multipart/form-data', '', 'application/json; charset=utf-16', 'x', 'application/cloudevents+json'];
  return {type: wrong && random.chance(0.15) ? random.one(other) : type, bytes};
}

// Bodies that chance would not come upon.
const sensible = {
  createAgreement: () => ({id: `made-${random.below(400)}`, rules: council}),
  addVersion: () => ({inForceFrom: `2027-0${1 + random.below(9)}-01`, rules: random.chance(0.5) ? council : council.replace('once every', 'twice every')}),
  replaceAlertRules: alert_rules,
};

function events_of(type) {
  const one = () => ({specversion: '1.0', source: 'urn:example:fuzz', id: `f-${random.below(3_000)}`, type: random.chance(0.9) ? 'meeting' : random.one(['waiver', 'assessment', 'correction', 'withdrawal', 'x']),
    subject: random.chance(0.9) ? 'council' : 'choir', time: `2026-0${1 + random.below(3)}-1${random.below(10)}`, data: random.chance(0.5) ? {} : {chair: 'librarian'}});
  if (type.includes('batch')) return Array.from({length: 1 + random.below(4)}, one);
  if (type.includes('ndjson')) return `${JSON.stringify(one())}\n${JSON.stringify(one())}\n`;
  return one();
}

function headers_of(operation, parameters, body, wrong) {
  const headers = {};
  const who = random.fraction();
  if (who < 0.9) headers.authorization = `Bearer ${service.token}`;
  else if (who < 0.96) headers.authorization = `Bearer ${scoped}`;
  else if (wrong) headers.authorization = random.one(['Bearer', 'Basic eDp5', 'Bearer samrad_1_x', 'Bearer a.b.c', 'Bearer eyJhbGciOiJub25lIn0.e30.', '']);
  for (const one of parameters.filter(p => p.in === 'header')) {
    if (!random.chance(one.name === 'if-match' ? 0.7 : 0.3)) continue;
    headers[one.name] = one.name.startsWith('if-') ? random.one(tags) : one.name === 'idempotency-key' ? `k-${random.below(200)}` : one.name === 'prefer' ? 'handling=lenient' : String(random.below(60));
    if (wrong && random.chance(0.3)) headers[one.name] = strange_text(random).replaceAll(/[^\x20-\x7e]/g, '?').trim();
  }
  if (body.type) headers['content-type'] = body.type;
  if (random.chance(0.2)) headers['accept-encoding'] = 'gzip';
  if (random.chance(wrong ? 0.3 : 0)) headers.accept = random.one(['*/*', 'text/html', 'application/json;q=0', 'image/png', '', 'text/*;q=0.5, application/json', 'x']);
  if (wrong && random.chance(0.05)) Object.assign(headers, {'ce-specversion': '1.0', 'ce-id': strange_text(random).replaceAll(/[^\x20-\x7e]/g, '').trim(), 'ce-type': 'meeting', 'ce-source': 'urn:x', 'ce-subject': '%zz'});
  if (body.bytes && random.chance(0.1)) {
    headers['content-encoding'] = wrong && random.chance(0.3) ? random.one(['br', 'gzip, gzip', 'x']) : 'gzip';
    body.bytes = wrong && random.chance(0.3) ? body.bytes : gzipSync(body.bytes);
  }
  return headers;
}

function request_of(operation) {
  const wrong = random.chance(0.5);
  const parameters = (operation.parameters ?? []).map(resolve);
  const body = body_of(operation, wrong);
  const headers = headers_of(operation, parameters, body, wrong);
  return {operation, method: operation.method.toUpperCase(), path: path_of(operation, parameters, wrong) + query_of(parameters, wrong), headers, bytes: body.bytes};
}

// ---- Its answer

function ask({method, path, headers, bytes}) {
  return new Promise((resolve, reject) => {
    const url = new URL(service.address);
    const sent = send({host: url.hostname, port: url.port, method, path, headers: {...headers, ...(bytes ? {'content-length': bytes.length} : {})}, agent, timeout: answer_ms_max}, answer => {
      const pieces = [];
      const done = () => resolve({status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces)});
      if ((answer.headers['content-type'] ?? '').startsWith('text/event-stream')) setTimeout(() => { done(); sent.destroy(); }, stream_ms);
      answer.on('data', piece => pieces.push(piece));
      answer.on('end', done);
      answer.on('error', () => done());
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('error', reject);
    sent.end(bytes);
  });
}

const validators = new Map();
function schema_fault(operation, status, media, json) {
  const pointer = ['paths', operation.path, operation.method, 'responses', String(status), 'content', media, 'schema']
    .map(part => part.replaceAll('~', '~0').replaceAll('/', '~1')).map(encodeURIComponent).join('/');
  if (!validators.has(pointer)) validators.set(pointer, ajv.compile({$ref: `doc#/${pointer}`}));
  const valid = validators.get(pointer);
  return valid(json) ? null : ajv.errorsText(valid.errors);
}

// What is wrong with the answer, as a sentence; null: nothing.
function wrong_with({operation, method}, {status, headers, body}) {
  if (status >= 500) return `status ${status}`;
  const described = operation.responses[status];
  if (!described) return `status ${status} is not described`;
  if (described.content === undefined) return body.length === 0 ? null : `status ${status} has a body`;
  if (method === 'HEAD') return null;
  const media = (headers['content-type'] ?? '').split(';')[0];
  if (!described.content[media]) return `status ${status} with \`${media}\` is not described`;
  if (headers['content-encoding'] || !/[/+]json$/.test(media)) return null;
  let json;
  try {
    json = JSON.parse(body);
  } catch (error) {
    return `status ${status}: the body is no JSON: ${error.message}`;
  }
  const fault = schema_fault(operation, status, media, json);
  if (fault) return `status ${status}: not of its schema: ${fault}`;
  if (media === 'application/problem+json' && json.status !== status) return `the problem says ${json.status}, the answer ${status}`;
  if (status < 300 && typeof json.next === 'string') known.cursor = [...known.cursor.slice(-5), json.next];
  if (typeof headers.etag === 'string' && tags.length < 40) tags.push(headers.etag);
  return null;
}

function note(request, what, answer) {
  const key = `${request.operation.operationId}: ${what}`;
  if (faults.has(key)) return;
  const {authorization, ...headers} = request.headers;
  faults.set(key, [`${key}`, `  ${request.method} ${request.path}`, `  ${JSON.stringify(headers)}${authorization ? ' and a token' : ''}`,
    request.bytes ? `  body ${JSON.stringify(request.bytes.subarray(0, 600).toString('latin1'))}` : '  no body',
    answer ? `  got ${answer.body.subarray(0, 600)}` : ''].join('\n'));
}

async function one_request() {
  const operation = random.one(likely);
  const request = request_of(operation);
  let answer;
  try {
    answer = await ask(request);
  } catch (error) {
    // Node itself sends nothing that is no HTTP; whatever else there is, the service has to answer.
    return error.code === 'ERR_INVALID_CHAR' || error.code === 'ERR_UNESCAPED_CHARACTERS' ? undefined : note(request, `no answer: ${error.message}`);
  }
  const statuses = seen.get(operation.operationId) ?? new Map();
  seen.set(operation.operationId, statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1));
  const what = wrong_with(request, answer);
  if (what) note(request, what, answer);
  if (['revokeToken', 'revokeCalendar'].includes(operation.operationId) && answer.status < 300) await more();
}

test(`${requests} requests with seed ${seed}`, async () => {
  console.log(`seed ${seed}, ${requests} requests, ${operations.length} operations`);
  let left = requests;
  await Promise.all(Array.from({length: at_once}, async () => {
    while (left-- > 0 && faults.size < faults_max) await one_request();
  }));
  for (const [name, statuses] of [...seen].sort()) console.log(name.padEnd(24), [...statuses].sort().map(([status, n]) => `${status}×${n}`).join(' '));
  assert.equal(faults.size, 0, `\n${[...faults.values()].join('\n')}`);
  assert.equal((await service.fetch('/readyz')).status, 200, 'it is ready as before');
  const never = operations.filter(one => ![...(seen.get(one.operationId) ?? new Map()).keys()].some(status => status < 300 || status === 304));
  // There are no templates but those that a configuration lays out.
  assert.deepEqual(never.map(one => one.operationId), ['readTemplate'], 'every operation also does what it is for');
});

test('a method that a path does not take is told with those that it takes', async () => {
  for (const path of Object.keys(doc.paths)) {
    const other = ['PATCH', 'PUT', 'DELETE'].find(method => !doc.paths[path][method.toLowerCase()]);
    const answer = await service.fetch(path.replaceAll(/\{[^}]+\}/g, 'x'), {method: other});
    assert.equal(answer.status, 405, `${other} ${path}`);
    assert.ok(answer.headers.get('allow'), path);
    assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
  }
});
