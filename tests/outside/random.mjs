// Numbers that look like chance and are the same for the same seed (mulberry32).
export class Random {
  constructor(seed) { this.state = seed >>> 0; }
  fraction() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  below(n) { return Math.floor(this.fraction() * n); }
  chance(p) { return this.fraction() < p; }
  one(list) { return list[this.below(list.length)]; }
}

const strange = ['', ' ', '\u0000', 'a\u0000b', 'åäö', '😀', '\ud7ff', '"', '\\', '%', '%00', '../..', '/', '//', "'; --", '<script>', '*', '-1', '0', '1e400', 'NaN',
  'null', 'true', '9007199254740993', '2026-02-30', '2026-13-01', '0000-00-00', '9999-12-31', '+262142-12-31', '2026-01-01T25:00:00Z', '2026-01-01T00:00:00+99:99',
  'x'.repeat(1_000), 'x'.repeat(2_000), 'ä'.repeat(600), '\r\n', '\t', '{}', '[]', 'CLAUSE=NAME', '=', 'ÿ'];

// A text that nobody asked for.
export function strange_text(random) {
  if (random.chance(0.7)) return random.one(strange);
  return Array.from({length: random.below(24)}, () => String.fromCodePoint(random.chance(0.8) ? 32 + random.below(95) : 160 + random.below(0x2000))).join('');
}

// A value that the schema allows, or nearly: what it says beyond type, form and members is left to chance.
export function value_of(schema, random, resolve, depth = 0) {
  const at = resolve(schema);
  if (at === true || depth > 6) return random.one([null, 1, 'x', {}]);
  if (at.const !== undefined) return at.const;
  if (at.enum) return random.one(at.enum);
  for (const many of [at.oneOf, at.anyOf]) if (many) return value_of(random.one(many), random, resolve, depth + 1);
  if (at.allOf) return Object.assign({}, ...at.allOf.map(one => value_of(one, random, resolve, depth + 1)));
  const type = Array.isArray(at.type) ? random.one(at.type) : at.type ?? (at.properties ? 'object' : random.one(['string', 'object', 'integer']));
  switch (type) {
    case 'object': {
      const made = {};
      for (const [name, one] of Object.entries(at.properties ?? {}))
        if (at.required?.includes(name) || random.chance(0.4)) made[name] = value_of(one, random, resolve, depth + 1);
      return made;
    }
    case 'array': return Array.from({length: random.below(3) + (at.minItems ?? 0)}, () => value_of(at.items ?? {}, random, resolve, depth + 1));
    case 'integer': case 'number': {
      const least = at.minimum ?? 0;
      return least + random.below(Math.min((at.maximum ?? least + 1_000) - least + 1, 1_000_000));
    }
    case 'boolean': return random.chance(0.5);
    case 'null': return null;
    default: return text_of(at, random);
  }
}

function text_of(schema, random) {
  if (schema.format === 'date' || schema.pattern?.includes('[0-9]{4}-')) return day_of(random);
  if (schema.format === 'date-time') return `${day_of(random)}T10:00:00Z`;
  if (schema.pattern?.includes('(day|')) return `${1 + random.below(400)} ${random.one(['days', 'weeks', 'working days', 'months'])}`;
  if (schema.pattern?.startsWith('^[^=]+=')) return 'meetings=strict';
  if (schema.pattern?.startsWith('^[0-9]')) return String(random.below(40));
  return random.chance(0.8) ? random.one(['council', 'meeting', 'm-1', 'librarian', 'text', 'desk', 'hook', '07:00']) : strange_text(random);
}

function day_of(random) {
  const two = n => String(n).padStart(2, '0');
  return `20${two(24 + random.below(5))}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
}

// The same value with something wrong in it somewhere.
export function mutated(value, random) {
  const copy = structuredClone(value);
  const places = [];
  const walk = (holder, key) => {
    places.push([holder, key]);
    const inner = holder[key];
    if (inner && typeof inner === 'object') for (const name of Object.keys(inner)) walk(inner, name);
  };
  const root = {value: copy};
  walk(root, 'value');
  for (let n = 1 + random.below(3); n > 0; --n) {
    const [holder, key] = random.one(places);
    const act = random.below(4);
    if (act === 0 && holder !== root) delete holder[key];
    else if (act === 1 && holder[key] && typeof holder[key] === 'object') holder[key][random.one(['strange', '__proto__x', '', 'id', 'x/y~z'])] = 1;
    else holder[key] = random.one([null, true, -1, 1e308, 0.1, '', strange_text(random), [], {}, [[[[{}]]]], [null]]);
  }
  return root.value ?? null;
}

// The same bytes, cut or changed somewhere.
export function broken(bytes, random) {
  const copy = Buffer.from(bytes);
  const act = random.below(5);
  if (act === 0 || copy.length === 0) return copy.subarray(0, random.below(copy.length + 1));
  if (act === 1) return Buffer.concat([copy, copy]);
  if (act === 2) return Buffer.from('['.repeat(20_000));
  for (let n = 1 + random.below(4); n > 0; --n) copy[random.below(copy.length)] = random.below(256);
  return copy;
}
