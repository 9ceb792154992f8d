// The names of all globals, and as paths every property that can be reached from those of
// ECMAScript, which are given as NAMES.
(() => {
  const seen = new Set();
  const paths = [];
  const protoOf = Object.getPrototypeOf;
  const hidden = {
    ArrayIterator: protoOf([].values()),
    AsyncFunction: (async () => {}).constructor,
    AsyncGeneratorFunction: async function* () {}.constructor,
    GeneratorFunction: function* () {}.constructor,
    IteratorPrototype: protoOf(protoOf([].values())),
    MapIterator: protoOf(new Map().values()),
    RegExpStringIterator: protoOf("".matchAll(/x/g)),
    SetIterator: protoOf(new Set().values()),
    StringIterator: protoOf(""[Symbol.iterator]()),
    TypedArray: protoOf(Uint8Array),
  };
  const isObject = (value) =>
    typeof value === "function" || (typeof value === "object" && value !== null);

  function walk(value, path) {
    if (!isObject(value) || seen.has(value) || path.split(".").length > 6) return;
    seen.add(value);
    for (const key of Reflect.ownKeys(value)) {
      if (["length", "name", "caller", "arguments"].includes(key)) continue;
      const step = `${path}.${typeof key === "symbol" ? `[${key.description}]` : key}`;
      paths.push(step);
      const { value: member, get, set } = Reflect.getOwnPropertyDescriptor(value, key);
      for (const one of [member, get, set]) walk(one, step);
    }
    walk(protoOf(value), `${path}.__proto__`);
  }

  for (const name of NAMES) walk(globalThis[name], name);
  for (const [name, value] of Object.entries(hidden)) walk(value, name);
  return { names: Object.getOwnPropertyNames(globalThis), paths };
})();
