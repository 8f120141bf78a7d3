// Requests for an operation: as its description has them, and spoiled in one place.
import fc from "fast-check";
import { hostileHeader, hostileText, hostileWord, hostileValue } from "./values.mjs";

export class Requests {
  constructor(description, values, shown, keys) {
    Object.assign(this, { description, values, shown, keys });
  }

  /** A request to an operation: `{path, query, headers, body, spoiled}`. */
  of(operation) {
    return this.#fitting(operation).chain((request) =>
      fc.oneof(
        { weight: 5, arbitrary: fc.constant(request) },
        { weight: 6, arbitrary: this.#spoiled(operation, request) },
      ),
    );
  }

  /** Requests with the body that the document itself gives as an example: by everybody, to everything of its kind that was shown. */
  *exemplary(operation) {
    const asRead = operation.readable && operation.parameters.some((p) => p.name === "If-Match");
    const headers = asRead ? { "If-Match": '"0"' } : {};
    for (const path of this.#places(operation)) {
      for (const key of operation.needsKey ? this.keys : [undefined]) {
        for (const [type, media] of bodiesOf(operation)) {
          yield whole({ path, query: {}, headers, body: media?.example, key, type, asRead });
        }
      }
    }
  }

  #places(operation) {
    const [parameter, ...more] = operation.parameters.filter((p) => p.in === "path");
    return parameter && more.length === 0 ? this.#shownFor(operation, parameter).map((value) => ({ [parameter.name]: value })) : [{}];
  }

  #fitting(operation) {
    const given = (where) => {
      const parameters = operation.parameters.filter((p) => p.in === where);
      return fc
        .record(Object.fromEntries(parameters.map((p) => [p.name, this.#parameter(operation, p)])))
        .chain((all) =>
          // Two of three optional ones are left out, or hardly a request would fit.
          fc
            .tuple(...parameters.map((p) => fc.nat(p.required ? 0 : 2)))
            .map((left) => Object.fromEntries(parameters.filter((p, i) => left[i] === 0).map((p) => [p.name, all[p.name]]))),
        );
    };
    const bodies = bodiesOf(operation).map(([type, media]) =>
      !media
        ? fc.constant({ body: undefined })
        : fc
            .oneof(
              { weight: 2, arbitrary: fc.constant(media.example) },
              { weight: 3, arbitrary: this.values.of(media.schema) },
            )
            .map((body) => ({ body, type })),
    );
    return fc
      .record({
        path: given("path"),
        query: given("query"),
        headers: given("header"),
        body: fc.oneof(...bodies),
        key: operation.needsKey ? fc.constantFrom(...this.keys) : fc.constant(undefined),
      })
      .map(({ body, ...request }) => whole({ ...request, ...body, asRead: operation.readable && "If-Match" in request.headers }));
  }

  #parameter(operation, parameter) {
    const made = this.values.of(parameter.schema, parameter.name);
    if (parameter.in !== "path") {
      return made;
    }

    // Without it, the address would be another one.
    const word = made.filter((text) => !["", ".", ".."].includes(text));
    return fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), word).map(([at, other]) => {
      const names = this.#shownFor(operation, parameter);
      return at < 0.7 && names.length > 0 ? names[Math.floor((at / 0.7) * names.length)] : other;
    });
  }

  // What the list above it showed; and below /promises, what is elsewhere called promise:that-name.
  #shownFor(operation, parameter) {
    const above = operation.path.slice(0, operation.path.indexOf(`/{${parameter.name}}`));
    const kind = `${above.split("/").at(-1).replace(/s$/, "")}:`;
    const streams = this.shown.named("stream").filter((key) => key.startsWith(kind));
    const listed = [...this.shown.named(`${above} ${parameter.name}`), ...streams.map((key) => key.slice(kind.length))];
    return listed.length > 0 ? [...new Set(listed)] : this.shown.named(parameter.name);
  }

  #spoiled(operation, request) {
    const ways = [
      fc.constant({ ...request, spoiled: "no key", headers: without(request.headers, "Authorization") }),
      fc
        .constantFrom("Bearer x", "Basic eDp5", "Bearer zb_00000000_" + "0".repeat(43), "Bearer ".padEnd(9000, "z"))
        .map((value) => ({ ...request, spoiled: "wrong key", headers: { ...request.headers, Authorization: value } })),
      hostileWord.map((value) => ({ ...request, spoiled: "unknown parameter", query: { ...request.query, unknown: value } })),
    ];
    for (const parameter of operation.parameters) {
      const place = { path: "path", query: "query", header: "headers" }[parameter.in];
      ways.push(
        (parameter.in === "header" ? hostileHeader : hostileWord.filter((text) => text !== "")).map((value) => ({
          ...request,
          asRead: false,
          spoiled: parameter.name,
          [place]: { ...request[place], [parameter.name]: value },
        })),
      );
    }

    if (request.body !== undefined) {
      ways.push(
        ...this.#spoiledBodies(request.body).map((body) => body.map((b) => ({ ...request, body: b, spoiled: "body" }))),
        fc
          .constantFrom("text/plain", "application/xml", "multipart/form-data; boundary=x", "", "application/json; charset=utf-16")
          .map((type) => ({ ...request, spoiled: "content type", headers: { ...request.headers, "Content-Type": type } })),
        fc.constantFrom(70_000, 3_000_000, 100_000_000).map((length) => ({ ...request, spoiled: "size", claims: length })),
      );
    }

    return fc.oneof(...ways);
  }

  #spoiledBodies(text) {
    const ways = [
      hostileText,
      fc.tuple(hostileText, fc.nat(text.length)).map(([wrong, at]) => text.slice(0, at) + wrong + text.slice(at)),
      fc.constantFrom("", "null", "[]", "{", '"x"', "1", "{}{}", '{"a":1,"a":2}', "\ufeff{}", '"\\ud800"', "\u0000"),
      fc.constant(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
      fc.constant(text.slice(0, -1)),
    ];
    let value;
    try {
      value = JSON.parse(text);
    } catch {
      return ways;
    }

    const places = [...paths(value)];
    if (places.length > 0) {
      // Most of them: a single field of an otherwise fitting body.
      const one = fc
        .tuple(fc.nat(places.length - 1), fc.oneof(hostileValue, hostileText))
        .map(([at, wrong]) => JSON.stringify(changed(value, places[at], wrong)));
      ways.push(
        one,
        one,
        one,
        fc.nat(places.length - 1).map((at) => JSON.stringify(changed(value, places[at], undefined))),
        hostileText.map((name) => JSON.stringify({ ...value, [name]: 1 })),
      );
    }

    return ways;
  }
}

function bodiesOf(operation) {
  return operation.requestBody ? Object.entries(operation.requestBody.content) : [[undefined, undefined]];
}

// If-Match is the ETag of the same address, read just before (asRead).
function whole({ key, type, body, headers, ...request }) {
  return {
    ...request,
    headers: {
      ...headers,
      ...(key ? { Authorization: `Bearer ${key}` } : {}),
      ...(type ? { "Content-Type": type } : {}),
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
    spoiled: null,
  };
}

function without(headers, name) {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}

function* paths(value, at = []) {
  if (value !== null && typeof value === "object") {
    for (const [name, inner] of Object.entries(value)) {
      yield [...at, name];
      yield* paths(inner, [...at, name]);
    }
  }
}

function changed(value, [name, ...rest], to) {
  const copy = Array.isArray(value) ? [...value] : { ...value };
  if (rest.length > 0) {
    copy[name] = changed(value[name], rest, to);
  } else if (to === undefined) {
    delete copy[name];
  } else {
    copy[name] = to;
  }

  return copy;
}
