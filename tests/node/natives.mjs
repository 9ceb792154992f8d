// What JavaScript itself makes of [name, ...arguments], for the reference interpreter.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const NATIVES = {
  text: (value) => String(value),
  fixed: (value, decimals) => value.toFixed(decimals),
  json: (value) => JSON.stringify(value),
  parsed: (text) => JSON.stringify(JSON.parse(text)),
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  less: (one, other) => one < other,
  bytes: (text) => Buffer.byteLength(text),
  sha256: (text) => createHash("sha256").update(text).digest("hex"),
  encoded: (text) => encodeURIComponent(text.toWellFormed()),
  iso: (milliseconds) => new Date(milliseconds).toISOString(),
  time: (text) => Date.parse(text),
  folded: (text, pattern) => text.search(new RegExp(pattern, "i")),
};

const jobs = JSON.parse(readFileSync(0, "utf8"));
const answers = jobs.map(([name, ...values]) => NATIVES[name](...values));
process.stdout.write(JSON.stringify(answers));
