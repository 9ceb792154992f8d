// Segment's runtime for one function: its globals, a clock that never waits, and the loop
// that gives events to the handlers. JSON text goes in, JSON text comes out: V8's other
// values can hang the binding to Python. Facts about the runtime stand in Segment's
// documentation of Functions and in its harness, segmentio/functions-library. `packages`
// brings what Node.js has itself: globals by name, each made when it is first touched.
(sources, jobText, packages) => {
  "use strict";
  // The function under test may change any built-in: what we need is kept first.
  const { Array, Error, Map, Math, Number, Object, Proxy, RegExp, String, TypeError } = globalThis;
  const { parse, stringify } = JSON;
  const RealDate = Date;
  const RealPromise = Promise;
  const Compile = Function;
  const evaluate = eval;
  const { apply, construct, defineProperty, deleteProperty } = Reflect;
  const { then } = Promise.prototype;
  const resolved = Promise.resolve.bind(Promise);
  const { toWellFormed } = String.prototype;

  const FIVE_SECONDS = 5000; // Segment stops a handler here and tries the event again
  const MOST_REQUESTS = 1000;
  const MOST_SENT = 16 * 1024 * 1024;
  const MOST_LOGGED = 256 * 1024;
  const LONGEST_MESSAGE = 8 * 1024;
  const DEFAULT_NOW = RealDate.UTC(2026, 0, 1);
  const HANDLERS = new Map([
    ["identify", "onIdentify"],
    ["track", "onTrack"],
    ["page", "onPage"],
    ["screen", "onScreen"],
    ["group", "onGroup"],
    ["alias", "onAlias"],
    ["delete", "onDelete"],
  ]);
  const ENTRIES = [...HANDLERS.values(), "onBatch", "onRequest"];
  const OUTCOMES = new Map([
    ["EventNotSupported", "unsupported"],
    ["InvalidEventPayload", "rejected"],
    ["ValidationError", "rejected"],
    ["RetryError", "retry"],
    ["DropEvent", "dropped"],
    ["Unavailable", "unavailable"],
  ]);

  let job; // what Python asks for: see `_told` in runtime.py
  let handlers = {};
  let kind = "destination"; // of function
  let broken = null; // why the code did not load
  let mask = null; // finds the secrets
  let watch = null; // sees what the function does, for `segfn lint`
  let call = newCall(0, DEFAULT_NOW); // the invocation that runs now

  function newCall(index, now) {
    return {
      index,
      handler: null,
      events: 1,
      start: now,
      asked: new Map(), // which routes were asked, and how often each declined
      requests: [],
      sent: 0,
      uses: [],
      logs: [],
      logged: 0,
      clock: null, // where its time stands while another invocation runs
      asking: 0, // requests that Python has not answered
      state: "running",
      value: undefined, // what the handler returned or threw
      outside: null, // what it used and we do not have
      waits: null, // the request that nobody will answer
    };
  }

  // --- time: it passes only when nothing else is left to do -----------------------

  let now = DEFAULT_NOW;
  let reads = 0;
  let seed = 0;
  let order = 0;
  let waiting = []; // timers by due time, then in the order they were set

  // A function that waits by asking for the time must come to an end.
  const readClock = () => {
    reads += 1;
    if (reads % 1000 === 0) now += 1;
    return now;
  };

  function setClock(start, index) {
    now = start;
    reads = 0;
    seed = index + 1;
    waiting = [];
  }

  // Mulberry32: the same numbers on every run.
  const random = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };

  function schedule(delay, run, every = null) {
    const timer = { due: now + delay, order: (order += 1), run, every };
    insert(timer);
    return timer;
  }

  function insert(timer) {
    let place = waiting.length;
    while (place > 0 && waiting[place - 1].due > timer.due) place -= 1;
    waiting.splice(place, 0, timer);
  }

  function cancel(timer) {
    const place = waiting.indexOf(timer);
    if (place >= 0) waiting.splice(place, 1);
  }

  function fireNext() {
    const timer = waiting.shift();
    now = Math.max(now, timer.due);
    if (timer.every !== null) {
      timer.due = now + timer.every;
      insert(timer);
    }
    timer.run();
  }

  // Node's timers: at least a millisecond, and an object instead of a number.
  class Timeout {
    #timer;
    constructor(timer) {
      this.#timer = timer;
    }
    static clear(timeout) {
      const known = timeout instanceof Timeout ? timeout : numbered.get(Number(timeout));
      if (known !== undefined) cancel(known.#timer);
    }
    ref() {
      return this;
    }
    unref() {
      return this;
    }
    hasRef() {
      return true;
    }
    close() {
      Timeout.clear(this);
      return this;
    }
    [Symbol.toPrimitive]() {
      numbered.set(this.#timer.order, this);
      return this.#timer.order;
    }
  }
  const numbered = new Map();

  function timerFunction(repeats) {
    return (callback, delay, ...given) => {
      if (typeof callback !== "function") {
        const received = callback === null ? "null" : typeof callback;
        const text = 'The "callback" argument must be of type function. Received ' + received;
        throw Object.assign(new TypeError(text), { code: "ERR_INVALID_ARG_TYPE" });
      }
      const wanted = Number(delay);
      const pause = wanted >= 1 && wanted <= 0x7fffffff ? Math.trunc(wanted) : 1;
      const run = () => {
        try {
          callback(...given);
        } catch (error) {
          settle(call, "threw", error); // an error in a timer ends the process
        }
      };
      return new Timeout(schedule(pause, run, repeats ? pause : null));
    };
  }

  // --- globals ------------------------------------------------------------------------

  function segmentError(name) {
    const Made = class extends Error {
      constructor(message) {
        super(message);
        this.name = name;
      }
    };
    return defineProperty(Made, "name", { value: name }) && Made;
  }

  function virtualDate() {
    function Date(...fields) {
      if (new.target === undefined) return new RealDate(readClock()).toString();
      return construct(RealDate, fields.length === 0 ? [readClock()] : fields, new.target);
    }
    defineProperty(Date, "length", { value: 7 });
    Date.prototype = RealDate.prototype;
    Date.now = readClock;
    Date.parse = RealDate.parse;
    Date.UTC = RealDate.UTC;
    RealDate.prototype.constructor = Date;
    return Date;
  }

  // `cache.load` and `cache.delete`: what one instance of the function remembers.
  function makeCache() {
    const kept = new Map();
    return {
      async load(key, ttl, make) {
        const entry = kept.get(key);
        if (entry !== undefined && entry.until > now) return entry.value;
        const forever = ttl === undefined || ttl === -1;
        const value = await make();
        kept.set(key, { value, until: forever ? Infinity : now + ttl });
        return value;
      },
      delete(key) {
        kept.delete(key);
      },
    };
  }

  // What Segment has and we have not. Using it ends the event as `unavailable`, also
  // where the function catches the error: what it does then says nothing.
  function unavailable(name, where = "is not available in the embedded runtime") {
    const message = `${name} ${where}`;
    call.outside ??= message;
    const error = new Error(message);
    error.name = "Unavailable";
    return error;
  }

  function missing(name, where = undefined) {
    const touch = () => {
      throw unavailable(name, where);
    };
    const traps = { get: touch, set: touch, has: touch, apply: touch, construct: touch };
    return new Proxy(function () {}, traps);
  }

  const NOT_HERE =
    "_ AWS FormData OAuth fetchretrylib google https hubspotlib jsforce jsforcelib " +
    "jsonwebtoken libphonenumberjslib mailchimplib moment nodemailjet sendgrid skyflowlib " +
    "stripe twilio uuidv5 winstonlib xml xml2js zlib";

  // Our own libraries, and the globals that each brings.
  const OURS = {
    fetch: "fetch Headers Request Response",
    url: "URL URLSearchParams",
    buffer: "Buffer atob btoa",
    console: "console",
    crypto: "crypto",
    source: "Segment",
  };

  // What V8 has and Node.js 20, where the function will run, has not.
  const AFTER_NODE_20 = {
    Array: "fromAsync",
    "ArrayBuffer.prototype": "detached transfer transferToFixedLength",
    Atomics: "pause",
    "DataView.prototype": "getFloat16 setFloat16",
    "Date.prototype": "toTemporalInstant",
    Error: "isError",
    Intl: "DurationFormat v8BreakIterator",
    "Intl.Locale.prototype":
      "firstDayOfWeek getCalendars getCollations getHourCycles getNumberingSystems " +
      "getTextInfo getTimeZones getWeekInfo",
    "Iterator.prototype":
      "constructor drop every filter find flatMap forEach map reduce some take toArray " +
      "@@toStringTag @@dispose",
    JSON: "isRawJSON rawJSON",
    Map: "groupBy",
    Math: "f16round sumPrecise",
    Object: "groupBy",
    Promise: "try withResolvers",
    RegExp: "escape",
    "Set.prototype":
      "difference intersection isDisjointFrom isSubsetOf isSupersetOf symmetricDifference union",
    Uint8Array: "fromBase64 fromHex",
    "Uint8Array.prototype": "setFromBase64 setFromHex toBase64 toHex",
    WebAssembly: "JSTag SuspendError Suspending promising",
    "WebAssembly.Memory.prototype": "toFixedLengthBuffer toResizableBuffer",
    "": "AsyncDisposableStack DisposableStack Float16Array Iterator SuppressedError Temporal",
  };

  function removeNewer() {
    for (const [path, names] of Object.entries(AFTER_NODE_20)) {
      const steps = path === "" ? [] : path.split(".");
      const owner = steps.reduce((at, step) => at?.[step], globalThis);
      if (owner === undefined) continue;
      for (const name of names.split(" ")) {
        deleteProperty(owner, name.startsWith("@@") ? Symbol[name.slice(2)] : name);
      }
    }
  }

  const loaded = {};

  function library(name) {
    loaded[name] ??= evaluate(sources[name])(host);
    return loaded[name];
  }

  function define(name, value) {
    const rest = { enumerable: false, configurable: true, writable: true };
    const defined = defineProperty(globalThis, name, { value, ...rest });
    if (!defined) globalThis[name] = value; // mini-racer's own timers are `var`
  }

  // A global that is made when it is first touched.
  function defineLater(name, make) {
    defineProperty(globalThis, name, {
      configurable: true,
      enumerable: false,
      get() {
        const value = make();
        define(name, value);
        return value;
      },
      set(value) {
        define(name, value);
      },
    });
  }

  function install() {
    removeNewer();
    define("Date", virtualDate());
    Math.random = random;
    for (const name of OUTCOMES.keys()) {
      if (name !== "Unavailable") define(name, segmentError(name));
    }
    define("setTimeout", timerFunction(false));
    define("setInterval", timerFunction(true));
    define("clearTimeout", Timeout.clear);
    define("clearInterval", Timeout.clear);
    define("cache", makeCache());
    for (const name of NOT_HERE.split(" ")) define(name, missing(name));
    for (const [source, names] of Object.entries(OURS)) {
      for (const name of names.split(" ")) defineLater(name, () => library(source)[name]);
    }
    if (job.globals === "node") {
      for (const name of library("node").names) defineLater(name, () => library("node")[name]);
    }
    for (const [name, make] of Object.entries(packages?.(host, job) ?? {})) defineLater(name, make);
  }

  // --- loading ------------------------------------------------------------------------

  // The code is the body of a sloppy function whose parameters are the handlers' names,
  // as in Segment's own harness: a declaration replaces them, `const` is an error, and
  // what was declared counts even after an early return.
  function load(text) {
    job = parse(text);
    mask = job.mask === null ? null : new RegExp(job.mask, "g");
    install();
    if (job.watch !== null) watch = library("watch")(job.watch);
    setClock(job.now ?? DEFAULT_NOW, 0);
    const names = ENTRIES;
    const legacy = [...HANDLERS.keys()].filter((name) => name !== "delete");
    const spies = job.routes.map(({ name }, at) => `${name} = __segfn.spy(${at}, ${name});`);
    const given = `__segfn.keep({ ${names.join(", ")} });`;
    const older = legacy.map((name) => `${name}: typeof ${name} === "function" ? ${name} : null`);
    const body = `${given} ${spies.join(" ")}
${job.code}
;${given} __segfn.older({ ${older.join(", ")} });${watch?.tail ?? ""}`;
    try {
      const start = new Compile("__segfn", ...names, body);
      const ours = { spy, keep, older: keepOlder, reader: watch?.reader };
      start(ours, ...names.map(() => undefined));
    } catch (error) {
      broken = { error, outside: call.outside };
    }
  }

  function keep(found) {
    handlers = found;
    const has = ENTRIES.filter((name) => typeof found[name] === "function").join();
    kind = job.kind ?? (has === "onRequest" ? "source" : "destination");
  }

  // Functions of the developer preview have handlers without `on`.
  function keepOlder(found) {
    if (Object.values(handlers).some((handler) => typeof handler === "function")) return;
    for (const [type, handler] of HANDLERS) handlers[handler] = found[type] ?? undefined;
  }

  // A route's function, watched: one that returns false declined, any other ran.
  function spy(at, route) {
    return function (...given) {
      const mine = call;
      const seen = mine.asked.get(at) ?? { asked: 0, declined: 0 };
      seen.asked += 1;
      mine.asked.set(at, seen);
      const returned = apply(route, this, given);
      const decide = (value) => {
        if (value === false) seen.declined += 1;
      };
      if (returned instanceof RealPromise) apply(then, returned, [decide, () => {}]);
      else decide(returned);
      return returned;
    };
  }

  // --- running ------------------------------------------------------------------------

  let lines = []; // events that wait, as JSON text
  let position = 0;
  let first = 0; // the index of the first of them
  let done = []; // lines of the answer
  let asks = []; // requests that Python answers
  let told = new Map();
  let parked = []; // invocations that wait for Python
  let answered = []; // invocations that can go on
  let hand = null; // resolves the promise that Python waits for

  // The code after a step runs in microtasks; a notified `waitAsync` comes after all of
  // them. It takes about a microsecond, where a call from Python takes 300.
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const { notify, waitAsync } = Atomics;
  function afterMicrotasks(step) {
    const guarded = () => {
      try {
        step();
      } catch (error) {
        hand("X" + describe(error).join(": ")); // the function broke what we stand on
      }
    };
    apply(then, waitAsync(cell, 0, 0).value, [guarded]);
    notify(cell, 0);
  }

  function run(text) {
    const cut = text.indexOf("\n");
    first = Number(text.slice(0, cut));
    const events = text.slice(cut + 1);
    lines = events === "" ? [] : events.split("\n");
    position = 0;
    done = [];
    numbered.clear();
    const promise = nextHand();
    if (job.batch) beginBatch();
    else if (!beginNext()) return finished(promise);
    afterMicrotasks(turn);
    return promise;
  }

  function finished(promise) {
    hand("R" + done.join("\n"));
    return promise;
  }

  // Python calls `then` on the promise, which the function under test may have replaced.
  function nextHand() {
    const promise = new RealPromise((resolve) => {
      hand = resolve;
    });
    defineProperty(promise, "then", { value: then });
    return promise;
  }

  function turn() {
    if (call.asking > 0) {
      park();
      if (!job.together) return handOver();
    } else if (call.state === "running" && !passTime()) {
      return afterMicrotasks(turn);
    } else {
      finish();
    }
    if (!job.batch && (resumeNext() || beginNext())) return afterMicrotasks(turn);
    return parked.length > 0 ? handOver() : hand("R" + done.join("\n"));
  }

  // Invocations that run at the same time take turns where they wait for Python; each has
  // its own time, so none sees another.
  function park() {
    leave();
    parked.push(call);
  }

  function leave() {
    call.clock = { now, reads, seed, waiting };
  }

  function resume(mine) {
    call = mine;
    ({ now, reads, seed, waiting } = mine.clock);
  }

  function resumeNext() {
    if (answered.length === 0) return false;
    resume(answered.shift());
    return true;
  }

  function finish() {
    try {
      report(line());
    } catch (error) {
      call.requests = call.logs = []; // what it left behind cannot be read
      call.state = "threw";
      call.value = error;
      report(line());
    }
  }

  function report(text, index = call.index) {
    done[job.together ? index - first : done.length] = text;
  }

  // Whether the invocation is over: the next timer is run, if there is one in time.
  function passTime() {
    if (waiting.length > 0 && waiting[0].due - call.start <= FIVE_SECONDS) {
      fireNext();
      return false;
    }
    call.state = waiting.length > 0 ? "late" : "stuck";
    return true;
  }

  function settle(mine, state, value) {
    if (mine.state !== "running" || mine !== call) return;
    mine.state = state;
    mine.value = value;
  }

  function beginNext() {
    while (position < lines.length) {
      const index = first + position;
      const event = readEvent(lines[position], index);
      position += 1;
      if (event === undefined) continue;
      if (Array.isArray(event)) {
        begin(index, "onBatch", event, event);
        return true;
      }
      begin(index, handlerFor(event), [event], event);
      return true;
    }
    return false;
  }

  function handlerFor(event) {
    if (kind === "source") return "onRequest";
    return (typeof event.type === "string" ? HANDLERS.get(event.type) : undefined) ?? null;
  }

  function beginBatch() {
    const events = lines
      .map((text, at) => readEvent(text, first + at))
      .filter((event) => event !== undefined);
    begin(null, "onBatch", events, events);
  }

  // An event, or undefined for a line that holds none, which is reported.
  function readEvent(text, index) {
    let event = null;
    let fault = "it is not a JSON object";
    try {
      event = parse(text);
    } catch (error) {
      fault = `it is not JSON: ${asNode20(error.message)}`;
    }
    if (typeof event === "object" && event !== null) {
      if (job.together || !Array.isArray(event)) return event;
    }
    report("!" + stringify({ index, message: fault }), index);
    return undefined;
  }

  function begin(index, handler, events, argument) {
    const start = job.now ?? arrived(events) ?? DEFAULT_NOW;
    call = newCall(index, start);
    call.handler = handler;
    call.events = events.length;
    setClock(start, index ?? 0);
    if (broken !== null) {
      call.outside = broken.outside;
      settle(call, "threw", broken.error);
      return;
    }
    const found = handler === null ? undefined : handlers[handler];
    if (typeof found === "function") invoke(call, found, argument);
    else settle(call, "threw", unsupported(handler, argument));
  }

  // When Segment received the last of the events.
  function arrived(events) {
    let last = null;
    for (const event of events) {
      const at = instant(event.receivedAt) ?? instant(event.timestamp);
      if (at !== null && (last === null || at > last)) last = at;
    }
    return last;
  }

  function instant(value) {
    const at = typeof value === "string" ? RealDate.parse(value) : NaN;
    return Number.isNaN(at) ? null : at;
  }

  function unsupported(handler, event) {
    const message =
      handler === "onBatch"
        ? "there is no onBatch: Segment gives the events to the other handlers one by one"
        : handler === "onRequest"
          ? "request not supported"
          : `${typeof event.type === "string" ? event.type : "an event without a type is"} not supported`;
    return { name: "EventNotSupported", message };
  }

  function invoke(mine, handler, argument) {
    try {
      let settings = parse(job.settings);
      if (mine.handler === "onRequest") argument = requestFor(argument);
      if (watch !== null) [argument, settings] = watch.given(argument, settings, mine.index);
      const returned = resolved(handler(argument, settings));
      const fail = (error) => settle(mine, "threw", error);
      apply(then, returned, [(value) => settle(mine, "returned", value), fail]);
    } catch (error) {
      settle(mine, "threw", error);
    }
  }

  function requestFor(line) {
    library("source");
    host.emitted(); // what came after the end of another call
    return host.request(line);
  }

  // --- requests -----------------------------------------------------------------------

  // Notes a request and finds its answer: `reply` gets it after its latency, unless the
  // request was dropped before. A request beyond the limits is never answered, so that a
  // loop of requests ends there.
  function send(request, reply) {
    const mine = call;
    mine.sent += request.text === null ? 0 : request.text.length;
    if (mine.requests.length >= MOST_REQUESTS * mine.events || mine.sent > MOST_SENT) {
      unavailable(`more than ${MOST_REQUESTS} requests or ${MOST_SENT >> 20} MB in one call`);
      return;
    }
    mine.requests.push(request);
    watch?.asks();
    const arrive = (answer) => {
      if (request.dropped) return;
      const { status, fault } = answer;
      request.response = fault === null ? { status } : { fault };
      reply(answer);
    };
    const give = (answer) => {
      if (mine !== call) return;
      if (answer.fault !== "hang") return schedule(answer.latency, () => arrive(answer));
      mine.waits = request;
      request.response = { fault: "hang" };
    };
    if (job.ask) ask(mine, request, give);
    else give(watch?.answer(mine) ?? job.rules[ruleFor(request, mine)] ?? DEFAULT_ANSWER);
  }

  function ask(mine, request, give) {
    mine.asking += 1;
    asks.push({ mine, at: now - mine.start, request, give });
  }

  const DEFAULT_ANSWER = {
    status: 200,
    text: "{}",
    headers: { "content-type": "application/json" },
    latency: 300,
    fault: null,
  };

  // The first rule that matches and has uses left.
  function ruleFor(request, mine) {
    return job.rules.findIndex((rule, at) => {
      const used = mine.uses[at] ?? 0;
      if (rule.times !== null && used >= rule.times) return false;
      if (rule.method !== null && rule.method !== request.method) return false;
      if (rule.url !== null && !fitsUrl(rule, request.url)) return false;
      mine.uses[at] = used + 1;
      return true;
    });
  }

  // URLs repeat, so what was found about them is remembered.
  function fitsUrl(rule, url) {
    rule.pattern ??= new RegExp(rule.url, "s");
    rule.known ??= new Map();
    const known = rule.known.get(url);
    if (known !== undefined) return known;
    const fits = rule.pattern.test(url);
    if (rule.known.size < 1000) rule.known.set(url, fits);
    return fits;
  }

  // Gives the requests that wait to Python, all at once: they are concurrent.
  function handOver() {
    const list = asks.map(({ mine, at, request, give }, id) => {
      told.set(id, { mine, give });
      const { method, url, headers, text } = request;
      return { id, event: mine.index, at, method, url, headers, text };
    });
    asks = [];
    hand("Q" + stringify(list));
  }

  function answer(text) {
    const promise = nextHand();
    for (const { id, answer: given } of parse(text)) {
      const { mine, give } = told.get(id);
      mine.asking -= 1;
      resume(mine);
      give(given);
      leave();
    }
    told = new Map();
    answered = parked;
    parked = [];
    resumeNext();
    afterMicrotasks(turn);
    return promise;
  }

  const logIsFull = () => call.logged > MOST_LOGGED;

  function log(level, text) {
    call.logged += text.length + 16;
    watch?.logs();
    const kept = logIsFull() ? "further logs are left out" : text;
    call.logs.push({ level, text: kept });
  }

  // --- the answer: one line of JSON ---------------------------------------------------

  const hidden = new Map();

  // The text without secrets. Headers repeat, so short texts are remembered.
  function masked(text) {
    if (mask === null) return text;
    const known = hidden.get(text);
    if (known !== undefined) return known;
    const clean = text.replace(mask, "***");
    if (text.length <= 200 && hidden.size < 1000) hidden.set(text, clean);
    return clean;
  }

  // Only texts are stringified: a `toJSON` of the function's has no say there.
  function quote(text) {
    return text === null ? "null" : stringify(masked(text));
  }

  function line() {
    const [outcome, error] = verdict();
    const elapsed = Math.min(Math.floor(now - call.start), FIVE_SECONDS);
    const late = call.state === "late" || call.state === "stuck";
    return (
      `{"index":${call.index},"handler":${quote(call.handler)},"outcome":"${outcome}",` +
      `"error":${errorText(error)},"routes":[${routesText()}],` +
      `"requests":[${mapText(call.requests, requestText)}],` +
      `"logs":[${mapText(call.logs, logText)}],"result":${resultText()},` +
      `"elapsed_ms":${late ? FIVE_SECONDS : elapsed}${watch === null ? "" : seen()}}`
    );
  }

  function seen() {
    const found = Object.keys(handlers).filter((name) => typeof handlers[name] === "function");
    return `,"seen":${watch.told(call, found)}`;
  }

  function mapText(list, print) {
    let text = "";
    for (let at = 0; at < list.length; at += 1) text += (at > 0 ? "," : "") + print(list[at]);
    return text;
  }

  // The outcome and the error, `[name, message]` or null.
  function verdict() {
    if (call.outside !== null) return ["unavailable", ["Unavailable", call.outside]];
    if (call.state === "stuck") return ["timeout", ["Timeout", stuckText()]];
    if (call.state === "late" || now - call.start > FIVE_SECONDS) {
      return ["timeout", ["Timeout", "the handler still runs after 5 s: Segment stops it here"]];
    }
    if (call.state === "threw") {
      const error = describe(call.value);
      return [OUTCOMES.get(error[0]) ?? "bad-request", error];
    }
    if (kind === "insert") return insertVerdict();
    const fault = call.handler === "onBatch" ? batchFault(call.value) : null;
    return fault === null ? ["delivered", null] : ["bad-request", ["InvalidBatchResult", fault]];
  }

  // An insert function hands the event on by returning it.
  function insertVerdict() {
    const { handler, value } = call;
    if (handler === "onBatch") {
      const fault = insertFault(value);
      return fault === null ? ["delivered", null] : ["bad-request", ["InvalidBatchResult", fault]];
    }
    if (value === undefined || value === null) {
      return ["dropped", ["NoEvent", `${handler} returned no event, so Segment passes none on`]];
    }
    if (typeof value === "object" && !Array.isArray(value)) return ["delivered", null];
    return ["bad-request", ["InvalidResult", `${handler} returned something else than an event`]];
  }

  // Segment pairs the events of a batch by their place; where the list ends, events are dropped.
  function insertFault(value) {
    if (!Array.isArray(value)) return "onBatch returned something else than a list of events";
    if (value.length > call.events) {
      return `onBatch returned ${value.length} events for ${call.events}`;
    }
    const wrong = value.findIndex((entry) => typeof entry !== "object" || Array.isArray(entry));
    return wrong < 0 ? null : `entry ${wrong + 1} of onBatch's result is no event`;
  }

  function stuckText() {
    if (call.waits === null) {
      return "the handler waits for a promise that nothing settles: Segment stops it after 5 s";
    }
    const { method, url } = call.waits;
    return `the handler waits for an answer that never comes, to ${method} ${url}: Segment stops it after 5 s`;
  }

  // Name and message of whatever was thrown; reading it may run the function's code.
  function describe(thrown) {
    try {
      if (thrown === null || (typeof thrown !== "object" && typeof thrown !== "function")) {
        return ["Error", cutText(String(thrown))];
      }
      const name = typeof thrown.name === "string" ? thrown.name : "Error";
      const message = thrown.message ?? (thrown instanceof Error ? "" : stringify(thrown));
      return [cutText(name), cutText(asNode20(String(message)))];
    } catch {
      return ["Error", "an error that cannot be read"];
    }
  }

  // Newer V8 adds the line to a message about JSON.
  function asNode20(message) {
    return message.replace(/ \(line \d+ column \d+\)$/, "");
  }

  function cutText(text) {
    return text.length > LONGEST_MESSAGE ? text.slice(0, LONGEST_MESSAGE) + "..." : text;
  }

  function errorText(error) {
    return error === null ? "null" : `{"name":${quote(error[0])},"message":${quote(error[1])}}`;
  }

  function routesText() {
    let text = "";
    for (const [at, { asked, declined }] of call.asked) {
      text += `${text === "" ? "" : ","}{${job.routes[at].text},"ran":${declined < asked}}`;
    }
    return text;
  }

  function requestText(request) {
    const { method, url, headers, text, response } = request;
    const pairs = mapText(Object.keys(headers), (name) => `${quote(name)}:${quote(headers[name])}`);
    const clean = text === null ? null : masked(text);
    return (
      `{"method":${quote(method)},"url":${quote(url)},"headers":{${pairs}},` +
      `"body":${bodyText(text, clean)},"body_text":${stringify(clean)},` +
      `"response":${response === null ? "null" : responseText(response)}}`
    );
  }

  function responseText({ status, fault }) {
    return fault === undefined ? `{"status":${status}}` : `{"fault":"${fault}"}`;
  }

  function logText({ level, text }) {
    return `{"level":"${level}","text":${quote(text)}}`;
  }

  // The body as JSON, or as text where it is none. JSON stays as it was written: that is
  // both faster and exact.
  function bodyText(text, clean) {
    if (text === null) return "null";
    if (isTooDeep(text)) return stringify(clean);
    let value;
    try {
      value = parse(text);
    } catch {
      return stringify(clean);
    }
    if (clean !== text) return cleanJson(text, clean);
    return /[\n\r]/.test(text) ? stringify(value) : text;
  }

  // Masking may have broken the JSON: a secret of digits can stand there as a number.
  function cleanJson(text, clean) {
    try {
      return stringify(parse(clean));
    } catch {
      const hide = (_, value) =>
        typeof value === "string" || typeof value === "number" ? masked(String(value)) : value;
      return stringify(parse(text, hide));
    }
  }

  // Python's JSON reader gives up on deeper text.
  function isTooDeep(text) {
    if (text.length < 1000) return false;
    let depth = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 91 || code === 123) depth += 1;
      else if (code === 93 || code === 125) depth -= 1;
      if (depth > 500) return true;
    }
    return false;
  }

  // What Segment reads from a batch: nothing, or one status for each event.
  function batchFault(value) {
    if (value === undefined || value === null) return null;
    if (!Array.isArray(value)) return "onBatch returned something else than a list of statuses";
    if (value.length !== call.events) {
      return `onBatch returned ${value.length} statuses for ${call.events} events`;
    }
    const wrong = value.findIndex((entry) => statusOf(entry) === null);
    return wrong < 0
      ? null
      : `entry ${wrong + 1} of onBatch's result has no status from 100 to 599`;
  }

  function statusOf(entry) {
    const status = typeof entry === "object" && entry !== null ? entry.status : undefined;
    return Number.isInteger(status) && status >= 100 && status <= 599 ? status : null;
  }

  // What Segment takes from the call: the event that goes on, what a source function made of
  // its request, or the statuses of a batch.
  function resultText() {
    if (call.state !== "returned") return "null";
    if (kind === "source") return jsonText(host.emitted());
    if (kind === "insert") return jsonText(call.value);
    if (call.handler !== "onBatch" || !Array.isArray(call.value)) return "null";
    return `[${mapText(call.value, statusText)}]`;
  }

  function jsonText(value) {
    const text = stringify(value) ?? "null";
    return bodyText(text, masked(text));
  }

  function statusText(entry) {
    const message = entry?.errormessage;
    const told = message === undefined ? "" : `,"errormessage":${quote(cutText(String(message)))}`;
    return `{"status":${statusOf(entry)}${told}}`;
  }

  // What nobody caught ends the process at Segment.
  const fail = (error) => settle(call, "threw", error);
  const wellFormed = (text) => apply(toWellFormed, text, []);
  const host = {
    asNode20,
    cancel,
    fail,
    library,
    log,
    logIsFull,
    missing,
    random,
    schedule,
    send,
    unavailable,
    wellFormed,
  };
  load(jobText);
  return (operation, text) => (operation === "run" ? run(text) : answer(text));
};
