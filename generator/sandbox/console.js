// `console`, kept instead of printed; values read as Node.js prints them, on one line.
(host) => {
  const LEVELS = { log: "log", info: "info", warn: "warn", error: "error", debug: "debug" };
  const OTHERS = { trace: "error", dir: "log", table: "log", group: "log", dirxml: "log" };
  const LONGEST = 64 * 1024;

  function show(value, depth = 0, above = []) {
    switch (typeof value) {
      case "string":
        return depth === 0 ? value : `'${value.replace(/[\\']/g, "\\$&").replace(/\n/g, "\\n")}'`;
      case "function":
        return value.name ? `[Function: ${value.name}]` : "[Function (anonymous)]";
      case "bigint":
        return `${value}n`;
      case "object":
        return value === null ? "null" : showObject(value, depth, above);
      default:
        return Object.is(value, -0) ? "-0" : String(value);
    }
  }

  function showObject(value, depth, above) {
    if (above.includes(value)) return "[Circular *1]";
    if (value instanceof Error) return showError(value);
    if (value instanceof Date) return Number.isNaN(+value) ? "Invalid Date" : value.toISOString();
    if (value instanceof RegExp) return String(value);
    if (value instanceof Promise) return "Promise { <pending> }";
    const name = nameOf(value);
    if (depth > 2) return Array.isArray(value) ? "[Array]" : `[${name || "Object"}]`;
    const inner = (item) => show(item, depth + 1, [...above, value]);
    if (Array.isArray(value)) return brackets("", "[", value.map(inner), "]", value.length);
    if (value instanceof Map) {
      const entries = [...value].map(([key, item]) => `${inner(key)} => ${inner(item)}`);
      return brackets(`Map(${value.size}) `, "{", entries, "}", value.size);
    }
    if (value instanceof Set) {
      return brackets(`Set(${value.size}) `, "{", [...value].map(inner), "}", value.size);
    }
    const members = Object.keys(value).map((key) => `${keyText(key)}: ${inner(value[key])}`);
    return brackets(name ? `${name} ` : "", "{", members, "}", members.length);
  }

  function showError(error) {
    const { code } = error;
    const text = `${error.name}: ${error.message}`;
    return code === undefined ? text : `${text} { code: ${show(code, 1)} }`;
  }

  function nameOf(value) {
    const proto = Object.getPrototypeOf(value);
    if (proto === null) return "[Object: null prototype]";
    const name = proto.constructor?.name;
    return name === "Object" || Array.isArray(value) ? "" : name;
  }

  const keyText = (key) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : `'${key}'`);

  function brackets(before, open, items, close, size) {
    if (items.length === 0) return `${before}${open}${close}`;
    const shown = items.slice(0, 100);
    if (size > 100) shown.push(`... ${size - 100} more items`);
    return `${before}${open} ${shown.join(", ")} ${close}`;
  }

  const FORMS = {
    s: (value) => (typeof value === "object" ? show(value, 1) : String(value)),
    d: (value) => String(typeof value === "object" ? NaN : Number(value)),
    i: (value) => String(typeof value === "object" ? NaN : parseInt(value, 10)),
    f: (value) => String(parseFloat(value)),
    j: (value) => JSON.stringify(value),
    o: (value) => show(value, 1),
    O: (value) => show(value, 1),
    c: () => "",
  };

  function format(given) {
    const [head, ...rest] = given;
    if (typeof head !== "string") return given.map((value) => show(value)).join(" ");
    const text = head.replace(/%([sdifjoOc%])/g, (whole, form) => {
      if (form === "%") return given.length > 1 ? "%" : whole;
      return rest.length > 0 ? FORMS[form](rest.shift()) : whole;
    });
    return [text, ...rest.map((value) => show(value))].join(" ");
  }

  function write(level, given) {
    if (host.logIsFull()) return;
    let text;
    try {
      text = format(given);
    } catch {
      text = "a value that cannot be printed";
    }
    const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
    host.log(level, host.wellFormed(cut));
  }

  const counts = new Map();
  const console = {
    assert(holds, ...given) {
      if (!holds) write("error", ["Assertion failed", ...given]);
    },
    count(label = "default") {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      write("log", [`${label}: ${counts.get(label)}`]);
    },
  };
  for (const [name, level] of Object.entries({ ...LEVELS, ...OTHERS })) {
    console[name] = (...given) => write(level, given);
  }
  for (const name of ["groupEnd", "time", "timeEnd", "timeLog", "countReset", "clear"]) {
    console[name] = () => {};
  }
  return { console };
};
