// What the OpenAPI document says: its operations, and a check for each schema, compiled once.
import Ajv2020 from "ajv/dist/2020.js";

const methods = ["get", "post", "put", "patch", "delete"];
const forms = {
  int32: { type: "number", validate: (n) => Number.isInteger(n) && Math.abs(n) <= 2 ** 31 },
  int64: { type: "number", validate: Number.isSafeInteger },
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  date: /^\d{4}-\d\d-\d\d$/,
  "date-time": (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text)),
};

export class Description {
  #checks = new Map();
  #ajv = new Ajv2020({ strict: false, discriminator: true, formats: forms, allErrors: false });

  constructor(document) {
    this.document = document;
    this.#ajv.addSchema({ $id: "https://description.invalid/", components: tagged(document.components) });
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      methods
        .filter((method) => item[method])
        .map((method) => ({
          path,
          method: method.toUpperCase(),
          parameters: [],
          ...item[method],
          needsKey: (item[method].security ?? document.security ?? []).length > 0,
          readable: Boolean(item.get),
        })),
    );
  }

  resolve(schema) {
    let found = schema;
    while (found.$ref) {
      found = found.$ref
        .slice(2)
        .split("/")
        .reduce((at, name) => at[name], this.document);
    }

    return found;
  }

  /** What is wrong with a value of this schema; null when nothing is. */
  fault(schema, value) {
    const key = JSON.stringify(schema);
    let check = this.#checks.get(key);
    if (!check) {
      check = this.#ajv.compile(JSON.parse(key.replaceAll('"#/', '"https://description.invalid/#/')));
      this.#checks.set(key, check);
    }

    return check(value) ? null : this.#ajv.errorsText(check.errors.slice(0, 3), { dataVar: "answer" });
  }
}

// A choice that names its discriminator is decided by it. Otherwise each of the forty types of event would be tried for each event.
function tagged(node) {
  if (Array.isArray(node)) {
    return node.map(tagged);
  }

  if (node === null || typeof node !== "object") {
    return node;
  }

  const copy = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, tagged(value)]));
  if (copy.anyOf && copy.discriminator?.propertyName) {
    copy.oneOf = copy.anyOf;
    delete copy.anyOf;
    copy.discriminator = { propertyName: copy.discriminator.propertyName };
  }

  return copy;
}
