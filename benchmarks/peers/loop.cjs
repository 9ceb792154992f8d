// Node.js runs what the embedded V8 runs: the same loop (segment.js) with the same stub of
// `fetch`, in Node's own realm, outside `vm`. Events come in chunks as they do there.
//
// node loop.cjs JOB EVENTS [--profile], files of JSON and NDJSON. Output, as JSON: the seconds of
// each chunk, or self time in microseconds by [file, function].
"use strict";
const { Buffer } = require("node:buffer"); // the loop brings its own
const { readFileSync } = require("node:fs");
const inspector = require("node:inspector");
const { join } = require("node:path");
const vm = require("node:vm");

const SANDBOX = join(__dirname, "..", "..", "generator", "sandbox");
const LIBRARIES = ["fetch", "crypto", "buffer", "url", "console", "node", "source", "watch"];
const CHUNK = 500;
const ROUNDS = 3;
const PROFILED = 10;
const [jobFile, eventsFile, option] = process.argv.slice(2);
const read = (name) => readFileSync(join(SANDBOX, `${name}.js`), "utf8");

const core = new vm.Script(read("segment"), { filename: "segment.js" }).runInThisContext();
const named = (name) => `${read(name)}\n//# sourceURL=${name}.js`;
const sources = Object.fromEntries(LIBRARIES.map((name) => [name, named(name)]));
const job = JSON.parse(readFileSync(jobFile, "utf8"));
job.code += "\n//# sourceURL=function.js";
const lines = readFileSync(eventsFile, "utf8").trimEnd().split("\n");
const chunks = [];
for (let at = 0; at < lines.length; at += CHUNK) {
  chunks.push(Buffer.from(`${at}\n${lines.slice(at, at + CHUNK).join("\n")}`));
}

const { hrtime } = process; // the loop's own clock is virtual
const enter = core(sources, JSON.stringify(job));

async function round() {
  const took = [];
  let written = 0;
  for (const chunk of chunks) {
    const began = hrtime.bigint();
    written += Buffer.from(await enter("run", chunk.toString())).length;
    took.push(Number(hrtime.bigint() - began) / 1e9);
  }
  if (written === 0) throw new Error("nothing was run");
  return took;
}

async function profile() {
  const session = new inspector.Session();
  session.connect();
  const post = (method, given) =>
    new Promise((resolve) => session.post(method, given, (_, found) => resolve(found)));
  await post("Profiler.enable");
  await post("Profiler.setSamplingInterval", { interval: 200 });
  await post("Profiler.start");
  for (let left = PROFILED; left > 0; left -= 1) await round();
  const { profile: found } = await post("Profiler.stop");
  const nodes = new Map(found.nodes.map((node) => [node.id, node.callFrame]));
  const names = new Map(); // a function that was inlined knows only the number of its script
  for (const { scriptId, url } of nodes.values()) if (url !== "") names.set(scriptId, url);
  const spent = {};
  found.samples.forEach((id, at) => {
    const { scriptId, functionName } = nodes.get(id);
    const key = JSON.stringify([names.get(scriptId) ?? "", functionName]);
    spent[key] = (spent[key] ?? 0) + found.timeDeltas[at];
  });
  return Object.entries(spent).map(([key, time]) => [...JSON.parse(key), time]);
}

async function main() {
  await round();
  if (option === "--profile") return profile();
  const rounds = [];
  for (let left = ROUNDS; left > 0; left -= 1) rounds.push(...(await round()));
  return rounds;
}

main().then((found) => process.stdout.write(JSON.stringify(found)));
