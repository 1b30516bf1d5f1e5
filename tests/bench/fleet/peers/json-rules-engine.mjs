// The four rules for json-rules-engine: node json-rules-engine.mjs EVENTS AS-OF
//
// The engine holds no state and knows no time. The state of each agreement and a calendar queue are kept here, and the engine is asked for a
// verdict at each meeting and at each deadline that passes.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Engine } from 'json-rules-engine';

const engine = new Engine([], { allowUndefinedFacts: true });
const rule = (name, ...all) => engine.addRule({ conditions: { all }, event: { type: name } });
const is = (fact, operator, value) => ({ fact, operator, value });
rule('R1', is('asked', 'equal', 'half-year'), is('meetings', 'lessThan', 2));
rule('R2', is('asked', 'equal', 'meeting'), is('chair', 'equal', { fact: 'before' }));
rule('R3', is('asked', 'equal', 'decision'), is('waiting', 'equal', true));
rule('R4', is('asked', 'equal', 'consultation'), is('consulted', 'equal', false));

const day = 86400000;
const dayOf = (text) => Date.parse(text) / day;
const dateOf = (n) => new Date(n * day);
const firstOf = (year, month) => Date.UTC(year, month, 1) / day;
const halfEnd = (n) => { const d = dateOf(n); return firstOf(d.getUTCFullYear(), d.getUTCMonth() < 6 ? 6 : 12) - 1; };
const beginsHalf = (n) => { const d = dateOf(n); return d.getUTCDate() === 1 && d.getUTCMonth() % 6 === 0; };
const sixMonthsBefore = (n) => {
  const d = dateOf(n), first = firstOf(d.getUTCFullYear(), d.getUTCMonth() - 6);
  return Math.min(first + d.getUTCDate(), firstOf(d.getUTCFullYear(), d.getUTCMonth() - 5)) - 1;
};

const counts = { R1: 0, R2: 0, R3: 0, R4: 0 };
const agreements = new Map();
const queue = new Map();
let events = 0;
let today = null;

const put = (n, deadline) => { const due = queue.get(n); if (due) due.push(deadline); else queue.set(n, [deadline]); };
const ask = async (facts) => { for (const event of (await engine.run(facts)).events) counts[event.type]++; };

async function fallDue({ asked, state, update }, end) {
  if (asked === 'half-year') {
    await ask({ asked, meetings: state.meetings });
    state.meetings = 0;
    const next = halfEnd(end + 1);
    if (next <= state.last) put(next, { asked, state });
  } else if (asked === 'decision') {
    await ask({ asked, waiting: state.waiting.delete(update) });
  } else {
    await ask({ asked, consulted: state.consulted });
  }
}

async function advance(to) {
  for (today ??= to; today < to; today++) {
    const due = queue.get(today);
    queue.delete(today);
    for (const deadline of due ?? []) await fallDue(deadline, today);
  }
}

async function take(event) {
  events++;
  const n = dayOf(event.time);
  if (n !== today) await advance(n);
  if (event.type === 'signing') {
    const state = { last: dayOf(event.data.last), chair: 'none', meetings: 0, consulted: false, waiting: new Set() };
    agreements.set(event.agreement, state);
    const end = beginsHalf(n) ? halfEnd(n) : halfEnd(halfEnd(n) + 1);
    if (end <= state.last) put(end, { asked: 'half-year', state });
    put(sixMonthsBefore(state.last), { asked: 'consultation', state });
    return;
  }
  const state = agreements.get(event.agreement);
  if (event.type === 'meeting') {
    await ask({ asked: 'meeting', chair: event.data.chair, before: state.chair });
    state.chair = event.data.chair;
    state.meetings++;
  } else if (event.type === 'update') {
    const update = { subject: event.subject };
    state.waiting.add(update);
    put(n + 90, { asked: 'decision', state, update });
  } else if (event.type === 'decision') {
    if (event.data.written) for (const update of state.waiting) if (update.subject === event.subject) state.waiting.delete(update);
  } else {
    state.consulted = true;
  }
}

for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) await take(JSON.parse(line));
await advance(dayOf(process.argv[3]));
console.log(`events ${events} R1 ${counts.R1} R2 ${counts.R2} R3 ${counts.R3} R4 ${counts.R4}`);
