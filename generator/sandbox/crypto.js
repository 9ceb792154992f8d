// Node's `crypto` as far as it works without OpenSSL: hashes, HMAC, and chance by seed.
(host) => {
  const { Buffer, HEX, latin, utf8Latin, encoding } = host.library("buffer");

  // --- constants: the first bits of the roots of primes (FIPS 180-4) ---------------------

  function primes(count) {
    const found = [];
    for (let n = 2; found.length < count; n += 1) {
      if (found.every((prime) => n % prime !== 0)) found.push(n);
    }
    return found;
  }

  // 64 bits behind the point of a root, by Newton's method from just above it.
  function rootBits(prime, degree) {
    const power = BigInt(degree);
    const scaled = BigInt(prime) << (64n * power);
    let root = BigInt(Math.ceil((prime ** (1 / degree) + 1e-9) * 2 ** 48)) << 16n;
    for (;;) {
      const next = ((power - 1n) * root + scaled / root ** (power - 1n)) / power;
      if (next >= root) return root & 0xffffffffffffffffn;
      root = next;
    }
  }

  const roots = (count, degree) => primes(count).map((prime) => rootBits(prime, degree));
  const high = (bits) => bits.map((value) => Number(value >> 32n) | 0);
  const low = (bits) => bits.map((value) => Number(value & 0xffffffffn) | 0);

  // --- the hash functions: 32-bit words in, 32-bit words out -------------------------

  // The same bits of SHA-256, written down: they are needed at almost every start.
  const SHA256_ROUNDS =
    "428a2f98 71374491 b5c0fbcf e9b5dba5 3956c25b 59f111f1 923f82a4 ab1c5ed5 " +
    "d807aa98 12835b01 243185be 550c7dc3 72be5d74 80deb1fe 9bdc06a7 c19bf174 " +
    "e49b69c1 efbe4786 0fc19dc6 240ca1cc 2de92c6f 4a7484aa 5cb0a9dc 76f988da " +
    "983e5152 a831c66d b00327c8 bf597fc7 c6e00bf3 d5a79147 06ca6351 14292967 " +
    "27b70a85 2e1b2138 4d2c6dfc 53380d13 650a7354 766a0abb 81c2c92e 92722c85 " +
    "a2bfe8a1 a81a664b c24b8b70 c76c51a3 d192e819 d6990624 f40e3585 106aa070 " +
    "19a4c116 1e376c08 2748774c 34b0bcb5 391c0cb3 4ed8aa4a 5b9cca4f 682e6ff3 " +
    "748f82ee 78a5636f 84c87814 8cc70208 90befffa a4506ceb bef9a3f7 c67178f2";
  const SHA256_START = "6a09e667 bb67ae85 3c6ef372 a54ff53a 510e527f 9b05688c 1f83d9ab 5be0cd19";
  const words = (text) => text.split(" ").map((word) => parseInt(word, 16) | 0);

  const rotr = (word, by) => (word >>> by) | (word << (32 - by));
  const rotl = (word, by) => (word << by) | (word >>> (32 - by));

  // Written out, because every dedupe key passes here.
  function sha256() {
    const k = Int32Array.from(words(SHA256_ROUNDS));
    const initial = words(SHA256_START);
    const w = new Int32Array(64);
    return { block: 64, big: true, initial, step };

    function step(state, words, from) {
      for (let t = 0; t < 16; t += 1) w[t] = words[from + t];
      for (let t = 16; t < 64; t += 1) {
        const x = w[t - 15];
        const y = w[t - 2];
        const s0 = rotr(x, 7) ^ rotr(x, 18) ^ (x >>> 3);
        const s1 = rotr(y, 17) ^ rotr(y, 19) ^ (y >>> 10);
        w[t] = (w[t - 16] + s0 + w[t - 7] + s1) | 0;
      }
      let a = state[0];
      let b = state[1];
      let c = state[2];
      let d = state[3];
      let e = state[4];
      let f = state[5];
      let g = state[6];
      let h = state[7];
      for (let t = 0; t < 64; t += 1) {
        const s1 = rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25);
        const t1 = (h + s1 + ((e & f) ^ (~e & g)) + k[t] + w[t]) | 0;
        const s0 = rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22);
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g;
        g = f;
        f = e;
        e = (d + t1) | 0;
        d = c;
        c = b;
        b = a;
        a = (t1 + t2) | 0;
      }
      state[0] += a;
      state[1] += b;
      state[2] += c;
      state[3] += d;
      state[4] += e;
      state[5] += f;
      state[6] += g;
      state[7] += h;
    }
  }

  function sha1() {
    const w = new Int32Array(80);
    const k = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc | 0, 0xca62c1d6 | 0];
    const initial = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
    return { block: 64, big: true, initial, step };

    function mix(round, b, c, d) {
      if (round === 0) return (b & c) | (~b & d);
      return round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
    }

    function step(state, words, from) {
      for (let t = 0; t < 16; t += 1) w[t] = words[from + t];
      for (let t = 16; t < 80; t += 1) w[t] = rotl(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
      let [a, b, c, d, e] = state;
      for (let t = 0; t < 80; t += 1) {
        const round = Math.floor(t / 20);
        const next = (rotl(a, 5) + mix(round, b, c, d) + e + k[round] + w[t]) | 0;
        e = d;
        d = c;
        c = rotl(b, 30);
        b = a;
        a = next;
      }
      add(state, [a, b, c, d, e]);
    }
  }

  function md5() {
    const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
    const k = Array.from(
      { length: 64 },
      (_, t) => Math.floor(Math.abs(Math.sin(t + 1)) * 2 ** 32) | 0,
    );
    const initial = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
    return { block: 64, big: false, initial, step };

    function mix(round, t, b, c, d) {
      if (round === 0) return [(b & c) | (~b & d), t];
      if (round === 1) return [(d & b) | (~d & c), (5 * t + 1) % 16];
      return round === 2 ? [b ^ c ^ d, (3 * t + 5) % 16] : [c ^ (b | ~d), (7 * t) % 16];
    }

    function step(state, words, from) {
      let [a, b, c, d] = state;
      for (let t = 0; t < 64; t += 1) {
        const round = t >> 4;
        const [mixed, place] = mix(round, t, b, c, d);
        const sum = (a + mixed + k[t] + words[from + place]) | 0;
        a = d;
        d = c;
        c = b;
        b = (b + rotl(sum, shifts[round * 4 + (t % 4)])) | 0;
      }
      add(state, [a, b, c, d]);
    }
  }

  function add(state, words) {
    for (let at = 0; at < state.length; at += 1) state[at] += words[at];
  }

  // 64-bit words as two halves, the high one first.
  function sha512() {
    const bits = roots(80, 3);
    const k = Int32Array.from(bits.flatMap((value) => [high([value])[0], low([value])[0]]));
    const initial = roots(8, 2).flatMap((value) => [high([value])[0], low([value])[0]]);
    const w = new Int32Array(160);
    return { block: 128, big: true, initial, step };

    function step(state, words, from) {
      for (let t = 0; t < 32; t += 1) w[t] = words[from + t];
      for (let t = 32; t < 160; t += 2) expand(t);
      const v = Int32Array.from(state);
      for (let t = 0; t < 160; t += 2) round(v, t);
      for (let at = 0; at < 16; at += 2) {
        const sum = (state[at + 1] >>> 0) + (v[at + 1] >>> 0);
        state[at] += v[at] + carry(sum);
        state[at + 1] = sum;
      }
    }

    function carry(sum) {
      return Math.floor(sum / 4294967296);
    }

    function expand(t) {
      const [xh, xl, yh, yl] = [w[t - 30], w[t - 29], w[t - 4], w[t - 3]];
      const s0h = cross(xh, xl, 1) ^ cross(xh, xl, 8) ^ (xh >>> 7);
      const s0l = cross(xl, xh, 1) ^ cross(xl, xh, 8) ^ cross(xl, xh, 7);
      const s1h = cross(yh, yl, 19) ^ cross(yl, yh, 29) ^ (yh >>> 6);
      const s1l = cross(yl, yh, 19) ^ cross(yh, yl, 29) ^ cross(yl, yh, 6);
      const sum = (s0l >>> 0) + (s1l >>> 0) + (w[t - 31] >>> 0) + (w[t - 13] >>> 0);
      w[t] = s0h + s1h + w[t - 32] + w[t - 14] + carry(sum);
      w[t + 1] = sum;
    }

    // One half of a 64-bit word rotated right by less than 32: `left` is that half.
    function cross(left, right, by) {
      return (left >>> by) | (right << (32 - by));
    }

    function round(v, t) {
      const [ah, al, bh, bl, ch, cl] = v;
      const [eh, el, fh, fl, gh, gl] = v.subarray(8);
      const s1h = cross(eh, el, 14) ^ cross(eh, el, 18) ^ cross(el, eh, 9);
      const s1l = cross(el, eh, 14) ^ cross(el, eh, 18) ^ cross(eh, el, 9);
      const pickL = (el & fl) ^ (~el & gl);
      const t1l = (v[15] >>> 0) + (s1l >>> 0) + (pickL >>> 0) + (k[t + 1] >>> 0) + (w[t + 1] >>> 0);
      const t1h = v[14] + s1h + ((eh & fh) ^ (~eh & gh)) + k[t] + w[t] + carry(t1l);
      const s0h = cross(ah, al, 28) ^ cross(al, ah, 2) ^ cross(al, ah, 7);
      const s0l = cross(al, ah, 28) ^ cross(ah, al, 2) ^ cross(ah, al, 7);
      const t2l = (s0l >>> 0) + (((al & bl) ^ (al & cl) ^ (bl & cl)) >>> 0);
      const t2h = s0h + ((ah & bh) ^ (ah & ch) ^ (bh & ch)) + carry(t2l);
      const sumE = (v[7] >>> 0) + (t1l >>> 0);
      const e = v[6] + t1h + carry(sumE);
      v.copyWithin(2, 0, 14);
      v[8] = e;
      v[9] = sumE;
      const sumA = (t1l >>> 0) + (t2l >>> 0);
      v[0] = t1h + t2h + carry(sumA);
      v[1] = sumA;
    }
  }

  // --- messages -------------------------------------------------------------------------

  const ALGORITHMS = new Map();
  for (const [name, make] of Object.entries({ md5, sha1, sha256, sha512 })) {
    let made = null;
    for (const alias of [name, name.replace("sha", "sha-"), `rsa-${name}`]) {
      ALGORITHMS.set(alias, () => (made ??= make()));
    }
  }

  function algorithm(name, subject) {
    const make = ALGORITHMS.get(String(name).toLowerCase());
    if (make !== undefined) return make();
    if (/^(sha-?(224|384)|sha512-2|sha3|blake|ripemd|whirlpool|shake|sm3)/i.test(name)) {
      throw host.unavailable(`crypto's ${name}`);
    }
    throw new Error(subject === "hmac" ? `Invalid digest: ${name}` : "Digest method not supported");
  }

  // The padded message as 32-bit words.
  function wordsOf(bytes, { block, big }) {
    const { length } = bytes;
    const size = Math.ceil((length + (block === 128 ? 17 : 9)) / block) * block;
    const words = new Int32Array(size / 4);
    const turn = big ? 24 : 0;
    for (let at = 0; at < length; at += 1) {
      words[at >> 2] |= bytes.charCodeAt(at) << (turn ^ ((at & 3) << 3));
    }
    words[length >> 2] |= 0x80 << (turn ^ ((length & 3) << 3));
    const last = words.length - 1;
    words[big ? last - 1 : last] = Math.floor(length / 0x20000000);
    words[big ? last : last - 1] = length << 3;
    return words;
  }

  function digest(bytes, kind) {
    const state = Int32Array.from(kind.initial);
    const words = wordsOf(bytes, kind);
    for (let from = 0; from < words.length; from += kind.block / 4) kind.step(state, words, from);
    return state;
  }

  function hexOf(state, { big }) {
    let text = "";
    for (let at = 0; at < state.length; at += 1) {
      const word = big ? state[at] : swap(state[at]);
      text +=
        HEX[word >>> 24] + HEX[(word >>> 16) & 255] + HEX[(word >>> 8) & 255] + HEX[word & 255];
    }
    return text;
  }

  const swap = (word) => (rotl(word, 8) & 0x00ff00ff) | (rotl(word, 24) & 0xff00ff00);

  function latinOf(state, kind) {
    return hexOf(state, kind).replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16)));
  }

  function bytesOf(value, form, what) {
    if (typeof value === "string") {
      return form === undefined ? utf8Latin(value) : encoding(form).read(value);
    }
    if (ArrayBuffer.isView(value)) return latin(value);
    const received = value === null ? "null" : value === undefined ? "undefined" : typeof value;
    const text =
      `The "${what}" argument must be of type string or an instance of Buffer, TypedArray, ` +
      `or DataView. Received ${received}`;
    throw Object.assign(new TypeError(text), { code: "ERR_INVALID_ARG_TYPE" });
  }

  class Hash {
    #kind;
    #bytes;
    #finish;
    #done = false;

    constructor(kind, bytes, finish) {
      this.#kind = kind;
      this.#bytes = bytes;
      this.#finish = finish;
    }

    update(data, form = undefined) {
      this.#check();
      this.#bytes += bytesOf(data, form, "data");
      return this;
    }

    digest(form = undefined) {
      this.#check();
      this.#done = true;
      const state = this.#finish(digest(this.#bytes, this.#kind));
      if (form === "hex") return hexOf(state, this.#kind);
      const bytes = latinOf(state, this.#kind);
      if (form === undefined || form === "buffer") return Buffer.from(bytes, "latin1");
      return encoding(form).write(bytes);
    }

    copy() {
      this.#check();
      return new Hash(this.#kind, this.#bytes, this.#finish);
    }

    #check() {
      if (!this.#done) return;
      throw Object.assign(new Error("Digest already called"), {
        code: "ERR_CRYPTO_HASH_FINALIZED",
      });
    }
  }

  function createHash(name) {
    return new Hash(algorithm(name, "hash"), "", (state) => state);
  }

  function createHmac(name, key) {
    const kind = algorithm(name, "hmac");
    let bytes = bytesOf(key instanceof ArrayBuffer ? new Uint8Array(key) : key, undefined, "key");
    if (bytes.length > kind.block) bytes = latinOf(digest(bytes, kind), kind);
    bytes = bytes.padEnd(kind.block, "\0");
    const mixed = (mask) => {
      let text = "";
      for (const byte of bytes) text += String.fromCharCode(byte.charCodeAt(0) ^ mask);
      return text;
    };
    const outer = (inner) => digest(mixed(0x5c) + latinOf(inner, kind), kind);
    return new Hash(kind, mixed(0x36), outer);
  }

  function randomBytes(size) {
    return Buffer.from(Array.from({ length: size }, () => Math.floor(host.random() * 256)));
  }

  function randomUUID() {
    const bytes = randomBytes(16);
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  function timingSafeEqual(left, right) {
    if (left.byteLength === right.byteLength) return latin(left) === latin(right);
    const error = new RangeError("Input buffers must have the same byte length");
    throw Object.assign(error, { code: "ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH" });
  }

  const known = { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual };
  const crypto = new Proxy(known, {
    get(target, name) {
      if (typeof name === "symbol" || name in target) return target[name];
      throw host.unavailable(`crypto.${name}`);
    },
  });
  return { crypto };
};
