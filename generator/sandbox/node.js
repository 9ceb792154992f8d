// What Node.js has and Segment does not document. A job asks for it with `globals: "node"`;
// without it these names are undeclared, as a function that relies on them should learn.
(host) => {
  const { Buffer, utf8Text, latin } = host.library("buffer");

  class AbortSignal {
    #listeners = [];
    aborted = false;
    reason = undefined;
    onabort = null;

    addEventListener(type, listener) {
      if (type === "abort") this.#listeners.push(listener);
    }

    removeEventListener(_, listener) {
      this.#listeners = this.#listeners.filter((known) => known !== listener);
    }

    throwIfAborted() {
      if (this.aborted) throw this.reason;
    }

    static abort(signal, reason) {
      if (signal.aborted) return;
      signal.aborted = true;
      signal.reason = reason ?? abortError("This operation was aborted", "AbortError");
      const event = { type: "abort", target: signal };
      signal.onabort?.(event);
      for (const listener of signal.#listeners) listener(event);
    }
  }

  const { abort } = AbortSignal;
  delete AbortSignal.abort;
  AbortSignal.timeout = (delay) => {
    const signal = new AbortSignal();
    const text = "The operation was aborted due to timeout";
    host.schedule(delay, () => abort(signal, abortError(text, "TimeoutError")));
    return signal;
  };

  function abortError(message, name) {
    return Object.assign(new Error(message), { name, code: name === "AbortError" ? 20 : 23 });
  }

  class AbortController {
    signal = new AbortSignal();
    abort(reason = undefined) {
      abort(this.signal, reason);
    }
  }

  class TextEncoder {
    encoding = "utf-8";
    encode(text = "") {
      return new Uint8Array(Buffer.from(String(text)));
    }
  }

  class TextDecoder {
    encoding = "utf-8";
    decode(bytes = new Uint8Array()) {
      return utf8Text(latin(bytes)).replace(/^\ufeff/, "");
    }
  }

  function structuredClone(value, seen = new Map()) {
    if (typeof value === "function" || typeof value === "symbol") {
      throw abortError(`${String(value)} could not be cloned.`, "DataCloneError");
    }
    if (typeof value !== "object" || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    const [copy, fill] = emptyCopy(value, (item) => structuredClone(item, seen));
    seen.set(value, copy);
    fill();
    return copy;
  }

  function emptyCopy(value, clone) {
    if (value instanceof Date) return [new Date(+value), () => {}];
    if (value instanceof RegExp) return [new RegExp(value), () => {}];
    if (ArrayBuffer.isView(value)) return [value.slice(), () => {}];
    if (value instanceof Map) {
      const copy = new Map();
      return [copy, () => value.forEach((item, key) => copy.set(clone(key), clone(item)))];
    }
    if (value instanceof Set) {
      const copy = new Set();
      return [copy, () => value.forEach((item) => copy.add(clone(item)))];
    }
    const copy = Array.isArray(value) ? [] : value instanceof Error ? new Error(value.message) : {};
    return [copy, () => Object.keys(value).forEach((key) => (copy[key] = clone(value[key])))];
  }

  const setImmediate = (callback, ...given) => host.schedule(0, () => callback(...given));
  const clearImmediate = (timer) => host.cancel(timer);
  const queueMicrotask = (callback) => void Promise.resolve().then(callback);
  const performance = { now: () => Date.now() - performance.timeOrigin, timeOrigin: Date.now() };
  const made = {
    AbortController,
    AbortSignal,
    TextDecoder,
    TextEncoder,
    clearImmediate,
    performance,
    queueMicrotask,
    setImmediate,
    structuredClone: (value) => structuredClone(value),
  };
  return { ...made, names: Object.keys(made) };
};
