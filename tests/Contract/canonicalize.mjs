// Reads JSON texts, one a line, and writes what the npm package 'canonicalize' makes of each (RFC 8785).
import canonicalize from "canonicalize";
import { readFileSync } from "node:fs";

const lines = readFileSync(0, "utf8").split("\n").filter((line) => line.length > 0);
process.stdout.write(lines.map((line) => canonicalize(JSON.parse(line))).join("\n") + "\n");
