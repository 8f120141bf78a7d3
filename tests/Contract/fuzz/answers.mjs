// What an answer must be like, whatever was asked.

/** What is wrong with an answer by its description; null when nothing is. */
export function fault(description, operation, answer) {
  const { status, headers, body } = answer;
  if (status >= 500) {
    return `status ${status}`;
  }

  const described = operation.responses[status] ?? operation.responses[`${String(status)[0]}XX`];
  if (!described) {
    return `status ${status} is not documented (${Object.keys(operation.responses).join(", ")})`;
  }

  for (const name of Object.keys(description.resolve(described).headers ?? {})) {
    if (!(name.toLowerCase() in headers)) {
      return `the documented header ${name} is missing`;
    }
  }

  const content = description.resolve(described).content;
  if (!content) {
    return body === "" ? null : `a body of ${body.length} characters where none is documented`;
  }

  const type = typeOf(headers);
  if (!content[type]) {
    return `content type '${type}' is not documented (${Object.keys(content).join(", ")})`;
  }

  if (!isJson(headers)) {
    return null;
  }

  let value;
  try {
    value = JSON.parse(body);
  } catch (e) {
    return `the body is no JSON: ${e.message}`;
  }

  return description.fault(content[type].schema, value) ?? told(status, value);
}

// An answer that is no success tells what was wrong, and nothing of the inside.
function told(status, value) {
  if (status < 400) {
    return null;
  }

  if (value.status !== status) {
    return `the problem says status ${value.status}`;
  }

  const inside = JSON.stringify(value).match(/System\.[A-Z]\w+|Npgsql|Microsoft\.|\bat [A-Z]\w+\.\w+|Exception\b|SqlState|ledger\./);
  return inside ? `the problem tells of the inside: ${inside[0]}` : null;
}

function typeOf(headers) {
  return (headers["content-type"] ?? "").split(";")[0];
}

/** Whether the answer says that it is one JSON value. */
export function isJson(headers) {
  return /[/+]json$/.test(typeOf(headers));
}
