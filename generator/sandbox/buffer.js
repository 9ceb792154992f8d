// Text and bytes: `Buffer` as far as functions use it, and the npm packages `atob` and
// `btoa`. Bytes travel between encodings as text with one character a byte ("latin").
(host) => {
  const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const VALUES = new Map([...BASE64, "-", "_"].map((letter, at) => [letter, at % 64]));
  VALUES.set("-", 62).set("_", 63);

  function utf8Latin(text) {
    if (!/[^\0-\x7f]/.test(text)) return text;
    return unescape(encodeURIComponent(host.wellFormed(text)));
  }

  function latin(binary) {
    const bytes = ArrayBuffer.isView(binary)
      ? new Uint8Array(binary.buffer, binary.byteOffset, binary.byteLength)
      : new Uint8Array(binary);
    let text = "";
    for (let at = 0; at < bytes.length; at += 4096) {
      text += String.fromCharCode(...bytes.subarray(at, at + 4096));
    }
    return text;
  }

  // How many bytes a sequence takes that begins with this one, and the bounds of the
  // second: the others are 80..bf. Zero: no sequence begins so.
  function sequence(lead) {
    if (lead < 0x80) return [1, 0, 0];
    if (lead >= 0xc2 && lead <= 0xdf) return [2, 0x80, 0xbf];
    if (lead >= 0xe0 && lead <= 0xef) {
      return [3, lead === 0xe0 ? 0xa0 : 0x80, lead === 0xed ? 0x9f : 0xbf];
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
      return [4, lead === 0xf0 ? 0x90 : 0x80, lead === 0xf4 ? 0x8f : 0xbf];
    }
    return [0, 0, 0];
  }

  // UTF-8 to text; each broken sequence becomes one U+FFFD, as the standard says.
  function utf8Text(bytes) {
    try {
      return decodeURIComponent(escape(bytes));
    } catch {
      return repaired(bytes);
    }
  }

  function repaired(bytes) {
    let text = "";
    let at = 0;
    while (at < bytes.length) {
      const [length, low, high] = sequence(bytes.charCodeAt(at));
      let end = at + 1;
      while (end < at + length && fits(bytes.charCodeAt(end), end - at, low, high)) end += 1;
      const whole = length > 0 && end === at + length;
      text += whole ? decodeURIComponent(escape(bytes.slice(at, end))) : "\ufffd";
      at = end;
    }
    return text;
  }

  function fits(byte, place, low, high) {
    return place === 1 ? byte >= low && byte <= high : byte >= 0x80 && byte <= 0xbf;
  }

  function toBase64(bytes) {
    let text = "";
    for (let at = 0; at < bytes.length; at += 3) {
      const left = bytes.length - at;
      const a = bytes.charCodeAt(at);
      const b = left > 1 ? bytes.charCodeAt(at + 1) : 0;
      const c = left > 2 ? bytes.charCodeAt(at + 2) : 0;
      text += BASE64[a >> 2] + BASE64[((a & 3) << 4) | (b >> 4)];
      text += left > 1 ? BASE64[((b & 15) << 2) | (c >> 6)] : "=";
      text += left > 2 ? BASE64[c & 63] : "=";
    }
    return text;
  }

  // Node reads both alphabets, skips what is neither, and stops at a padding sign.
  function fromBase64(text) {
    let bytes = "";
    let bits = 0;
    let held = 0;
    for (const letter of String(text)) {
      if (letter === "=") break;
      const value = VALUES.get(letter);
      if (value === undefined) continue;
      held = ((held << 6) | value) & 0xffff;
      bits += 6;
      if (bits < 8) continue;
      bits -= 8;
      bytes += String.fromCharCode((held >> bits) & 255);
    }
    return bytes;
  }

  const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

  function toHex(bytes) {
    let text = "";
    for (let at = 0; at < bytes.length; at += 1) text += HEX[bytes.charCodeAt(at)];
    return text;
  }

  function fromHex(text) {
    const digits = /^(?:[0-9a-f]{2})*/i.exec(text)[0];
    return digits.replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16)));
  }

  const fold = (text, unit) =>
    text.replace(/[^]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) & unit));
  const latin1 = { read: (text) => fold(text, 255), write: (bytes) => bytes };
  const utf8 = { read: utf8Latin, write: utf8Text };
  const utf16 = {
    read: (text) =>
      text.replace(/[^]/g, (letter) => {
        const code = letter.charCodeAt(0);
        return String.fromCharCode(code & 255, code >> 8);
      }),
    write: (bytes) =>
      bytes
        .slice(0, bytes.length & ~1)
        .replace(/[^][^]/g, (two) =>
          String.fromCharCode(two.charCodeAt(0) | (two.charCodeAt(1) << 8)),
        ),
  };
  const ENCODINGS = {
    utf8,
    "utf-8": utf8,
    latin1,
    binary: latin1,
    ascii: { read: latin1.read, write: (bytes) => fold(bytes, 127) },
    hex: { read: fromHex, write: toHex },
    base64: { read: fromBase64, write: toBase64 },
    base64url: {
      read: fromBase64,
      write: (bytes) =>
        toBase64(bytes).replace(/[+/=]/g, (letter) => ({ "+": "-", "/": "_" })[letter] ?? ""),
    },
    utf16le: utf16,
    "utf-16le": utf16,
    ucs2: utf16,
    "ucs-2": utf16,
  };

  function encoding(name) {
    const known = name === undefined || name === null ? "utf8" : String(name).toLowerCase();
    if (Object.hasOwn(ENCODINGS, known)) return ENCODINGS[known];
    throw Object.assign(new TypeError(`Unknown encoding: ${name}`), {
      code: "ERR_UNKNOWN_ENCODING",
    });
  }

  function wrongType(value) {
    const text =
      "The first argument must be of type string or an instance of Buffer, ArrayBuffer, or " +
      `Array or an Array-like Object. Received ${value === null ? "null" : typeof value}`;
    return Object.assign(new TypeError(text), { code: "ERR_INVALID_ARG_TYPE" });
  }

  class Bytes extends Uint8Array {
    static from(value, form, length) {
      if (typeof value === "string") return Bytes.latin(encoding(form).read(value));
      if (value === null || typeof value !== "object") throw wrongType(value);
      if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) {
        return new Bytes(value, form, length);
      }
      if (value.type === "Buffer" && Array.isArray(value.data)) return Bytes.from(value.data);
      const made = new Bytes(value.length ?? 0);
      for (let at = 0; at < made.length; at += 1) made[at] = value[at];
      return made;
    }

    static latin(text) {
      const made = new Bytes(text.length);
      for (let at = 0; at < text.length; at += 1) made[at] = text.charCodeAt(at);
      return made;
    }

    static alloc(size, fill = 0, form = undefined) {
      const made = new Bytes(size);
      const pattern = typeof fill === "string" ? Bytes.from(fill, form) : [fill];
      for (let at = 0; at < size && pattern.length > 0; at += 1)
        made[at] = pattern[at % pattern.length];
      return made;
    }

    static allocUnsafe(size) {
      return new Bytes(size);
    }

    static concat(list, total = undefined) {
      const made = new Bytes(total ?? list.reduce((sum, item) => sum + item.length, 0));
      let at = 0;
      for (const item of list) {
        made.set(item.subarray(0, Math.max(0, made.length - at)), at);
        at += item.length;
      }
      return made;
    }

    static isBuffer(value) {
      return value instanceof Bytes;
    }

    static isEncoding(name) {
      return typeof name === "string" && Object.hasOwn(ENCODINGS, name.toLowerCase());
    }

    static byteLength(value, form) {
      return typeof value === "string" ? encoding(form).read(value).length : value.byteLength;
    }

    static compare(left, right) {
      const [a, b] = [latin(left), latin(right)];
      return a < b ? -1 : a > b ? 1 : 0;
    }

    toString(form, start = 0, end = this.length) {
      return encoding(form).write(latin(this.subarray(start, end)));
    }

    toJSON() {
      return { type: "Buffer", data: [...this] };
    }

    equals(other) {
      return Bytes.compare(this, other) === 0;
    }

    slice(start, end) {
      return this.subarray(start, end);
    }

    write(text, start = 0) {
      const given = Bytes.from(text).subarray(0, this.length - start);
      this.set(given, start);
      return given.length;
    }

    get parent() {
      return this.buffer;
    }
  }

  // `Buffer` is also called without `new`, as old code does.
  function Buffer(value, form, length) {
    return typeof value === "number" ? Bytes.alloc(value) : Bytes.from(value, form, length);
  }
  for (const name of Object.getOwnPropertyNames(Bytes)) {
    if (!["length", "name", "prototype", "latin"].includes(name)) Buffer[name] = Bytes[name];
  }
  Buffer[Symbol.species] = Bytes;
  Buffer.prototype = Bytes.prototype;
  Object.defineProperty(Bytes, "name", { value: "Buffer" });
  Bytes.prototype.constructor = Buffer;
  Object.defineProperty(Buffer, Symbol.hasInstance, { value: (value) => value instanceof Bytes });

  // btoa 1.2.1 cuts characters to one byte where the standard's throws.
  function btoa(value) {
    const text = value instanceof Bytes ? latin(value) : value.toString();
    return toBase64(fold(text, 255));
  }

  function atob(value) {
    return fromBase64(value);
  }

  return { Buffer, HEX, atob, btoa, latin, utf8Latin, utf8Text, encoding };
};
