// The child process of `segfn run --engine node`: what child.py is for the embedded V8. It
// speaks the same frames and runs the same loop, in a context of Node's, with Node's own
// libraries and the packages that are installed in the folder that it is given.
"use strict";
const { readFileSync, readSync, writeSync } = require("node:fs");
const { join } = require("node:path");
const vm = require("node:vm");
const { Worker, isMainThread, parentPort } = require("node:worker_threads");

const HEADER = 5; // a letter and the length
const LIBRARIES = ["fetch", "crypto", "buffer", "url", "console", "node", "source", "watch"];
const read = (name) => readFileSync(join(__dirname, `${name}.js`), "utf8");

// A thread of its own reads: it sees the parent go while the code loops.
function listen() {
  for (;;) {
    const header = take(HEADER);
    const kind = String.fromCharCode(header[0]);
    parentPort.postMessage([kind, take(header.readUInt32BE(1)).toString()]);
  }
}

function take(size) {
  const bytes = Buffer.alloc(size);
  let filled = 0;
  while (filled < size) {
    const count = readSync(0, bytes, filled, size - filled, null);
    if (count === 0) process.kill(process.pid, "SIGKILL");
    filled += count;
  }
  return bytes;
}

function send(kind, text = "") {
  const payload = Buffer.from(text);
  const header = Buffer.alloc(HEADER);
  header.write(kind);
  header.writeUInt32BE(payload.length, 1);
  let rest = Buffer.concat([header, payload]);
  while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
}

function serve() {
  const { closeDoors, fail, globalsOf } = require("./packages.cjs");
  const folder = process.argv[2];
  const core = new vm.Script(read("segment"), { filename: "segment.js" });
  const sources = Object.fromEntries(LIBRARIES.map((name) => [name, read(name)]));
  let job, enter;
  let answers = null; // resolves with the parent's answers to requests

  const load = () => {
    const context = vm.createContext({});
    enter = core.runInContext(context)(sources, job, globalsOf(context, folder));
  };

  async function run(text) {
    let reply = await enter("run", text);
    while (reply[0] === "Q") {
      send("Q", reply.slice(1));
      const given = await new Promise((resolve) => {
        answers = resolve;
      });
      reply = await enter("answer", given);
    }
    if (reply[0] === "X") throw new Error(reply.slice(1));
    return reply.slice(1);
  }

  async function runEach(text) {
    const [first, ...events] = text.split("\n");
    const lines = [];
    for (const [place, event] of events.entries()) {
      lines.push(await run(`${Number(first) + place}\n${event}`));
      load();
    }
    return lines.join("\n");
  }

  async function handle(kind, text) {
    if (kind === "L") {
      job = text;
      load();
      send("K");
    } else {
      send("T", await (job.startsWith('{"fresh": true') ? runEach(text) : run(text)));
    }
  }

  closeDoors();
  new Worker(__filename).on("message", ([kind, text]) => {
    if (kind === "A") answers(text);
    else handle(kind, text).catch((error) => send("X", String(error).split("\n")[0]));
  });
  process.on("unhandledRejection", () => {}); // nobody looks in the embedded V8 either
  process.on("uncaughtException", fail);
  send("K");
}

if (isMainThread) serve();
else listen();
