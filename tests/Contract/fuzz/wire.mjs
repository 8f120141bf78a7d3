// Sends a request as it is, also one that a polite client would not send.
import http from "node:http";
import https from "node:https";

const patience = 10_000;

export class Wire {
  constructor(address) {
    this.address = new URL(address);
    this.module = this.address.protocol === "https:" ? https : http;
    this.agent = new this.module.Agent({ keepAlive: true, maxSockets: 4 });
  }

  /** Where a request goes: path parameters put in, everything escaped. */
  target(operation, request) {
    const path = operation.path.replace(/\{([^}]+)\}/g, (_, name) => escaped(request.path[name]));
    const query = Object.entries(request.query ?? {}).map(([name, value]) => `${escaped(name)}=${escaped(value)}`);
    return query.length > 0 ? `${path}?${query.join("&")}` : path;
  }

  async read(target) {
    return this.#send({ method: "GET", path: target, headers: {} });
  }

  /** The answer: `{status, headers, body}`. Fails when there is none in time. */
  async send(operation, request) {
    const headers = {};
    for (const [name, value] of Object.entries(request.headers)) {
      // A header that cannot be written cannot be received either.
      headers[name] = String(value).replace(/[^\t\x20-\x7e\x80-\xff]/g, "?");
    }

    return this.#send({
      method: operation.method,
      path: this.target(operation, request),
      headers,
      body: request.body,
      claims: request.claims,
    });
  }

  #send({ method, path, headers, body, claims }) {
    const length = claims ?? (body === undefined ? undefined : Buffer.byteLength(body));
    const all = {
      ...headers,
      ...(length === undefined ? {} : { "Content-Length": length }),
      // Of a large body only the length is told at first: a server that refuses it does not want the rest.
      ...(claims === undefined ? {} : { Expect: "100-continue" }),
    };
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.address;
      const call = this.module.request({ hostname, port, method, path, headers: all, agent: claims ? false : this.agent });
      const late = setTimeout(() => call.destroy(new Error(`no answer within ${patience} ms`)), patience);
      call.on("error", (e) => {
        clearTimeout(late);
        reject(e);
      });
      call.on("response", (response) => {
        const parts = [];
        response.on("data", (part) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          clearTimeout(late);
          if (claims !== undefined) {
            call.destroy();
          }

          resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString("utf8") });
        });
      });
      if (claims === undefined) {
        call.end(body);
        return;
      }

      call.flushHeaders();
      call.on("continue", () => call.end(Buffer.alloc(claims, " ")));
    });
  }

  close() {
    this.agent.destroy();
  }
}

// Like encodeURIComponent, but half a character is sent too, as the three bytes that no UTF-8 has.
function escaped(value) {
  return [...String(value)]
    .map((c) => {
      const code = c.codePointAt(0);
      return code >= 0xd800 && code <= 0xdfff
        ? [0xed, 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)].map((b) => `%${b.toString(16).toUpperCase()}`).join("")
        : encodeURIComponent(c);
    })
    .join("");
}
