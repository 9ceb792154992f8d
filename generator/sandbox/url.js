// `URL` and `URLSearchParams` of the URL standard, for http and https; and `legacyParse`,
// Node's older url.parse, which node-fetch 2.6.0 reads its argument with.
(host) => {
  const { utf8Latin, utf8Text } = host.library("buffer");
  const PORTS = { "http:": "80", "https:": "443" };

  function invalid(input) {
    return Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL", input });
  }

  // --- percent-encoding -----------------------------------------------------------------

  // The characters that stay are given; every other is written as its UTF-8 bytes.
  function percentEncode(text, keep) {
    return utf8Latin(text).replace(/[^]/g, (byte) =>
      keep.test(byte) ? byte : "%" + (byte.charCodeAt(0) | 256).toString(16).slice(1).toUpperCase(),
    );
  }

  const IN_FRAGMENT = /[!#-;=?-_a-~]/;
  const IN_QUERY = /[!$-&(-;=?-~]/; // of a special scheme: the apostrophe is encoded too
  const IN_PATH = /[!$-;=@-_a-z|~]/;
  const IN_USERINFO = /[!$-.0-9A-Z_a-z~%]/;
  const IN_FORM = /[*\-.0-9A-Z_a-z]/;

  function percentDecode(text) {
    const bytes = utf8Latin(text).replace(/%([0-9a-f]{2})/gi, (_, hex) =>
      String.fromCharCode(parseInt(hex, 16)),
    );
    return utf8Text(bytes);
  }

  // --- hosts ----------------------------------------------------------------------------

  // Punycode, RFC 3492: the ASCII form of a label.
  function punycode(label) {
    const points = Array.from(label, (letter) => letter.codePointAt(0));
    const basic = points.filter((point) => point < 128);
    let output = String.fromCodePoint(...basic) + (basic.length > 0 ? "-" : "");
    let [n, delta, bias, handled] = [128, 0, 72, basic.length];
    while (handled < points.length) {
      const next = Math.min(...points.filter((point) => point >= n));
      delta += (next - n) * (handled + 1);
      n = next;
      for (const point of points) {
        if (point < n) delta += 1;
        if (point !== n) continue;
        output += variableLength(delta, bias);
        bias = adapt(delta, handled + 1, handled === basic.length);
        delta = 0;
        handled += 1;
      }
      delta += 1;
      n += 1;
    }
    return "xn--" + output;
  }

  function variableLength(delta, bias) {
    let text = "";
    let rest = delta;
    for (let k = 36; ; k += 36) {
      const threshold = Math.min(26, Math.max(1, k - bias));
      if (rest < threshold) return text + rest.toString(36).replace(/./, digit);
      const digitValue = threshold + ((rest - threshold) % (36 - threshold));
      text += digit(digitValue.toString(36));
      rest = Math.floor((rest - threshold) / (36 - threshold));
    }
  }

  // JavaScript counts 0-9a-z, punycode a-z0-9.
  function digit(letter) {
    const value = parseInt(letter, 36);
    return value < 26 ? String.fromCharCode(97 + value) : String(value - 26);
  }

  function adapt(delta, points, isFirst) {
    let rest = Math.floor(delta / (isFirst ? 700 : 2));
    rest += Math.floor(rest / points);
    let k = 0;
    for (; rest > 455; k += 36) rest = Math.floor(rest / 35);
    return k + Math.floor((36 * rest) / (rest + 38));
  }

  // UTS 46 as far as Unicode's own compatibility forms and lower case go.
  function toAscii(domain) {
    if (domain.includes("\ufffd")) return "\ufffd";
    return domain
      .replace(/[\u00ad\u200b\u2060\ufeff\ufe00-\ufe0f]/g, "")
      .replace(/[\u3002\uff0e\uff61]/g, ".")
      .normalize("NFKC")
      .toLowerCase()
      .replace(/\u1e9e/g, "ss")
      .normalize("NFC")
      .split(".")
      .map((label) => (/[^\0-\x7f]/.test(label) ? punycode(label) : label))
      .join(".");
  }

  function parseHost(text, input) {
    if (text.startsWith("[")) {
      if (!text.endsWith("]")) throw invalid(input);
      return `[${parseIpv6(text.slice(1, -1), input)}]`;
    }
    const ascii = toAscii(percentDecode(text));
    if (ascii === "" || /[\0- #%/:<>?@[\\\]^|\x7f\ufffd]/.test(ascii)) throw invalid(input);
    return endsInNumber(ascii) ? parseIpv4(ascii, input) : ascii;
  }

  function endsInNumber(domain) {
    const parts = domain.split(".");
    if (parts.at(-1) === "" && parts.length > 1) parts.pop();
    return /^(?:[0-9]+|0x[0-9a-f]*)$/i.test(parts.at(-1));
  }

  function parseIpv4(domain, input) {
    const parts = domain.replace(/\.$/, "").split(".");
    const numbers = parts.map((part) => {
      if (/^0x[0-9a-f]*$/i.test(part)) return part.length === 2 ? 0 : parseInt(part, 16);
      if (/^0[0-7]*$/.test(part)) return parseInt(part, 8);
      return /^[1-9][0-9]*$/.test(part) ? Number(part) : NaN;
    });
    const last = numbers.pop();
    const room = 256 ** (4 - numbers.length);
    if (numbers.length > 3 || !(last < room) || !numbers.every((number) => number <= 255)) {
      throw invalid(input);
    }
    const whole = numbers.reduce((sum, number, at) => sum + number * 256 ** (3 - at), last);
    return [24, 16, 8, 0].map((shift) => Math.floor(whole / 2 ** shift) % 256).join(".");
  }

  function parseIpv6(text, input) {
    const tail = /^(.*:)(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})$/.exec(text);
    const plain = tail === null ? text : tail[1] + ipv4Pieces(tail[2], input);
    const halves = plain.split("::");
    const [left, right = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
    const gap = 8 - left.length - right.length;
    const fits = halves.length === 1 ? gap === 0 : halves.length === 2 && gap >= 1;
    const pieces = [...left, ...Array(Math.max(0, gap)).fill("0"), ...right];
    if (!fits || !pieces.every((piece) => /^[0-9a-f]{1,4}$/i.test(piece))) throw invalid(input);
    return compress(pieces.map((piece) => parseInt(piece, 16).toString(16)));
  }

  function ipv4Pieces(text, input) {
    const parts = text.split(".");
    if (!parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && part <= 255))
      throw invalid(input);
    const [a, b, c, d] = parts.map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  }

  function compress(pieces) {
    const runs = [...pieces.join(":").matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)];
    const longest = runs.sort((one, other) => other[0].length - one[0].length)[0];
    if (longest === undefined) return pieces.join(":");
    const text = pieces.join(":");
    const before = text.slice(0, longest.index);
    const after = text.slice(longest.index + longest[0].length).replace(/^:/, "");
    return `${before}::${after}`;
  }

  // --- the parser -----------------------------------------------------------------------

  function parse(given, base) {
    const input = host.wellFormed(String(given));
    const text = input.replace(/^[\0- ]+|[\0- ]+$/g, "").replace(/[\t\n\r]/g, "");
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text);
    if (scheme === null) {
      if (base === undefined) throw invalid(input);
      return parseRelative(text, base, input);
    }
    const protocol = scheme[0].toLowerCase();
    if (!Object.hasOwn(PORTS, protocol))
      throw host.unavailable(`a URL that begins with ${protocol}`);
    const rest = text.slice(scheme[0].length);
    if (base !== undefined && base.protocol === protocol && !/^[/\\]{2}/.test(rest)) {
      return parseRelative(rest, base, input);
    }
    return parseAuthority(protocol, rest.replace(/^[/\\]*/, ""), input);
  }

  function parseAuthority(protocol, text, input) {
    const end = text.search(/[/\\?#]/);
    const authority = end < 0 ? text : text.slice(0, end);
    const at = authority.lastIndexOf("@");
    const [, name, port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority.slice(at + 1)) ?? [];
    if (name === undefined || name === "") throw invalid(input);
    const url = { protocol, username: "", password: "", hostname: parseHost(name, input) };
    url.port = parsePort(port ?? "", protocol, input);
    if (at >= 0) Object.assign(url, credentials(authority.slice(0, at)));
    return Object.assign(url, parseRest(end < 0 ? "" : text.slice(end), []));
  }

  function credentials(text) {
    const colon = text.indexOf(":");
    const [username, password] =
      colon < 0 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
    return {
      username: percentEncode(username, IN_USERINFO),
      password: percentEncode(password, IN_USERINFO),
    };
  }

  function parsePort(text, protocol, input) {
    if (!/^[0-9]*$/.test(text) || Number(text) > 65535) throw invalid(input);
    const port = text === "" ? "" : String(Number(text));
    return port === PORTS[protocol] ? "" : port;
  }

  function parseRelative(text, base, input) {
    if (/^[/\\]{2}/.test(text)) {
      return parseAuthority(base.protocol, text.replace(/^[/\\]*/, ""), input);
    }
    const { protocol, username, password, hostname, port } = base;
    const url = { protocol, username, password, hostname, port };
    if (text === "" || /^[?#]/.test(text)) {
      const [, query, fragment] = cut(text);
      const inherited = query === null ? base.query : queryText(query);
      return Object.assign(url, {
        path: base.path,
        query: inherited,
        fragment: fragmentText(fragment),
      });
    }
    const start = /^[/\\]/.test(text) ? [] : base.path.slice(0, -1);
    return Object.assign(url, parseRest(text, start));
  }

  // Path, query and fragment of a text; the latter two are null where their sign is missing.
  function cut(text) {
    const [, path, query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#([^]*))?$/.exec(text);
    return [path, query ?? null, fragment ?? null];
  }

  const queryText = (query) => (query === null ? null : percentEncode(query, IN_QUERY));
  const fragmentText = (fragment) =>
    fragment === null ? null : percentEncode(fragment, IN_FRAGMENT);
  const marked = (sign, text) => (text === null ? "" : sign + text);
  const shown = (sign, text) => (text ? sign + text : "");

  function parseRest(text, start) {
    const [path, query, fragment] = cut(text);
    return {
      path: parsePath(path.replace(/^[/\\]/, ""), start),
      query: queryText(query),
      fragment: fragmentText(fragment),
    };
  }

  // The segments behind the slashes; dots name the same or the upper folder.
  function parsePath(text, start) {
    const path = [...start];
    const segments = text.split(/[/\\]/);
    segments.forEach((segment, at) => {
      const last = at === segments.length - 1;
      if (/^(?:\.|%2e){2}$/i.test(segment)) {
        path.pop();
        if (last) path.push("");
      } else if (/^(?:\.|%2e)$/i.test(segment)) {
        if (last) path.push("");
      } else {
        path.push(percentEncode(segment, IN_PATH));
      }
    });
    return path;
  }

  // --- URL ------------------------------------------------------------------------------

  class URL {
    #url;
    #params = null;

    constructor(input, base = undefined) {
      const from = base === undefined ? undefined : parse(base, undefined);
      this.#url = parse(input, from);
    }

    static canParse(input, base = undefined) {
      try {
        return Boolean(new URL(input, base));
      } catch (error) {
        if (error.code === "ERR_INVALID_URL") return false;
        throw error;
      }
    }

    get href() {
      const { username, password, query, fragment } = this.#url;
      const secret = password === "" ? "" : ":" + password;
      const user = username === "" && secret === "" ? "" : `${username}${secret}@`;
      const end = marked("?", query) + marked("#", fragment);
      return `${this.protocol}//${user}${this.host}${this.pathname}${end}`;
    }
    set href(text) {
      this.#url = parse(text, undefined);
      this.#refresh();
    }

    get origin() {
      return `${this.protocol}//${this.host}`;
    }

    get protocol() {
      return this.#url.protocol;
    }
    set protocol(text) {
      const protocol = String(text).replace(/:.*$/, "").toLowerCase() + ":";
      if (!Object.hasOwn(PORTS, protocol)) return;
      this.#url.protocol = protocol;
      if (this.#url.port === PORTS[protocol]) this.#url.port = "";
    }

    get username() {
      return this.#url.username;
    }
    set username(text) {
      this.#url.username = percentEncode(String(text), IN_USERINFO);
    }

    get password() {
      return this.#url.password;
    }
    set password(text) {
      this.#url.password = percentEncode(String(text), IN_USERINFO);
    }

    get host() {
      const { hostname, port } = this.#url;
      return port === "" ? hostname : `${hostname}:${port}`;
    }
    set host(text) {
      this.#change(() => {
        const { hostname, port } = parseAuthority(this.protocol, String(text), text);
        this.#url.hostname = hostname;
        if (/:[0-9]/.test(text)) this.#url.port = port;
      });
    }

    get hostname() {
      return this.#url.hostname;
    }
    set hostname(text) {
      this.#change(() => {
        if (!/^[^:]*$|^\[.*\]$/.test(text)) throw invalid(text);
        this.#url.hostname = parseAuthority(this.protocol, String(text), text).hostname;
      });
    }

    get port() {
      return this.#url.port;
    }
    set port(text) {
      this.#change(() => {
        const [digits] = /^[0-9]*/.exec(String(text));
        if (digits === "" && String(text) !== "") return;
        this.#url.port = parsePort(digits, this.protocol, text);
      });
    }

    get pathname() {
      return "/" + this.#url.path.join("/");
    }
    set pathname(text) {
      const escaped = String(text).replace(/[?#]/g, (sign) => (sign === "?" ? "%3F" : "%23"));
      this.#url.path = parsePath(escaped.replace(/^[/\\]/, ""), []);
    }

    get search() {
      return shown("?", this.#url.query);
    }
    set search(text) {
      const query = String(text).replace(/^\?/, "").replace(/#/g, "%23");
      this.#url.query = query === "" ? null : queryText(query);
      this.#refresh();
    }

    get searchParams() {
      this.#params ??= URLSearchParams.of(this.search, (text) => {
        this.#url.query = text === "" ? null : text;
      });
      return this.#params;
    }

    get hash() {
      return shown("#", this.#url.fragment);
    }
    set hash(text) {
      const fragment = String(text).replace(/^#/, "");
      this.#url.fragment = fragment === "" ? null : fragmentText(fragment);
    }

    toString() {
      return this.href;
    }

    toJSON() {
      return this.href;
    }

    // A setter ignores what does not parse.
    #change(change) {
      try {
        change();
      } catch (error) {
        if (error.code !== "ERR_INVALID_URL") throw error;
      }
    }

    #refresh() {
      if (this.#params !== null) URLSearchParams.reset(this.#params, this.search);
    }

    get [Symbol.toStringTag]() {
      return "URL";
    }
  }

  // --- URLSearchParams ------------------------------------------------------------------

  class URLSearchParams {
    #pairs = [];
    #changed = () => {};

    constructor(init = undefined) {
      this.#pairs = URLSearchParams.#read(init);
    }

    static #read(init) {
      if (init === undefined || init === null) return [];
      if (typeof init !== "object" && typeof init !== "function") {
        return URLSearchParams.#parse(String(init));
      }
      if (init instanceof URLSearchParams) return init.#pairs.map((pair) => [...pair]);
      if (typeof init[Symbol.iterator] !== "function") {
        return Object.keys(init).map((name) => pairOf(name, init[name]));
      }
      return [...init].map((pair) => {
        const both = [...pair];
        if (both.length === 2) return pairOf(...both);
        throw new TypeError("Each query pair must be an iterable [name, value] tuple");
      });
    }

    static #parse(text) {
      return host
        .wellFormed(text)
        .replace(/^\?/, "")
        .split("&")
        .filter((part) => part !== "")
        .map((part) => {
          const sign = part.indexOf("=");
          const both = sign < 0 ? [part, ""] : [part.slice(0, sign), part.slice(sign + 1)];
          return both.map((piece) => formDecode(piece.replace(/\+/g, " ")));
        });
    }

    static of(text, changed) {
      const made = new URLSearchParams(text);
      made.#changed = changed;
      return made;
    }

    static reset(params, text) {
      params.#pairs = URLSearchParams.#parse(text);
    }

    #update(pairs) {
      this.#pairs = pairs;
      this.#changed(this.toString());
    }

    get size() {
      return this.#pairs.length;
    }

    append(name, value) {
      this.#update([...this.#pairs, pairOf(name, value)]);
    }

    delete(name, value = undefined) {
      const gone = ([key, known]) =>
        key === String(name) && (value === undefined || known === String(value));
      this.#update(this.#pairs.filter((pair) => !gone(pair)));
    }

    get(name) {
      return this.#pairs.find(([key]) => key === String(name))?.[1] ?? null;
    }

    getAll(name) {
      return this.#pairs.filter(([key]) => key === String(name)).map(([, value]) => value);
    }

    has(name, value = undefined) {
      return this.#pairs.some(
        ([key, known]) => key === String(name) && (value === undefined || known === String(value)),
      );
    }

    set(name, value) {
      const pair = pairOf(name, value);
      const place = this.#pairs.findIndex(([key]) => key === pair[0]);
      const pairs = this.#pairs.filter(([key], at) => key !== pair[0] || at === place);
      if (place < 0) pairs.push(pair);
      else pairs[place] = pair;
      this.#update(pairs);
    }

    sort() {
      const byName = ([left], [right]) => (left < right ? -1 : left > right ? 1 : 0);
      this.#update([...this.#pairs].sort(byName));
    }

    forEach(callback, self = undefined) {
      for (const [name, value] of this.#pairs) callback.call(self, value, name, this);
    }

    keys() {
      return this.#pairs.map(([name]) => name).values();
    }

    values() {
      return this.#pairs.map(([, value]) => value).values();
    }

    entries() {
      return this.#pairs.map((pair) => [...pair]).values();
    }

    [Symbol.iterator]() {
      return this.entries();
    }

    toString() {
      return this.#pairs.map((pair) => pair.map(formEncode).join("=")).join("&");
    }

    get [Symbol.toStringTag]() {
      return "URLSearchParams";
    }
  }

  const pairOf = (name, value) => [host.wellFormed(String(name)), host.wellFormed(String(value))];
  // Where something does not decode, Node.js 20 cuts the other characters to a byte.
  function formDecode(text) {
    if (!/%[0-9a-f]{2}/i.test(text)) return text;
    try {
      return decodeURIComponent(text);
    } catch {
      const cutText = text.replace(/[^]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) & 255));
      const hex = /%([0-9a-f]{2})/gi;
      return utf8Text(cutText.replace(hex, (_, pair) => String.fromCharCode(parseInt(pair, 16))));
    }
  }
  const formEncode = (text) => percentEncode(text, IN_FORM).replace(/%20/g, "+");

  // --- Node's older parser --------------------------------------------------------------

  const BLANKS = "[\\0- \\u00a0\\ufeff]";
  const ENDS = new RegExp(`^${BLANKS}+|${BLANKS}+$`, "g");

  // Protocol, host and the rest of any text, as far as node-fetch looks at them. Throws
  // where Node does.
  function legacyParse(given) {
    const trimmed = given.replace(ENDS, "");
    const mark = trimmed.search(/[?#]/);
    const head = mark < 0 ? trimmed : trimmed.slice(0, mark);
    const text = head.replace(/\\/g, "/") + trimmed.slice(head.length);
    const scheme = /^[a-z0-9.+-]+:/i.exec(text);
    const nothing = { protocol: null, hostname: null, auth: null, path: text, href: text };
    if (scheme === null) return nothing;
    const protocol = scheme[0].toLowerCase();
    const rest = text.slice(protocol.length);
    const slashes = rest.startsWith("//");
    const slashed = /^(https?|ftp|gopher|file|wss?):$/.test(protocol);
    if (protocol === "javascript:" || (!slashes && slashed)) return { ...nothing, protocol };
    const found = legacyHost(slashes ? rest.slice(2) : rest, given);
    return { protocol, ...found, ...legacyHref(protocol, slashes || slashed, found) };
  }

  function legacyHost(text, input) {
    const end = text.search(/[#/?]/);
    const authority = (end < 0 ? text : text.slice(0, end)).replace(/[\t\n\r]/g, "");
    const at = authority.lastIndexOf("@");
    const auth = at < 0 ? null : decodeURIComponent(authority.slice(0, at));
    const behind = authority.slice(at + 1);
    const odd = behind.search(/[ "%';<>\\^`{|}]/);
    const name = odd < 0 ? behind : behind.slice(0, odd);
    let rest = behind.slice(name.length) + (end < 0 ? "" : text.slice(end));
    const [, host_, port] = /^(.*?)(?::([0-9]*))?$/.exec(name);
    if (/^\[.*\]$/.test(host_)) {
      if (/[\0\t\n\r #%/<>?@\\^|]/.test(host_)) throw invalid(input);
      if (!rest.startsWith("/")) rest = "/" + rest;
      return {
        auth,
        hostname: host_.slice(1, -1).toLowerCase(),
        host: withPort(host_.toLowerCase(), port),
        rest,
      };
    }
    const colon = host_.indexOf(":");
    if (colon >= 0) rest = `/${host_.slice(colon)}${rest}`;
    const short = (colon < 0 ? host_ : host_.slice(0, colon)).toLowerCase();
    const hostname = short.length > 255 ? "" : legacyAscii(short, input);
    return { auth, hostname, host: withPort(hostname, port), rest };
  }

  function legacyAscii(hostname, input) {
    if (hostname === "") return "";
    const ascii = /[^\0-\x7f]/.test(hostname) ? toAscii(host.wellFormed(hostname)) : hostname;
    if (ascii === "" || /[\ufffd\0\t\n\r #%/:<>?@[\\\]^|]/.test(ascii)) throw invalid(input);
    return ascii;
  }

  const withPort = (hostname, port) => (port ? `${hostname}:${port}` : hostname);

  const LEGACY_ESCAPES = /[\t\n\r "'<>\\^`{|}]/g;

  // The rest of the URL, escaped, and the whole of it as node-fetch names it.
  function legacyHref(protocol, slashes, { auth, hostname, host: name, rest }) {
    const escaped = rest.replace(
      LEGACY_ESCAPES,
      (letter) => "%" + (letter.charCodeAt(0) | 256).toString(16).slice(1).toUpperCase(),
    );
    const [, written, search = "", hash = ""] = /^([^?#]*)(\?[^#]*)?(#[^]*)?$/.exec(escaped);
    const pathname = written === "" && hostname !== "" && slashes ? "/" : written;
    const user = auth ? percentEncode(auth, /[!'-*\-.0-9:A-Z_a-z~]/) + "@" : "";
    const gap = slashes && pathname !== "" && !pathname.startsWith("/") ? "/" : "";
    const start = `${protocol}${slashes ? "//" : ""}${name === "" ? "" : user + name}`;
    return { path: pathname + search, href: `${start}${gap}${pathname}${search}${hash}` };
  }

  return { URL, URLSearchParams, legacyParse };
};
