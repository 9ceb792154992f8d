// Reads {"helpers", "cases": [{"body", "event", "settings"}]}; runs each body as a function
// of a frozen event and settings from another realm, and writes a list of {"json"}, the
// JSON text of what it returned (none for undefined), or {"thrown"}.
import crypto from "node:crypto";
import vm from "node:vm";
import { text } from "node:stream/consumers";

const { helpers, cases } = JSON.parse(await text(process.stdin));
const bodies = cases.map(({ body }) => `(event, settings) => {\n${body}\n}`);
const functions = vm.runInNewContext(
  `"use strict";\n${helpers}\n[${bodies.join(",\n")}]`,
  { crypto },
);

function frozen(value) {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

function run({ event, settings }, place) {
  try {
    const value = functions[place](frozen(event), frozen(settings));
    return { json: JSON.stringify(value) };
  } catch (error) {
    return { thrown: error.name + ": " + error.message };
  }
}

process.stdout.write(JSON.stringify(cases.map(run)));
