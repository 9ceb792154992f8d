// What `segfn run --engine node` has of Node.js and of npm: the packages that are installed
// where segfn is run, under the names that Segment gives them. Their requests end here: each
// is written to a socket that leads to the rules, and no other connection is made.
"use strict";
const crypto = require("node:crypto");
const dgram = require("node:dgram");
const { readFileSync } = require("node:fs");
const http = require("node:http");
const https = require("node:https");
const { createRequire } = require("node:module");
const net = require("node:net");
const { join } = require("node:path");
const { Duplex } = require("node:stream");
const vm = require("node:vm");
const zlib = require("node:zlib");

// Name at Segment -> package, or a map of names to packages.
const PACKAGES = {
  _: "lodash",
  AWS: "aws-sdk",
  FormData: "form-data",
  OAuth: "oauth",
  fetchretrylib: { fetchretry: "fetch-retry" },
  google: {
    cloud: {
      automl: "@google-cloud/automl",
      bigquery: "@google-cloud/bigquery",
      datastore: "@google-cloud/datastore",
      firestore: "@google-cloud/firestore",
      functions: "@google-cloud/functions",
      pubsub: "@google-cloud/pubsub",
      storage: "@google-cloud/storage",
      tasks: "@google-cloud/tasks",
    },
  },
  hubspotlib: { hubspot: "@hubspot/api-client" },
  jsforce: "jsforce",
  jsforcelib: { jsforce: "jsforce" },
  jsonwebtoken: "jsonwebtoken",
  libphonenumberjslib: { libphonenumberjs: "libphonenumber-js" },
  mailchimplib: { mailchimp: "@mailchimp/mailchimp_marketing" },
  moment: "moment-timezone",
  nodemailjet: { nodemailjet: "node-mailjet" },
  sendgrid: { client: "@sendgrid/client", mail: "@sendgrid/mail" },
  skyflowlib: { skyflow: "skyflow-node" },
  stripe: "stripe",
  twilio: "twilio",
  uuidv5: { uuidv5: "uuidv5" },
  winstonlib: { winston: "winston" },
  xml: "xml",
  xml2js: "xml2js",
};
// Headers that the transport adds; the embedded runtime has none.
const TRANSPORT = ["content-length", "transfer-encoding"];
const ADDED = {
  accept: "*/*",
  connection: "close",
  "accept-encoding": "gzip,deflate",
  "user-agent": "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)",
};

// --- requests -----------------------------------------------------------------------

let host = null; // of the context that runs now

function failure(code, message) {
  return Object.assign(new Error(message), { code, errno: code });
}

const FAULTS = {
  refused: () => failure("ECONNREFUSED", "connect ECONNREFUSED 192.0.2.1:443"),
  dns: ({ hostname }) => failure("ENOTFOUND", `getaddrinfo ENOTFOUND ${hostname}`),
  tls: () => failure("UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unable to verify the first certificate"),
};

// The other end of a connection: it reads one request and writes the answer of the rules.
class Line extends Duplex {
  constructor(meant) {
    super();
    this.meant = meant;
    this.received = [];
    this.record = null;
  }

  // What Node.js asks of a socket.
  setTimeout() {
    return this;
  }
  setNoDelay() {
    return this;
  }
  setKeepAlive() {
    return this;
  }
  ref() {}
  unref() {}
  _read() {}

  _write(chunk, _, done) {
    this.received.push(chunk);
    const bytes = this.record === null ? Buffer.concat(this.received) : Buffer.alloc(0);
    const request = requestIn(bytes, this.meant);
    if (request !== null) this.#send(request);
    done();
  }

  _destroy(error, done) {
    if (this.record !== null) this.record.dropped = true;
    done(error);
  }

  #send({ method, headers, text }) {
    const url = addressOf(this.meant);
    this.record = { method, url, headers, text, response: null, dropped: false };
    host.send(this.record, (answer) => this.#answer(method, answer));
  }

  #answer(method, answer) {
    const { fault, status } = answer;
    if (fault === "reset") return this.destroy();
    if (FAULTS[fault] !== undefined) return this.destroy(FAULTS[fault](this.meant));
    const empty = method === "HEAD" || status === 204 || status === 304;
    const body = empty ? Buffer.alloc(0) : Buffer.from(host.wellFormed(answer.text));
    const cut = fault === "truncated" || fault === "hang-body";
    const lines = [`HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? ""}`];
    for (const [name, value] of Object.entries(answer.headers)) {
      if (isLegal(name, value)) lines.push(`${name}: ${value}`);
    }
    if (cut) lines.push(`content-length: ${body.length + 10}`);
    this.push(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), body]));
    if (fault !== "hang-body") this.push(null);
    return undefined;
  }
}

function isLegal(name, value) {
  if (TRANSPORT.includes(name)) return false;
  try {
    http.validateHeaderName(name);
    http.validateHeaderValue(name, value);
  } catch {
    return false;
  }
  return true;
}

// The request in what was written so far; null while it is not all there.
function requestIn(bytes, { host: meant }) {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const [first, ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const all = {};
  for (const line of lines) {
    const [, name, value] = /^([^:]*): ?(.*)$/s.exec(line);
    const known = name.toLowerCase();
    all[known] = all[known] === undefined ? value : `${all[known]}, ${value}`;
  }
  const body = bodyIn(bytes.subarray(end + 4), all);
  if (body === null) return null;
  const added = { ...ADDED, host: meant };
  const own = ([name, value]) => !TRANSPORT.includes(name) && added[name] !== value;
  const headers = Object.fromEntries(Object.entries(all).filter(own));
  const text = body.length === 0 ? null : body.toString();
  return { method: first.split(" ")[0], headers, text };
}

function bodyIn(bytes, headers) {
  if (headers["transfer-encoding"] === undefined) {
    const length = Number(headers["content-length"] ?? 0);
    return bytes.length < length ? null : bytes.subarray(0, length);
  }
  const parts = [];
  for (let at = 0; ;) {
    const line = bytes.indexOf("\r\n", at);
    if (line < 0) return null;
    const size = parseInt(bytes.toString("latin1", at, line), 16);
    if (size === 0) return Buffer.concat(parts);
    if (bytes.length < line + 2 + size + 2) return null;
    parts.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}

// The address that was meant, as `http.request` was given it.
function addressOf({ protocol, href, hostname, host: name, port, path }) {
  if (href !== undefined) return href;
  return `${protocol}//${hostname ?? name}${port ? `:${port}` : ""}${path ?? "/"}`;
}

// `http.request(url?, options?, callback?)` over a line of ours.
function onLine(request, protocol) {
  return (...given) => {
    const back = typeof given.at(-1) === "function" ? given.pop() : undefined;
    const [first, second] = given;
    const told =
      typeof first === "string" || first instanceof URL
        ? { ...urlOptions(new URL(first)), ...second }
        : { ...first };
    const meant = { protocol, ...told };
    checkPort(meant);
    const createConnection = () => new Line({ ...meant, hostname: meant.hostname ?? meant.host });
    const defaultPort = protocol === "https:" ? 443 : 80;
    return request({ defaultPort, ...told, agent: undefined, createConnection }, back);
  };
}

// What `net.connect` says, which is not asked here.
function checkPort({ port }) {
  if (!(port > 65535)) return;
  const message = `Port should be >= 0 and < 65536. Received type ${typeof port} ('${port}').`;
  throw Object.assign(new RangeError(message), { code: "ERR_SOCKET_BAD_PORT" });
}

function urlOptions(url) {
  const { protocol, hostname, port, href, username, password } = url;
  const auth = username === "" ? undefined : `${username}:${password}`;
  return { protocol, hostname, port, href, auth, path: url.pathname + url.search };
}

const refuse = () => {
  throw new Error("segfn lets no connection out");
};

// Let nothing out: what packages send goes through the rules.
function closeDoors() {
  for (const [module, protocol] of [
    [http, "http:"],
    [https, "https:"],
  ]) {
    module.request = onLine(module.request, protocol);
    module.get = (...given) => module.request(...given).end();
  }
  net.Socket.prototype.connect = refuse;
  dgram.Socket.prototype.send = refuse;
  delete globalThis.fetch;
}

// --- packages -----------------------------------------------------------------------

// The real `crypto`, with the chance of the run: the same on every run.
function withChance() {
  const { randomBytes, randomUUID } = host.library("crypto").crypto;
  const ours = { randomBytes, randomUUID };
  return new Proxy(crypto, { get: (target, name) => ours[name] ?? target[name] });
}

// node-fetch, compiled in the realm of the function: its errors are Errors there, and its
// timers virtual. Null where version 2 is not installed.
function nodeFetch(find, context) {
  let version, file;
  try {
    ({ version } = find("node-fetch/package.json"));
    file = find.resolve("node-fetch");
  } catch {
    return null;
  }
  if (!version.startsWith("2.")) return null;
  const module = { exports: {} };
  const given = {
    module,
    exports: module.exports,
    require: createRequire(file),
    global: vm.runInContext("globalThis", context),
    Buffer,
    process,
    URL,
  };
  const code = readFileSync(file, "utf8");
  const options = { parsingContext: context, filename: file };
  vm.compileFunction(code, Object.keys(given), options)(...Object.values(given));
  return module.exports;
}

function installed(find, told) {
  if (typeof told === "string") {
    try {
      return find(told);
    } catch (error) {
      if (error.code !== "MODULE_NOT_FOUND") throw error;
      return host.missing(told, "is not installed: npm install it where segfn is run");
    }
  }
  const found = {};
  for (const [name, inner] of Object.entries(told)) {
    Object.defineProperty(found, name, { get: () => installed(find, inner), enumerable: true });
  }
  return found;
}

// What a function finds in Node.js in place of our imitations, each made when it is touched.
function globalsOf(context, folder) {
  const find = createRequire(join(folder, "function.js"));
  return (ofContext, job) => {
    host = ofContext;
    shareTime(context);
    const globals = {
      Buffer: () => Buffer,
      URL: () => URL,
      URLSearchParams: () => URLSearchParams,
      crypto: withChance,
      https: () => https,
      zlib: () => ({ zlib }),
    };
    for (const [name, told] of Object.entries(PACKAGES)) {
      globals[name] = () => installed(find, told);
    }
    const fetch = nodeFetch(find, context);
    if (fetch !== null) {
      for (const name of ["Headers", "Request", "Response"]) globals[name] = () => fetch[name];
      globals.fetch = () => fetch;
    }
    if (job.globals === "node") {
      for (const name of ["TextDecoder", "TextEncoder", "structuredClone"]) {
        globals[name] = () => globalThis[name];
      }
    }
    return globals;
  };
}

// Packages have the time and the chance of the function.
function shareTime(context) {
  const names = "setTimeout setInterval clearTimeout clearInterval Date Math";
  for (const name of names.split(" ")) globalThis[name] = vm.runInContext(name, context);
}

// An error of a package that nobody caught.
const fail = (error) => host.fail(error);

module.exports = { closeDoors, fail, globalsOf };
