// Runs destination functions under Node as Segment's published harness does: the code is
// the body of a function whose parameters are the handlers, in a context that holds only
// what Segment documents; `fetch` is node-fetch 2.6.0. Every request goes to the server
// at `server`, which is told the address that was meant and which case it belongs to.
//
// Input: { server, cases: [{ code, settings, event }], atOnce } as JSON; a list of events
// is a batch. Output: one { outcome, error, result } a case, in order. So many run at once:
// more is quicker where they wait, less leaves each the time that it has.
const { AsyncLocalStorage } = require("node:async_hooks");
const crypto = require("node:crypto");
const vm = require("node:vm");
const fetch = require("node-fetch");

const HANDLERS = [
  "onIdentify",
  "onTrack",
  "onPage",
  "onScreen",
  "onGroup",
  "onAlias",
  "onDelete",
  "onBatch",
];
const ERRORS = [
  "EventNotSupported",
  "InvalidEventPayload",
  "ValidationError",
  "RetryError",
  "DropEvent",
];
const OUTCOMES = {
  EventNotSupported: "unsupported",
  InvalidEventPayload: "rejected",
  ValidationError: "rejected",
  RetryError: "retry",
  DropEvent: "dropped",
};

const caseNow = new AsyncLocalStorage();

function contextFor(server) {
  const base = `http://127.0.0.1:${new URL(server).port}`;
  const globals = {
    setTimeout,
    clearTimeout,
    crypto: { createHash: crypto.createHash, createHmac: crypto.createHmac },
    fetch: (url, options) => {
      const meant = new URL(url);
      const headers = {
        ...options.headers,
        "x-meant-host": meant.host,
        "x-case": String(caseNow.getStore()),
      };
      return fetch(base + meant.pathname + meant.search, { ...options, headers });
    },
  };
  for (const name of ERRORS) {
    globals[name] = class extends Error {
      constructor(message) {
        super(message);
        this.name = name;
      }
    };
  }
  return vm.createContext(globals);
}

function load(code, context) {
  const missing = HANDLERS.map(
    (name) => `${name} = () => { throw new EventNotSupported("no ${name}"); }`,
  );
  const returned = `\nreturn { ${HANDLERS.join(", ")} };`;
  const source = `(function (${missing.join(", ")}) {\n${code}${returned}\n})()`;
  return vm.runInContext(source, context);
}

function handlerFor(handlers, event) {
  if (Array.isArray(event)) return handlers.onBatch;
  const type = typeof event.type === "string" ? event.type : "";
  return handlers["on" + type.charAt(0).toUpperCase() + type.slice(1)];
}

async function runOne(handlers, { settings, event }) {
  try {
    const result = await handlerFor(handlers, event)(event, settings);
    return { outcome: "delivered", error: null, result: result ?? null };
  } catch ({ name, message }) {
    return { outcome: OUTCOMES[name] ?? "bad-request", error: { name, message }, result: null };
  }
}

async function run({ server, cases, atOnce }) {
  const files = new Map();
  for (const { code } of cases) {
    if (!files.has(code)) files.set(code, load(code, contextFor(server)));
  }
  const lines = [];
  let next = 0;
  const worker = async () => {
    while (next < cases.length) {
      const index = next++;
      const told = cases[index];
      lines[index] = await caseNow.run(index, () => runOne(files.get(told.code), told));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return lines;
}

let input = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (text) => (input += text));
process.stdin.on("end", async () => {
  const lines = await run(JSON.parse(input));
  process.stdout.write(JSON.stringify(lines), () => process.exit(0));
});
