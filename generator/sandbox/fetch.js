// Segment's `fetch`: the rules of node-fetch 2.6.0, with answers from the job instead of a
// network. It differs from the standard's fetch where node-fetch does: a header that is
// undefined is sent as that word, a plain object as "[object Object]", and a redirect takes
// Authorization along to another host.
(host) => {
  const LEGAL_NAME = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
  const ILLEGAL_VALUE = /[^\t\x20-\x7e\x80-\xff]/;
  const PLAIN_URL =
    /^https?:\/\/[a-z0-9.-]{1,255}(?::[0-9]+)?(\/[\w\-.~!$&()*+,;=:@%/]*)?(?:\?[\w\-.~!$&()*+,;=:@%/?]*)?$/;
  const STATUS_TEXTS = Object.fromEntries(
    (
      "100 Continue|101 Switching Protocols|102 Processing|103 Early Hints|200 OK|201 Created|" +
      "202 Accepted|203 Non-Authoritative Information|204 No Content|205 Reset Content|" +
      "206 Partial Content|207 Multi-Status|208 Already Reported|226 IM Used|" +
      "300 Multiple Choices|301 Moved Permanently|302 Found|303 See Other|304 Not Modified|" +
      "305 Use Proxy|307 Temporary Redirect|308 Permanent Redirect|400 Bad Request|" +
      "401 Unauthorized|402 Payment Required|403 Forbidden|404 Not Found|" +
      "405 Method Not Allowed|406 Not Acceptable|407 Proxy Authentication Required|" +
      "408 Request Timeout|409 Conflict|410 Gone|411 Length Required|412 Precondition Failed|" +
      "413 Payload Too Large|414 URI Too Long|415 Unsupported Media Type|" +
      "416 Range Not Satisfiable|417 Expectation Failed|418 I'm a Teapot|" +
      "421 Misdirected Request|422 Unprocessable Entity|423 Locked|424 Failed Dependency|" +
      "425 Too Early|426 Upgrade Required|428 Precondition Required|429 Too Many Requests|" +
      "431 Request Header Fields Too Large|451 Unavailable For Legal Reasons|" +
      "500 Internal Server Error|501 Not Implemented|502 Bad Gateway|" +
      "503 Service Unavailable|504 Gateway Timeout|505 HTTP Version Not Supported|" +
      "506 Variant Also Negotiates|507 Insufficient Storage|508 Loop Detected|" +
      "509 Bandwidth Limit Exceeded|510 Not Extended|511 Network Authentication Required"
    )
      .split("|")
      .map((entry) => [entry.slice(0, 3), entry.slice(4)]),
  );
  const bytes = () => host.library("buffer");

  function fetchError(name) {
    function Made(message, type, code) {
      this.message = message;
      this.type = type;
      if (code !== undefined) this.code = this.errno = code;
      Error.captureStackTrace(this, Made);
    }
    Made.prototype = Object.create(Error.prototype);
    Made.prototype.constructor = Made;
    Made.prototype.name = name;
    Object.defineProperty(Made, "name", { value: name });
    return Made;
  }
  const FetchError = fetchError("FetchError");
  const AbortError = fetchError("AbortError");

  // --- headers ------------------------------------------------------------------------

  function headerName(name) {
    const text = `${name}`;
    if (!LEGAL_NAME.test(text)) throw new TypeError(`${text} is not a legal HTTP header name`);
    return text;
  }

  function headerValue(value) {
    const text = `${value}`;
    if (ILLEGAL_VALUE.test(text)) throw new TypeError(`${text} is not a legal HTTP header value`);
    return text;
  }

  class Headers {
    #map = new Map(); // lower-case name -> [name as first written, values]

    constructor(init = undefined) {
      if (init instanceof Headers) {
        for (const [name, values] of init.#map.values()) {
          for (const value of values) this.append(name, value);
        }
      } else if (typeof init === "object" && init !== null) {
        for (const [name, value] of Headers.#pairs(init)) this.append(name, value);
      } else if (init !== undefined && init !== null) {
        throw new TypeError("Provided initializer must be an object");
      }
    }

    static #pairs(init) {
      const iterator = init[Symbol.iterator];
      if (iterator === undefined || iterator === null) {
        return Object.keys(init).map((name) => [name, init[name]]);
      }
      if (typeof iterator !== "function") throw new TypeError("Header pairs must be iterable");
      const pairs = [...init].map((pair) => {
        if (typeof pair !== "object" || typeof pair[Symbol.iterator] !== "function") {
          throw new TypeError("Each header pair must be iterable");
        }
        return [...pair];
      });
      if (pairs.every((pair) => pair.length === 2)) return pairs;
      throw new TypeError("Each header pair must be a name/value tuple");
    }

    get(name) {
      const entry = this.#map.get(headerName(name).toLowerCase());
      return entry === undefined ? null : entry[1].join(", ");
    }

    has(name) {
      return this.#map.has(headerName(name).toLowerCase());
    }

    set(name, value) {
      const text = `${value}`;
      const written = headerName(name);
      const key = written.toLowerCase();
      this.#map.set(key, [this.#map.get(key)?.[0] ?? written, [headerValue(text)]]);
    }

    append(name, value) {
      const text = `${value}`;
      const written = headerName(name);
      const key = written.toLowerCase();
      headerValue(text);
      if (this.#map.has(key)) this.#map.get(key)[1].push(text);
      else this.#map.set(key, [written, [text]]);
    }

    delete(name) {
      this.#map.delete(headerName(name).toLowerCase());
    }

    raw() {
      const entries = [...this.#map.values()];
      return Object.assign(Object.create(null), Object.fromEntries(entries));
    }

    // node-fetch sorts by the names as they were written.
    #sorted() {
      const byName = ([[left]], [[right]]) => (left < right ? -1 : left > right ? 1 : 0);
      return [...this.#map]
        .map(([key, [written, values]]) => [[written], [key, values.join(", ")]])
        .sort(byName)
        .map(([, pair]) => pair);
    }

    forEach(callback, self = undefined) {
      for (const [name, value] of this.#sorted()) callback.call(self, value, name, this);
    }

    keys() {
      return this.#sorted()
        .map(([name]) => name)
        .values();
    }

    values() {
      return this.#sorted()
        .map(([, value]) => value)
        .values();
    }

    entries() {
      return this.#sorted().values();
    }

    [Symbol.iterator]() {
      return this.entries();
    }

    get [Symbol.toStringTag]() {
      return "Headers";
    }

    static plain(headers) {
      const plain = Object.create(null);
      for (const [name, [, values]] of headers.#map) plain[name] = values.join(", ");
      return plain;
    }

    static lenient(given) {
      const headers = new Headers();
      for (const [name, value] of Object.entries(given)) {
        if (LEGAL_NAME.test(name) && !ILLEGAL_VALUE.test(value)) headers.append(name, value);
      }
      return headers;
    }
  }
  const { plain, lenient } = Headers;
  delete Headers.plain;
  delete Headers.lenient;

  // --- bodies -------------------------------------------------------------------------

  const isSearch = (value) =>
    typeof value === "object" &&
    ["append", "delete", "get", "getAll", "has", "set"].every(
      (name) => typeof value[name] === "function",
    );
  const isBinary = (value) =>
    ArrayBuffer.isView(value) || Object.prototype.toString.call(value) === "[object ArrayBuffer]";

  // A body: text or bytes, and whether it arrives as a stream that may never end.
  function contentOf(body) {
    if (body === undefined || body === null) return null;
    if (body instanceof Content) return body;
    if (isBinary(body)) return new Content(bytes().latin(body), { binary: true });
    return new Content(isSearch(body) ? body.toString() : String(body));
  }

  class Content {
    constructor(text, { binary = false, stream = false, ends = true } = {}) {
      this.raw = text; // one character a byte where it is binary
      this.binary = binary;
      this.stream = stream;
      this.ends = ends;
    }
    get text() {
      return this.binary ? bytes().utf8Text(this.raw) : host.wellFormed(this.raw);
    }
    get buffer() {
      const { Buffer } = bytes();
      return Buffer.from(this.raw, this.binary ? "latin1" : "utf8");
    }
  }

  function contentType(body) {
    if (isSearch(body)) return "application/x-www-form-urlencoded;charset=UTF-8";
    return isBinary(body) || body instanceof Content ? null : "text/plain;charset=UTF-8";
  }

  class Body {
    #content;
    #used = false;

    constructor(body, { size = 0, timeout = 0 } = {}) {
      this.#content = contentOf(body);
      this.size = size;
      this.timeout = timeout;
    }

    get body() {
      if (this.#content === null) return null;
      return this.#content.stream ? host.missing("a body as a stream") : this.#content.buffer;
    }

    get bodyUsed() {
      return this.#used;
    }

    // Without a timeout, node-fetch waits for ever for the end of a body.
    #consume() {
      if (this.#used) {
        return Promise.reject(new TypeError(`body used already for: ${this.url}`));
      }
      this.#used = true;
      if (this.#content === null) return Promise.resolve(new Content(""));
      if (this.#content.ends) return Promise.resolve(this.#content);
      return new Promise((_, reject) => {
        const message = `Response timeout while trying to fetch ${this.url} (over ${this.timeout}ms)`;
        if (!this.timeout) return;
        host.schedule(this.timeout, () => reject(new FetchError(message, "body-timeout")));
      });
    }

    async json() {
      const { text } = await this.#consume();
      try {
        return JSON.parse(text);
      } catch (error) {
        const reason = host.asNode20(error.message);
        const message = `invalid json response body at ${this.url} reason: ${reason}`;
        throw new FetchError(message, "invalid-json");
      }
    }

    async text() {
      return (await this.#consume()).text;
    }

    async buffer() {
      return (await this.#consume()).buffer;
    }

    async arrayBuffer() {
      const { buffer, byteOffset, byteLength } = (await this.#consume()).buffer;
      return buffer.slice(byteOffset, byteOffset + byteLength);
    }

    async blob() {
      throw host.unavailable("Blob");
    }

    async textConverted() {
      throw new Error(
        "The package `encoding` must be installed to use the textConverted() function",
      );
    }

    static content(body) {
      return body.#content;
    }

    static copy(body) {
      if (body.#used) throw new Error("cannot clone body after it is used");
      return body.#content;
    }
  }
  const { content, copy } = Body;
  delete Body.content;
  delete Body.copy;

  class Response extends Body {
    #told;

    constructor(body = null, options = {}) {
      super(body, options);
      const headers = new Headers(options.headers);
      if (body !== null && !headers.has("Content-Type")) {
        const type = contentType(body);
        if (type !== null) headers.append("Content-Type", type);
      }
      const status = options.status || 200;
      const statusText = options.statusText || STATUS_TEXTS[status];
      this.#told = { url: options.url, status, statusText, headers, counter: options.counter };
    }

    get url() {
      return this.#told.url || "";
    }

    get status() {
      return this.#told.status;
    }

    get ok() {
      return this.#told.status >= 200 && this.#told.status < 300;
    }

    get redirected() {
      return this.#told.counter > 0;
    }

    get statusText() {
      return this.#told.statusText;
    }

    get headers() {
      return this.#told.headers;
    }

    clone() {
      const { url, status, statusText, headers } = this;
      return new Response(copy(this), { url, status, statusText, headers });
    }

    get [Symbol.toStringTag]() {
      return "Response";
    }
  }

  // --- requests -----------------------------------------------------------------------

  // Node's older parser decides what a URL is here; plain ones need no parsing.
  const parsed = new Map();

  function parseUrl(text) {
    if (parsed.has(text)) return parsed.get(text);
    const made = parseNew(text);
    if (parsed.size < 1000) parsed.set(text, made);
    return made;
  }

  function parseNew(text) {
    const match = PLAIN_URL.exec(text);
    if (match === null) return host.library("url").legacyParse(text);
    const cut = text.indexOf("?");
    const at = match[1] !== undefined ? -1 : cut < 0 ? text.length : cut;
    const href = at < 0 ? text : `${text.slice(0, at)}/${text.slice(at)}`;
    const protocol = text.slice(0, text.indexOf(":") + 1);
    return {
      protocol,
      hostname: href.split("/")[2].replace(/:.*/, ""),
      href,
      path: "/",
      auth: null,
    };
  }

  function isAbortSignal(signal) {
    const proto = typeof signal === "object" && Object.getPrototypeOf(signal);
    return Boolean(proto && proto.constructor.name === "AbortSignal");
  }

  class Request extends Body {
    #told;

    constructor(input, init = {}) {
      const from = typeof input === "object" && input !== null && #told in input ? input : null;
      const target = parseUrl(from ? from.url : input && input.href ? input.href : `${input}`);
      let method = init.method || from?.method || "GET";
      method = method.toUpperCase();
      const inherited = from === null ? null : copy(from);
      const given = init.body ?? inherited;
      if (given !== null && (method === "GET" || method === "HEAD")) {
        throw new TypeError("Request with GET/HEAD method cannot have body");
      }
      const limits = {
        timeout: init.timeout || from?.timeout || 0,
        size: init.size || from?.size || 0,
      };
      super(given, limits);
      const headers = new Headers(init.headers || from?.headers || {});
      if (given !== null && !headers.has("Content-Type")) {
        const type = contentType(given);
        if (type !== null) headers.append("Content-Type", type);
      }
      const signal = "signal" in init ? init.signal : (from?.signal ?? null);
      if (signal !== null && signal !== undefined && !isAbortSignal(signal)) {
        throw new TypeError("Expected signal to be an instanceof AbortSignal");
      }
      const redirect = init.redirect || from?.redirect || "follow";
      this.#told = { method, redirect, headers, target, signal };
      this.follow = init.follow ?? from?.follow ?? 20;
      this.compress = init.compress ?? from?.compress ?? true;
      this.counter = init.counter || from?.counter || 0;
      this.agent = init.agent || from?.agent;
    }

    get method() {
      return this.#told.method;
    }

    get url() {
      return this.#told.target.href;
    }

    get headers() {
      return this.#told.headers;
    }

    get redirect() {
      return this.#told.redirect;
    }

    get signal() {
      return this.#told.signal;
    }

    clone() {
      return new Request(this);
    }

    get [Symbol.toStringTag]() {
      return "Request";
    }

    static target(request) {
      return request.#told.target;
    }
  }
  const { target: targetOf } = Request;
  delete Request.target;

  // What node-fetch and Node's `http.request` refuse before anything is sent.
  function checkRequest({ method }, { protocol, hostname, path, href }) {
    if (!protocol || !hostname) throw new TypeError("Only absolute URLs are supported");
    if (!/^https?:$/.test(protocol)) throw new TypeError("Only HTTP(S) protocols are supported");
    if (/[^\u0021-\u00ff]/.test(path)) {
      const error = new TypeError("Request path contains unescaped characters");
      throw Object.assign(error, { code: "ERR_UNESCAPED_CHARACTERS" });
    }
    if (!LEGAL_NAME.test(method)) {
      const error = new TypeError(`Method must be a valid HTTP token ["${method}"]`);
      throw Object.assign(error, { code: "ERR_INVALID_HTTP_TOKEN" });
    }
    const port = /^[^/]*\/\/[^/?#]*:([0-9]+)(?:[/?#]|$)/.exec(href)?.[1];
    if (port > 65535) {
      const told = `Port should be >= 0 and < 65536. Received type string ('${port}').`;
      throw Object.assign(new RangeError(told), { code: "ERR_SOCKET_BAD_PORT" });
    }
  }

  function recordOf(request, { auth }) {
    const headers = plain(request.headers);
    if (auth && headers.authorization === undefined) {
      headers.authorization = "Basic " + bytes().Buffer.from(auth).toString("base64");
    }
    const sent = content(request);
    const text = sent?.text || null; // an empty body is none on the wire
    if (text !== null) delete headers["content-length"]; // node-fetch writes its own
    return {
      method: request.method,
      url: request.url,
      headers,
      text,
      response: null,
      dropped: false,
    };
  }

  const FAULTS = {
    refused: ["ECONNREFUSED", () => "connect ECONNREFUSED 192.0.2.1:443"],
    reset: ["ECONNRESET", () => "socket hang up"],
    dns: ["ENOTFOUND", (hostname) => `getaddrinfo ENOTFOUND ${hostname}`],
    tls: ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", () => "unable to verify the first certificate"],
  };
  const isRedirect = (status) => [301, 302, 303, 307, 308].includes(status);

  function fetch(url, options) {
    return new Promise((resolve, reject) => {
      const request = new Request(url, options);
      const target = targetOf(request);
      checkRequest(request, target);
      perform(request, target, resolve, reject);
    });
  }

  function perform(request, target, resolve, reject) {
    const { signal, timeout } = request;
    const record = recordOf(request, target);
    let timer = null;
    const fail = (error) => {
      record.dropped = true;
      if (timer !== null) host.cancel(timer);
      signal?.removeEventListener("abort", abort);
      reject(error);
    };
    const abort = () => fail(new AbortError("The user aborted a request.", "aborted"));
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort);
    if (timeout) {
      const late = () => new FetchError(`network timeout at: ${request.url}`, "request-timeout");
      timer = host.schedule(timeout, () => fail(late()));
    }
    host.send(record, (answer) => {
      if (timer !== null) host.cancel(timer);
      const fault = FAULTS[answer.fault];
      if (fault !== undefined) {
        const reason = `request to ${request.url} failed, reason: ${fault[1](target.hostname)}`;
        return fail(new FetchError(reason, "system", fault[0]));
      }
      answered(request, answer, resolve, fail);
    });
  }

  function answered(request, answer, resolve, fail) {
    const headers = lenient(answer.headers);
    if (isRedirect(answer.status)) {
      const location = headers.get("Location");
      const target = location === null ? null : resolveUrl(request.url, location);
      if (request.redirect === "error") {
        const message = `redirect mode is set to error: ${request.url}`;
        return fail(new FetchError(message, "no-redirect"));
      }
      if (request.redirect === "manual" && target !== null) headers.set("Location", target);
      if (request.redirect === "follow" && target !== null) {
        return follow(request, answer.status, target, resolve, fail);
      }
    }
    if (answer.fault !== null) {
      headers.set("content-length", bytes().utf8Latin(answer.text).length + 10); // never arrives
    }
    const empty = request.method === "HEAD" || answer.status === 204 || answer.status === 304;
    const ends = answer.fault === null;
    const body = new Content(empty ? "" : answer.text, { stream: true, ends });
    const { url, size, timeout, counter } = request;
    const { status } = answer;
    return resolve(new Response(body, { url, status, headers, size, timeout, counter }));
  }

  function resolveUrl(base, location) {
    if (/^https?:\/\//i.test(location)) return parseUrl(location).href;
    const { URL } = host.library("url");
    return new URL(location, base).href;
  }

  // The headers go along as they are, Authorization too: so does node-fetch 2.6.0.
  function follow(request, status, location, resolve, fail) {
    if (request.counter >= request.follow) {
      return fail(new FetchError(`maximum redirect reached at: ${request.url}`, "max-redirect"));
    }
    const { agent, compress, signal, timeout } = request;
    const asGet =
      status === 303 || ((status === 301 || status === 302) && request.method === "POST");
    const next = new Request(location, {
      headers: new Headers(request.headers),
      follow: request.follow,
      counter: request.counter + 1,
      agent,
      compress,
      signal,
      timeout,
      method: asGet ? "GET" : request.method,
      body: asGet ? undefined : content(request),
    });
    if (asGet) next.headers.delete("content-length");
    return resolve(fetch(next));
  }

  Object.assign(fetch, { isRedirect, Promise, Headers, Request, Response, FetchError });
  fetch.default = fetch;
  return { fetch, Headers, Request, Response };
};
