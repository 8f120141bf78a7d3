// Holds the HTTP API to its description from outside. It knows the OpenAPI document and an address, nothing else: no code, no vocabulary.
//
//   FUZZ_URL=http://127.0.0.1:5080 FUZZ_KEYS="zb_… zb_…" node fuzz.mjs [openapi.json]
//
// FUZZ_KEYS   bearer keys, separated by blanks, of people with different rights; requests are sent with each and without any
// FUZZ_SEED   the seed that a failed run has printed
// LEDGER_TEST_LONG=1   ten times as many requests
//
// Every answer must be no 5xx, of a documented status, with a documented content type, and its body valid against the schema of that answer.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const here = dirname(fileURLToPath(import.meta.url));
const file = process.argv[2] ?? join(here, '..', '..', 'docs', 'openapi.json');
const base = process.env.FUZZ_URL;
const keys = (process.env.FUZZ_KEYS ?? '').split(/\s+/).filter(Boolean);
const seed = Number(process.env.FUZZ_SEED ?? 20261122);
const isLong = process.env.LEDGER_TEST_LONG === '1';
const patience = 30_000;

if (!base || !Number.isSafeInteger(seed)) {
  console.error('Name the address in FUZZ_URL; FUZZ_SEED is a whole number.');
  process.exit(2);
}

const document = JSON.parse(readFileSync(file, 'utf8'));
const methods = ['get', 'put', 'post', 'delete', 'patch'];

// --- the description ------------------------------------------------------------------------------------------------

const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: true });
formats.default ? formats.default(ajv) : formats(ajv);
ajv.addFormat('int32', { type: 'number', validate: (n) => Number.isInteger(n) && Math.abs(n) <= 2 ** 31 });
ajv.addFormat('int64', { type: 'number', validate: (n) => Number.isInteger(n) });
ajv.addSchema({ $id: 'https://contract.example/openapi', ...document });

const pointer = (...names) => 'https://contract.example/openapi#/' + names.map((n) => encodeURIComponent(String(n).replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');

const resolve = (schema) => {
  while (schema?.$ref) schema = schema.$ref.slice(2).split('/').reduce((at, name) => at[name.replaceAll('~1', '/').replaceAll('~0', '~')], document);
  return schema ?? {};
};

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  methods
    .filter((method) => item[method])
    .map((method) => ({ path, method, name: item[method].operationId, ...item[method], parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map(resolve) })),
);

// --- values -----------------------------------------------------------------------------------------------------------

const hostileTexts = [
  '', ' ', '\u0000', 'a\u0000b', '\ud800', '\udc00x', 'x\ud83d', '\ufffe', '\u202etxt', "'; drop table events; --", "' OR 1=1 --", '%', '_', '%00', '%25', '\\', '"', '..', '../../etc/passwd',
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '{{7*7}}', '${7*7}', '\r\nX-Injected: 1', 'null', 'NaN', '-0', '1e400', '0000-00-00', '9999-99-99', '2024-02-30',
  '00000000-0000-0000-0000-000000000000', 'ä'.repeat(150), 'a'.repeat(151), 'x'.repeat(5000), '💥', '9223372036854775808', '99999999999999999999999',
];
const hostileText = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary', maxLength: 40 }));
// Numbers and texts that JSON.stringify would never write stand for themselves.
class Raw {
  constructor(text) {
    this.text = text;
  }
}
const hostileValue = fc.oneof(
  hostileText,
  fc.constantFrom(null, true, false, 0, -1, 1.5, 2 ** 31, -(2 ** 31) - 1, Number.MAX_VALUE, [], {}, [[]], [null], { '': null }, { __proto__: 1 }, { $type: 'System.Object' }),
  fc.constantFrom('1e400', '-1e400', '9223372036854775808', '1' + '0'.repeat(400), '1.0', '0.1e1', '"\\u0000"', '"\\ud800"', '"\\udfff\\ud800"').map((text) => new Raw(text)),
  fc.constant(new Raw('['.repeat(200) + ']'.repeat(200))),
);

const write = (value) => {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (value && typeof value === 'object') return `{${Object.entries(value).map(([k, v]) => `${JSON.stringify(k)}:${write(v)}`).join(',')}}`;
  return JSON.stringify(value);
};

const two = (n) => String(n).padStart(2, '0');
const day = fc.tuple(fc.integer({ min: 2015, max: 2026 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 })).map(([y, m, d]) => `${y}-${two(m)}-${two(d)}`);
const word = fc.constantFrom('musterstadt', 'erfunden', 'liste-muster', 'radweg', 'Straßenbäume', 'km', 'ein längerer Satz über etwas Erfundenes.', 'https://musterstadt.example/meldung', 'https://musterstadt.example/zwei?x=ä#y');

// A value for a schema. `depth` ends recursion: then what is not required is left out.
const arbitrary = (schema, depth = 0) => {
  const own = resolve(schema);
  if (own.const !== undefined) return fc.constant(own.const);
  if (own.enum) return fc.constantFrom(...own.enum);
  const choices = own.oneOf ?? own.anyOf;
  if (choices) return fc.oneof(...choices.map((c) => arbitrary(c, depth + 1)));
  const types = [own.type ?? []].flat();
  if (types.length > 1) return fc.oneof({ maxDepth: 3 }, ...types.map((type) => arbitrary({ ...own, type }, depth)));
  switch (types[0]) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.oneof(
        fc.integer({ min: own.minimum ?? -5, max: own.maximum ?? 3000 }),
        own.format === 'int32' ? fc.integer({ min: own.minimum ?? -(2 ** 31), max: own.maximum ?? 2 ** 31 - 1 }) : fc.maxSafeInteger(),
      );
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'string':
      if (own.format === 'uuid') return fc.uuid();
      if (own.format === 'date') return day;
      if (own.format === 'date-time') return day.map((d) => `${d}T12:00:00Z`);
      if (own.pattern) return fc.oneof(day.filter((d) => new RegExp(own.pattern, 'u').test(d)), fc.stringMatching(new RegExp(own.pattern, ''))).filter((s) => s.length <= (own.maxLength ?? 1000));
      return fc.oneof({ weight: 4, arbitrary: word }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: Math.min(own.maxLength ?? 60, 60) }) });
    case 'array':
      return fc.array(arbitrary(own.items ?? {}, depth + 1), { maxLength: depth > 4 ? 1 : 3 });
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(own.properties ?? {})
            .filter(([name]) => depth <= 6 || own.required?.includes(name))
            .map(([name, property]) => [name, arbitrary(property, depth + 1)]),
        ),
        { requiredKeys: own.required ?? [] },
      );
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
};

// A body that is nearly right: one place of it is replaced, removed, or has something unknown beside it.
const spoilt = (body) =>
  fc.tuple(body, fc.nat(), fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add'), hostileValue).map(([value, at, how, bad]) => {
    const copy = structuredClone({ root: value });
    const places = [];
    const walk = (owner) => Object.keys(owner).forEach((name) => (places.push([owner, name]), owner[name] && typeof owner[name] === 'object' && walk(owner[name])));
    walk(copy);
    const [owner, name] = places[at % places.length];
    if (how === 'replace' || owner === copy) owner[name] = bad;
    else if (how === 'remove') Array.isArray(owner) ? owner.splice(Number(name), 1) : delete owner[name];
    else if (Array.isArray(owner)) owner.push(bad);
    else owner[`unknown ${name}`] = bad;
    return copy.root;
  });

const noJson = fc.constantFrom('', ' ', '{', '[', '{}', '[]', 'null', '"', '{"a":1,"a":1}', '{"id":"\\ud800"}', '\ufeff{}', '<x/>', '\u0000', '{"\\u0000":1}', '{} {}', '{,}', "{'a':1}", '/* */{}', '{"a":NaN}', '"\\x"');

// --- requests ---------------------------------------------------------------------------------------------------------

// What earlier answers gave, in their order, so that a seed tells all: what there is below an address (`/api/v1/promises/`), where the next
// page begins, and the version at which an address was seen (its ETag).
const seen = new Map();
const versions = new Map();
const keep = (place, value) => {
  if (!seen.has(place)) seen.set(place, []);
  const values = seen.get(place);
  if (typeof value === 'string' && values.length < 300 && !values.includes(value)) values.push(value);
};
const collections = [...new Set(operations.filter((o) => o.path.includes('{')).map((o) => o.path.slice(0, o.path.indexOf('{'))))];
const nameIn = (collection) => /\{(\w+)\}/.exec(operations.find((o) => o.path.startsWith(`${collection}{`)).path)[1];

const harvest = (operation, answer, body) => {
  const collection = collections.find((c) => c === `${operation.path}/`);
  const tag = answer.headers.get('etag');
  if (tag) versions.set(answer.url.pathname, tag);
  const made = answer.headers.get('location');
  if (made) {
    const path = new URL(made, base).pathname;
    const owner = collections.find((c) => path.startsWith(c));
    if (owner) keep(owner, decodeURIComponent(path.slice(owner.length).split('/')[0]));
  }
  if (!body || typeof body !== 'object') return;
  if (typeof body.next === 'string') keep(`cursor of ${operation.path}`, body.next);
  // What only a created body names (a key's prefix) belongs where a parameter of that name does. People and keys that were there before are
  // left alone: a run must not lock itself out.
  for (const c of collections) if (answer.status === 201 && nameIn(c) !== 'id') keep(c, body[nameIn(c)]);
  if (collection && nameIn(collection) === 'id') for (const item of (body.items ?? []).slice(0, 20)) keep(collection, item.id);
};

// The n-th of what was seen in a place; a number until the request is sent.
const known = (place, otherwise) => fc.oneof({ weight: 4, arbitrary: fc.nat({ max: 999 }).map((at) => ({ place, at })) }, { weight: 1, arbitrary: otherwise });
const recall = (value) => {
  if (value?.place === undefined) return value;
  const there = seen.get(value.place) ?? [];
  const values = there.length || value.place.startsWith('cursor') ? there : collections.filter((c) => nameIn(c) === 'id').flatMap((c) => seen.get(c) ?? []);
  return values.length ? values[value.at % values.length] : 'x';
};

const parameterValue = (operation, parameter, isHostile) => {
  const right = arbitrary(parameter.schema ?? {}).map(String);
  if (isHostile && parameter.in !== 'path') return fc.oneof(hostileText, right);
  const earlier = parameter.in === 'path' ? known(operation.path.slice(0, operation.path.indexOf('{')), right) : null;
  if (isHostile) return fc.oneof(hostileText, earlier);
  if (parameter.name === 'If-Match') return fc.oneof({ weight: 4, arbitrary: fc.constant({ isVersion: true }) }, { weight: 1, arbitrary: right });
  if (parameter.name === 'cursor') return known(`cursor of ${operation.path}`, right);
  return earlier ?? right;
};

const requestFor = (operation, isHostile) => {
  const parameters = {};
  for (const p of operation.parameters) {
    const value = parameterValue(operation, p, isHostile);
    parameters[`${p.in} ${p.name}`] = p.in === 'path' || (p.required && !isHostile) ? value : fc.option(value, { nil: undefined, freq: 2 });
  }
  const media = operation.requestBody && Object.entries(resolve(operation.requestBody).content)[0];
  const right = media && fc.oneof(arbitrary(media[1].schema), ...(media[1].example ? [fc.constant(media[1].example)] : []));
  return fc.record({
    parameters: fc.record(parameters),
    body: !media ? fc.constant(undefined) : isHostile ? fc.oneof({ weight: 4, arbitrary: spoilt(right).map(write) }, { weight: 1, arbitrary: noJson }) : right.map(write),
    type: isHostile ? fc.constantFrom(media?.[0], media?.[0], media?.[0], 'text/plain', 'application/xml', 'application/json; charset=utf-16', 'x', undefined) : fc.constant(media?.[0]),
    // Which key: mostly one of those given; -1 = none.
    key: isHostile ? fc.integer({ min: -1, max: keys.length - 1 }) : fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: Math.max(0, keys.length - 1) }) }, { weight: 1, arbitrary: fc.constant(-1) }),
    headers: isHostile
      ? fc.record(
          {
            Authorization: fc.constantFrom('Bearer', 'Bearer x', 'Basic eDp5', 'bearer  ', 'x', 'Bearer zb_' + 'a'.repeat(200), 'Bearer \u00e4'),
            Accept: fc.constantFrom('text/html', 'image/png', '*/*', 'x', ';;;', 'application/json;q=0'),
            'If-Match': fc.constantFrom('*', '"x"', 'W/"1"', '"1","2"', '1', '"-1"', '"99999999999999999999"', ''),
            'If-None-Match': fc.constantFrom('*', '"x"', 'W/"1"', ',,', '"'),
            'Idempotency-Key': fc.constantFrom('', ' ', 'x y', 'k'.repeat(256), '\u00e4', 'same', 'same'),
            Origin: fc.constantFrom('null', 'https://elsewhere.example', 'x'),
            Range: fc.constantFrom('bytes=0-1', 'bytes=9-1', 'x'),
            'Accept-Language': fc.constantFrom('en', 'zz', ';;', '*'),
            'X-Unknown': fc.constant('1'),
          },
          { requiredKeys: [] },
        )
      : fc.constant({}),
  });
};

const send = async (operation, request) => {
  let path = operation.path;
  const query = [];
  const headers = {};
  // UTF-8 has no lone surrogates: %ED%A0%80 is what a careless client sends for one.
  const encode = (text) => text.split(/([\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff])/).map((part, at) => (at % 2 ? '%ED%A0%80' : encodeURIComponent(part))).join('');
  for (const [place, chosen] of Object.entries(request.parameters)) {
    const [where, name] = place.split(' ');
    const value = chosen?.isVersion ? (versions.get(path) ?? '"1"') : recall(chosen);
    // A segment of dots alone would be taken for a way up by the client itself and become another address.
    if (where === 'path') path = path.replace(`{${name}}`, ['', '.', '..'].includes(value) ? '%20' : encode(value));
    else if (value === undefined) continue;
    else if (where === 'query') query.push(`${name}=${encode(value)}`);
    else if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) headers[name] = value;
  }
  const key = keys[request.key];
  if (key) headers.Authorization = `Bearer ${key}`;
  Object.assign(headers, request.headers);
  if (request.type && request.body !== undefined) headers['Content-Type'] = request.type;
  const url = new URL(path + (query.length ? `?${query.join('&')}` : ''), base);
  const body = request.body === undefined ? undefined : new TextEncoder().encode(request.body);
  const answer = await fetch(url, { method: operation.method.toUpperCase(), headers, body, redirect: 'manual', signal: AbortSignal.timeout(patience) });
  return { url, status: answer.status, type: answer.headers.get('content-type'), text: await answer.text(), headers: answer.headers };
};

// --- what must hold ---------------------------------------------------------------------------------------------------

const validators = new Map();
const validator = (operation, status, media) => {
  const name = pointer('paths', operation.path, operation.method, 'responses', status, 'content', media, 'schema');
  if (!validators.has(name)) validators.set(name, ajv.getSchema(name) ?? ajv.compile({ $ref: name }));
  return validators.get(name);
};

const statuses = {};
const check = (operation, answer) => {
  const fail = (what) => {
    throw new Error(`${what}\n  ${operation.method.toUpperCase()} ${answer.url.pathname}${answer.url.search}\n  answered ${answer.status} ${answer.type}: ${answer.text.slice(0, 1500)}`);
  };
  if (answer.status >= 500) fail('a fault of the server');
  const documented = resolve(operation.responses[answer.status]);
  if (!(answer.status in operation.responses)) fail('a status that is not documented');
  const media = answer.type?.split(';')[0].trim().toLowerCase();
  if (!documented.content) {
    if (answer.text !== '') fail('a body where none is documented');
    return;
  }
  if (!(media in documented.content)) fail('a content type that is not documented');
  let body;
  try {
    body = JSON.parse(answer.text);
  } catch {
    fail('a body that is no JSON');
  }
  const validate = validator(operation, String(answer.status), media);
  if (!validate(body)) fail(`a body that its schema does not allow: ${ajv.errorsText(validate.errors).slice(0, 600)}`);
  for (const [name, header] of Object.entries(documented.headers ?? {})) if (resolve(header).required && !answer.headers.get(name)) fail(`no ${name}`);
  return body;
};

// --- the run ----------------------------------------------------------------------------------------------------------

// Reads first, then what makes something, then what needs what was made; and reads again, of what there is by then.
const rank = (operation) => (operation.method === 'get' ? 0 : operation.path.includes('{') ? 2 : 1);
const order = operations.toSorted((a, b) => rank(a) - rank(b));
const plan = [...order, ...order.filter((o) => o.method === 'get')];
const writesLast = operations.filter((o) => o.method === 'delete');
plan.sort((a, b) => writesLast.includes(a) - writesLast.includes(b));
const runs = Math.max(1, Math.round((isLong ? 3000 : 300) / plan.length / 2));

const begun = Date.now();
let sent = 0;
let failures = 0;
console.log(`${operations.length} operations, ${keys.length} keys, seed ${seed}`);
for (const [place, operation] of plan.entries()) {
  for (const isHostile of [false, true]) {
    const requests = requestFor(operation, isHostile);
    // The description's own example comes first, with every key: something must exist for the rest to bite.
    const example = operation.requestBody && Object.values(resolve(operation.requestBody).content)[0].example;
    const examples = example && !isHostile ? fc.sample(requests, { numRuns: keys.length, seed }).map((request, key) => [{ ...request, key, body: write(example) }]) : [];
    const property = fc.asyncProperty(requests, async (request) => {
      sent++;
      const answer = await send(operation, request);
      const body = check(operation, answer);
      (statuses[operation.name] ??= {})[answer.status] = (statuses[operation.name][answer.status] ?? 0) + 1;
      harvest(operation, answer, body);
    });
    const result = await fc.check(property, { seed: seed + place * 2 + Number(isHostile), numRuns: runs + examples.length, examples, interruptAfterTimeLimit: 120_000 });
    if (result.failed) {
      failures++;
      console.error(`\n${operation.name}, ${isHostile ? 'hostile' : 'valid'} input (FUZZ_SEED=${seed}, ${result.numShrinks} times made smaller):`);
      console.error(result.errorInstance?.message ?? result.errorInstance);
      console.error(`  request ${fc.stringify(result.counterexample?.[0])}`);
    }
  }
}
for (const [name, counts] of Object.entries(statuses)) console.log(`${name}: ${Object.entries(counts).map(([s, n]) => `${s} × ${n}`).join(', ')}`);
console.log(`${sent} requests in ${((Date.now() - begun) / 1000).toFixed(1)} s, ${failures} failures`);
process.exitCode = failures ? 1 : 0;
