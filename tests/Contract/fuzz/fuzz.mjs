// Asks every operation of an HTTP API for everything, and holds the answers against the API's own description.
// Knows the OpenAPI document, an address and keys, nothing else:
//
//   FUZZ_URL=http://127.0.0.1:5080/ FUZZ_KEYS="zb_… zb_…" node fuzz/fuzz.mjs
//
// FUZZ_SEED repeats a run, as far as the server stands as it did; FUZZ_RUNS is how often each operation is asked in each
// of three rounds (3); LEDGER_TEST_LONG=1 asks ten times as often. Writes into what it is pointed at: never a real installation.
import fc from "fast-check";
import { fault, isJson } from "./answers.mjs";
import { Description } from "./document.mjs";
import { Requests } from "./requests.mjs";
import { Shown, Values } from "./values.mjs";
import { Wire } from "./wire.mjs";

const { FUZZ_URL, FUZZ_KEYS = "", FUZZ_SEED, FUZZ_RUNS = "3", FUZZ_DOCUMENT = "/openapi/v1.json", LEDGER_TEST_LONG } = process.env;
if (!FUZZ_URL) {
  console.error("FUZZ_URL is missing: the address of an installation that may be written to.");
  process.exit(2);
}

const keys = FUZZ_KEYS.split(/\s+/).filter(Boolean);
const seed = FUZZ_SEED ? Number(FUZZ_SEED) : Math.floor(Math.random() * 2 ** 31);
const runs = Number(FUZZ_RUNS) * (LEDGER_TEST_LONG === "1" ? 10 : 1);
// What one round adds and decides, the next one meets.
const rounds = 3;
const most = 60;

const wire = new Wire(FUZZ_URL);
const description = new Description(JSON.parse((await wire.read(FUZZ_DOCUMENT)).body));
const counts = new Map(description.operations.map((o) => [o.operationId, new Map()]));
// What was wrong, and how often.
const failures = new Map();
const begun = Date.now();
// What something was done to that can be done once.
const spent = new Set();
let sent = 0;

// Our own keys and ourselves are left alone: who locks itself out learns nothing more.
const ours = [...keys.map((key) => key.split("_")[1]), ...(await ourselves())];
const shown = new Shown(ours);
const requests = new Requests(description, new Values(description, shown), shown, keys);

console.log(`seed ${seed}: ${description.operations.length} operations, ${rounds} × ${runs} times each`);
const ordered = description.operations.toSorted((a, b) => rank(a) - rank(b));
for (let round = 0; round < rounds; round++) {
  // Of operations of one rank, each round begins with the next one.
  const turned = [...ordered.slice(round), ...ordered.slice(0, round)].toSorted((a, b) => rank(a) - rank(b));
  for (const [at, operation] of turned.entries()) {
    const turn = round * ordered.length + at;
    await enter(operation);
    await ask(operation, turn);
    report(round, operation);
  }
}

const shut = ordered.filter((o) => ![...counts.get(o.operationId).keys()].some((s) => s < 300)).map((o) => o.operationId);
console.log(`${sent} requests in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
if (shut.length > 0) {
  fails(`never answered with a success, so what lies behind was not looked at: ${shut.join(", ")}`);
}

for (const [failure, { times, example }] of failures) {
  console.error(`\nFAULT (${times} times) ${failure}${example}`);
}

if (failures.size > 0) {
  console.error(`\n${failures.size} faults; repeat with FUZZ_SEED=${seed}`);
}

wire.close();
process.exitCode = failures.size > 0 ? 1 : 0;

function fails(what, example = "") {
  const known = failures.get(what) ?? { times: 0, example };
  failures.set(what, { ...known, times: known.times + 1 });
}

// Lists come first: later requests are made of what they show. Then what adds to them, and what looks at it or decides it.
function rank({ method, needsKey, path }) {
  const one = path.includes("{") ? 1 : 0;
  return !needsKey ? one : method === "DELETE" ? 7 : method === "GET" ? 2 + 2 * one : 3 + 2 * one;
}

async function ourselves() {
  const me = description.operations.find((o) => o.method === "GET" && o.needsKey && o.path.endsWith("/me"));
  const words = [];
  for (const key of me ? keys : []) {
    const answer = await wire.send(me, { path: {}, headers: { Authorization: `Bearer ${key}` } });
    words.push(...Object.values(JSON.parse(answer.body)).filter((v) => typeof v === "string" && v.length > 8));
  }

  return words;
}

// First with what the document gives as an example, until it was let in. What is done to things is done to half of them, for it may open
// something else; the other half is left for what else can be done to them.
// Where nothing is left that nothing was done to, the rest has to do: a person who was renamed can still get a key.
async function enter(operation) {
  const every = [...requests.exemplary(operation)];
  const fresh = every.filter((r) => !spent.has(place(r))).slice(0, most);
  const all = fresh.length > 0 ? fresh : every.slice(0, 4 * keys.length);
  const done = new Set();
  let entered = 0;
  for (const request of all) {
    if (done.has(place(request))) {
      continue;
    }

    const { passed, status } = await answerTo(operation, request);
    if (operation.method !== "GET" && (status < 300 || status === 409)) {
      spent.add(place(request));
      done.add(place(request));
    }

    entered += status < 300 ? 1 : 0;
    if (!passed || (entered > 0 && (operation.requestBody || operation.method === "GET")) || entered > all.length / keys.length / 2) {
      return;
    }
  }
}

function place(request) {
  return Object.values(request.path).join("/") || request;
}

// Not shrunk: the server remembers, so a smaller request would meet another state. Spoiled requests are spoiled in one place already.
async function ask(operation, turn) {
  const result = await fc.check(
    fc.asyncProperty(requests.of(operation), async (request) => (await answerTo(operation, request)).passed),
    {
      seed: seed + turn,
      numRuns: runs,
      endOnFailure: true,
      timeout: 30_000,
      interruptAfterTimeLimit: LEDGER_TEST_LONG === "1" ? 300_000 : 20_000,
      markInterruptAsFailure: false,
    },
  );
  // A fault of an answer is noted already; this is one of ours, or an answer that did not come.
  if (result.errorInstance && !String(result.errorInstance).includes("returning false")) {
    fails(`${operation.operationId}: ${result.errorInstance}`);
  }
}

async function answerTo(operation, request) {
  const whole = { ...request, headers: { ...request.headers } };
  const target = wire.target(operation, whole);
  if (whole.asRead) {
    whole.headers["If-Match"] = (await wire.read(target)).headers.etag ?? whole.headers["If-Match"];
  }

  sent++;
  let answer;
  try {
    answer = await patiently(operation, whole);
  } catch (e) {
    fails(`${operation.operationId}: ${e.message}`, `\n  ${operation.method} ${short(target)}\n  ${told(whole)}`);
    return { passed: false };
  }

  const seen = counts.get(operation.operationId);
  seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
  const wrong = fault(description, operation, answer);
  if (wrong) {
    fails(
      `${operation.operationId}: ${wrong}`,
      `\n  ${operation.method} ${short(target)}\n  ${told(whole)}\n  answered: ${answer.status} ${short(answer.body)}`,
    );
  } else if (answer.status < 300 && answer.body && isJson(answer.headers)) {
    shown.takeAnswer(operation, JSON.parse(answer.body), answer.headers.location);
  }

  return { passed: !wrong, status: answer.status };
}

// Who asks too much is told when to ask again, and does.
async function patiently(operation, request) {
  let answer = await wire.send(operation, request);
  for (let waits = 0; answer.status === 429 && waits < 20; waits++) {
    const wrong = fault(description, operation, answer);
    if (wrong) {
      return answer;
    }

    await new Promise((done) => setTimeout(done, 1000 * Number(answer.headers["retry-after"])));
    answer = await wire.send(operation, request);
  }

  return answer;
}

function told(request) {
  const headers = Object.entries(request.headers).filter(([name]) => name !== "Authorization");
  return `spoiled: ${request.spoiled ?? "nothing"}; ${short(JSON.stringify(Object.fromEntries(headers)))} ${short(String(request.body ?? ""))}`;
}

function short(text) {
  return text.length > 1500 ? `${text.slice(0, 1500)}… (${text.length} characters)` : text;
}

function report(round, operation) {
  const seen = [...counts.get(operation.operationId)].sort(([a], [b]) => a - b).map(([status, n]) => `${status}×${n}`);
  console.log(`${round + 1} ${operation.operationId.padEnd(22)} ${seen.join(" ")}`);
}
