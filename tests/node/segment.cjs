// Runs a destination function under Node as Segment's published harness does: the code is
// the body of a function whose parameters are the handlers, in a context that holds only
// what Segment documents; `fetch` is node-fetch 2.6.0. Every request goes to the server
// at `server`, which is told the address that was meant.
//
// Input: { code, settings, events, server } as JSON. Output: one { outcome, error } an
// event, in order.
const vm = require("node:vm");
const crypto = require("node:crypto");
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

function contextFor(server, index) {
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
        "x-event-index": String(index.now),
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

async function run({ code, settings, events, server }) {
  const index = { now: 0 };
  const handlers = load(code, contextFor(server, index));
  const lines = [];
  for (index.now = 0; index.now < events.length; index.now += 1) {
    const event = events[index.now];
    if (Array.isArray(event)) {
      lines.push({ outcome: "delivered", error: null, result: await handlers.onBatch(event, settings) });
      continue;
    }
    const type = typeof event.type === "string" ? event.type : "";
    const handler = handlers["on" + type.charAt(0).toUpperCase() + type.slice(1)];
    try {
      await handler(event, settings);
      lines.push({ outcome: "delivered", error: null });
    } catch (error) {
      const { name, message } = error;
      const outcome = OUTCOMES[name] ?? "bad-request";
      lines.push({ outcome, error: { name, message } });
    }
  }
  return lines;
}

let input = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (text) => (input += text));
process.stdin.on("end", async () => {
  const lines = await run(JSON.parse(input));
  process.stdout.write(JSON.stringify(lines), () => process.exit(0));
});
