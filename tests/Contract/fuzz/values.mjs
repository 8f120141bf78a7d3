// Values of a schema, and values that no schema allows.
import fc from "fast-check";

/** Texts that have broken programs before. */
export const hostileText = fc.constantFrom(
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "a\udfff",
  "\ufffe\uffff",
  "\u202ereversed\u2066",
  "\u0001\u001b[31m",
  "'; drop table mt_events; --",
  "' or '1'='1",
  "%' or 1=1 --",
  "<script>alert(1)</script>",
  "\"><img src=x onerror=alert(1)>",
  "javascript:alert(1)",
  "https://[::1",
  "http://user:word@host.example/",
  "{{7*7}}${7*7}",
  "../../../etc/passwd",
  "..%2f..%2f",
  "%",
  "%00",
  "-1",
  "0",
  "1e400",
  "99999999999999999999999999",
  "NaN",
  "0000-00-00",
  "9999-99-99",
  "2024-02-30",
  "2024-08-30T25:61:61Z",
  "../..",
  "null",
  "\u{1f4a9}".repeat(200),
  "e\u0301".repeat(500),
  "x".repeat(10_001),
  "x".repeat(60_000),
);

/** The same, as far as an address may hold it: of more than 8 kB, or with U+0000, a server never finds out which operation is meant. */
export const hostileWord = hostileText.filter((text) => text.length < 1000 && !text.includes("\u0000"));

/** The same, as far as a header may be that long. */
export const hostileHeader = hostileText.filter((text) => text.length < 20_000);

/** Values of every kind, for where another kind belongs. */
export const hostileValue = fc.oneof(
  hostileText,
  fc.constantFrom(null, true, false, 0, -1, 0.1, 1e308, -(2 ** 63), 2 ** 53, [], [null], [[[]]], {}, { type: "x" }),
  fc.constant(nested(40)),
  fc.constant(Array(2000).fill("x")),
  fc.jsonValue({ maxDepth: 2 }),
);

function nested(depth) {
  return depth === 0 ? "deep" : { a: [nested(depth - 1)] };
}

/** Makes values of schemas; where the server has shown values under the same name, often one of these. */
export class Values {
  #made = new Map();

  constructor(description, shown) {
    this.description = description;
    this.shown = shown;
  }

  of(schema, name = "") {
    const key = `${name} ${JSON.stringify(schema)}`;
    let made = this.#made.get(key);
    if (!made) {
      made = this.#make(schema, name);
      this.#made.set(key, made);
    }

    return made;
  }

  #make(schema, name) {
    const s = this.description.resolve(schema);
    const choices = s.oneOf ?? s.anyOf;
    if (choices) {
      return fc.oneof(...choices.map((choice) => this.of(choice, name)));
    }

    if (s.enum) {
      return fc.constantFrom(...s.enum);
    }

    if (!s.type) {
      return fc.jsonValue({ maxDepth: 2 });
    }

    return fc.oneof(...[s.type].flat().map((type) => this.#ofType(type, s, name)));
  }

  #ofType(type, s, name) {
    switch (type) {
      case "null":
        return fc.constant(null);
      case "boolean":
        return fc.boolean();
      case "integer":
        return fc.integer({ min: s.minimum ?? -5, max: s.maximum ?? 3000 });
      case "number":
        return fc.double({ noNaN: true, noDefaultInfinity: true });
      case "array":
        return fc.array(this.of(s.items ?? {}, name), { minLength: s.minItems ?? 0, maxLength: Math.min(s.maxItems ?? 3, 3) });
      case "object":
        return this.#object(s);
      default:
        return this.shown.oftenOneOf(name, text(s));
    }
  }

  #object(s) {
    const required = s.required ?? [];
    return fc.record(
      Object.fromEntries(Object.entries(s.properties ?? {}).map(([name, schema]) => [name, this.of(schema, name)])),
      { requiredKeys: required.filter((name) => s.properties?.[name]) },
    );
  }
}

function text(s) {
  if (s.pattern) {
    return fc.stringMatching(new RegExp(s.pattern), { maxLength: s.maxLength ?? 60 });
  }

  const day = fc
    .date({ min: new Date("1990-01-01"), max: new Date("2035-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString());
  switch (s.format) {
    case "uuid":
      return fc.uuid();
    case "date":
      return day.map((date) => date.slice(0, 10));
    case "date-time":
      return day;
    default:
      return fc.oneof(
        fc.stringMatching(/^[a-z]{1,12}(-[a-z0-9]{1,6})?$/),
        fc.string({ unit: "grapheme", maxLength: Math.min(s.maxLength ?? 40, 40) }),
      );
  }
}

/** The values that the server has shown, by the name under which it showed them. */
export class Shown {
  #byName = new Map();

  /** @param {string[]} kept values that are not used, such as the names of our own keys */
  constructor(kept) {
    this.kept = kept;
  }

  /** Takes what an answer shows, and what a list shows also as what may stand below its address. */
  takeAnswer(operation, answer, location) {
    this.#take(answer, "", operation.method === "GET" && !operation.path.includes("{") ? `${operation.path} ` : null);
    const [, list, last] = location?.match(/^(.*)\/([^/]+)$/) ?? [];
    if (list) {
      this.#note(`${list} id`, last);
    }
  }

  #take(value, name, list) {
    if (Array.isArray(value)) {
      value.slice(0, 50).forEach((item) => this.#take(item, name, list));
    } else if (value !== null && typeof value === "object") {
      Object.entries(value).forEach(([key, inner]) => this.#take(inner, key, list));
    } else if (typeof value === "string") {
      this.#note(name, value);
      if (list) {
        this.#note(`${list}${name}`, value);
      }
    }
  }

  // The newest last; the oldest go.
  #note(name, value) {
    const seen = this.#byName.get(name) ?? [];
    if (!seen.includes(value) && !this.kept.some((word) => value.includes(word))) {
      this.#byName.set(name, [...seen.slice(-99), value]);
    }
  }

  named(name) {
    return this.#byName.get(name) ?? [];
  }

  /** Chosen when the value is made, for more may have been shown by then. */
  oftenOneOf(name, otherwise) {
    return fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), otherwise).map(([at, other]) => {
      const seen = this.named(name);
      return at < 0.7 && seen.length > 0 ? seen[Math.floor((at / 0.7) * seen.length)] : other;
    });
  }
}
