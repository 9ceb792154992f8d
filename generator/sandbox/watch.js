// Watches a function for `segfn lint`: where in its code it asks, logs and throws, which parts
// of the event and the settings it reads, and what it keeps between calls.
//
// `asked` is what the job says under `watch`: `reads` whether the parts that are read are noted;
// `settings` the settings of single events by their index; `answers` what is answered to single
// events, from one of their requests on (`from`, counted from 1) or to this one alone (`once`);
// `names` the words in the code that may be variables; `kept` the texts that no variable should
// keep; `assigned` the names whose first assignment is to be placed.
(host) => (asked) => {
  const { Array, Error, Map, Object, Proxy, Set } = globalThis;
  const { parse, stringify } = JSON;
  const { captureStackTrace } = Error;
  const { defineProperty, get, getOwnPropertyDescriptor, has, ownKeys } = Reflect;

  const NAME = "segfn:function";
  const LINES_BEFORE = 3; // two that `Function` writes, and ours
  const MOST_FRAMES = 50;
  const MOST_VALUES = 2000;

  Error.stackTraceLimit = MOST_FRAMES;

  let notes = newNotes();
  let current = null; // the event
  const placed = {}; // where names were first assigned
  const before = new Set(ownKeys(globalThis));
  let read = () => undefined; // the value of a variable of the function

  function newNotes() {
    return { requests: [], logs: [], settings: new Map(), event: new Map(), lives: [] };
  }

  // The places in the function that lead to here, or to where an error was made.
  function places(holder) {
    const formatted = Error.prepareStackTrace;
    Error.prepareStackTrace = (_, sites) => sites;
    let sites = null;
    try {
      sites = holder.stack;
    } catch {
      sites = null; // the function's own `stack`
    }
    Error.prepareStackTrace = formatted;
    if (!Array.isArray(sites)) return [];
    return sites
      .filter((site) => site.getScriptNameOrSourceURL?.() === NAME)
      .map((site) => [
        site.getLineNumber() - LINES_BEFORE,
        site.getColumnNumber(),
        site.getFunctionName(),
      ]);
  }

  function here() {
    const holder = {};
    captureStackTrace(holder);
    return places(holder);
  }

  // --- what it reads ------------------------------------------------------------------

  // A value whose parts are noted as they are read, by their path.
  function parts(value, path, noted) {
    if (typeof value !== "object" || value === null) return value;
    const note = (target, name) => {
      const own = getOwnPropertyDescriptor(target, name);
      const strange = own === undefined && name in target; // a method, most likely
      if (typeof name === "string" && !strange) {
        noted.set(stringify([...path, name]), own !== undefined);
      }
      return own;
    };
    return new Proxy(value, {
      get(target, name, receiver) {
        const own = note(target, name);
        const found = get(target, name, receiver);
        if (own === undefined || !own.configurable) return found;
        return parts(found, [...path, name], noted);
      },
      has: (target, name) => (note(target, name), has(target, name)),
      getOwnPropertyDescriptor: note,
    });
  }

  // --- what it keeps ------------------------------------------------------------------

  for (const name of asked.assigned) {
    let value;
    const set = (given) => {
      placed[name] ??= here();
      value = given;
    };
    defineProperty(globalThis, name, { configurable: true, get: () => value, set });
  }

  const added = () =>
    ownKeys(globalThis).filter((name) => typeof name === "string" && !before.has(name));

  // The variables of the function that hold one of the texts, with the text's number.
  function keeping() {
    if (asked.kept.length === 0) return [];
    const found = [];
    for (const name of asked.names) {
      if (before.has(name)) continue;
      try {
        const held = textIn(read(name));
        if (held >= 0) found.push([name, held]);
      } catch {
        // no variable, or one that cannot be read
      }
    }
    return found;
  }

  function textIn(value) {
    const waiting = [value];
    const seen = new Set();
    while (waiting.length > 0 && seen.size < MOST_VALUES) {
      const next = waiting.pop();
      if (typeof next === "string") {
        const held = asked.kept.findIndex((text) => next.includes(text));
        if (held >= 0) return held;
      } else if (typeof next === "object" && next !== null && !seen.has(next)) {
        seen.add(next);
        if (next instanceof Map) waiting.push(...next.keys(), ...next.values());
        else if (next instanceof Set) waiting.push(...next);
        else waiting.push(...Object.keys(next), ...Object.values(next));
      }
    }
    return -1;
  }

  // --- the cache ----------------------------------------------------------------------

  const { load } = globalThis.cache;
  globalThis.cache.load = (key, life, make) => {
    notes.lives.push([life, here()]);
    return load(key, life, make);
  };

  const pathsIn = (noted) => [...noted].map(([path, present]) => [parse(path), present]);

  return {
    // Stands behind the code, whose variables it can see.
    tail: `__segfn.reader((__segfn_name) => eval(__segfn_name));\n//# sourceURL=${NAME}`,
    reader(found) {
      read = found;
    },
    given(event, settings, index) {
      notes = newNotes();
      current = event;
      const own = asked.settings[index];
      const value = own === undefined ? settings : parse(stringify(own));
      if (!asked.reads) return [event, value];
      return [parts(event, [], notes.event), parts(value, [], notes.settings)];
    },
    answer({ index, requests }) {
      const told = asked.answers[index];
      if (told === undefined || requests.length < told.from) return undefined;
      return told.once && requests.length > told.from ? undefined : told.answer;
    },
    asks() {
      notes.requests.push(here());
    },
    logs() {
      notes.logs.push(here());
    },
    // What was seen during a call, as JSON text.
    told(call, handlers) {
      const threw = call.state === "threw" && typeof call.value === "object" && call.value !== null;
      return stringify({
        requests: notes.requests,
        logs: notes.logs,
        threw: threw ? places(call.value) : [],
        settings: pathsIn(notes.settings),
        event: pathsIn(notes.event),
        name: typeof current?.event === "string" ? current.event : null,
        handlers,
        added: added(),
        placed,
        keeping: keeping(),
        lives: notes.lives,
      });
    },
  };
};
