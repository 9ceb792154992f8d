// What a source function has besides: the request that `onRequest` gets, and `Segment`, which
// takes the calls and objects that it makes of it. The checks are those of Segment's own harness.
(host) => {
  const { ValidationError } = globalThis;
  const ADDRESS = "https://fn.segmentapis.com/"; // where Segment listens
  const COMMON = ["context", "integrations", "messageId", "sentAt", "timestamp"];

  // --- the request --------------------------------------------------------------------

  // A line of events: a request, if it has nothing but a request's parts, or a body alone.
  function partsOf(line) {
    const keys = Object.keys(line);
    const whole = keys.every((key) => ["body", "headers", "url"].includes(key));
    return whole && keys.includes("body") ? line : { body: line };
  }

  class ServerRequest {
    #url;
    #headers;
    #text;
    #json;

    constructor({ body, headers = {}, url = ADDRESS }) {
      const { Headers, URL } = globalThis;
      this.#headers = new Headers(headers);
      this.#url = new URL(url);
      if (typeof body === "string") this.#text = body;
      else this.#json = body;
    }

    get url() {
      return this.#url;
    }

    get headers() {
      return this.#headers;
    }

    json() {
      if (this.#json === undefined) this.#json = JSON.parse(this.#text);
      return this.#json;
    }

    text() {
      if (this.#text === undefined) this.#text = JSON.stringify(this.#json);
      return this.#text;
    }
  }

  // --- what comes of it ---------------------------------------------------------------

  let made = { events: [], objects: [] };

  function must(told, name) {
    if (told[name] === undefined || told[name] === "") {
      throw new ValidationError(`${name} is required but not defined`);
    }
  }

  // Deep enough that a later change of the caller's objects is not seen.
  function copy(value) {
    if (Array.isArray(value)) return value.map(copy);
    const proto = typeof value === "object" && value !== null && Object.getPrototypeOf(value);
    if (proto !== Object.prototype && proto !== null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]));
  }

  function call(type, told, names, required = []) {
    for (const name of required) must(told, name);
    const event = { type };
    for (const name of names) if (told[name]) event[name] = told[name];
    if (!told.userId && !told.anonymousId) {
      throw new ValidationError("One of userId,anonymousId is required but not defined");
    }
    for (const name of ["userId", "anonymousId", ...COMMON]) {
      if (told[name]) event[name] = copy(told[name]);
    }
    made.events.push(event);
    return event;
  }

  const Segment = {
    identify: (told) => call("identify", told, ["traits"]),
    track: (told) => call("track", told, ["event", "properties"], ["event"]),
    page: (told) => call("page", told, ["name", "properties"]),
    screen: (told) => call("screen", told, ["name", "properties"]),
    group: (told) => call("group", told, ["groupId", "traits"], ["groupId"]),
    alias: (told) => call("alias", told, ["previousId"], ["previousId"]),
    set(told) {
      must(told, "collection");
      must(told, "id");
      const object = { collection: told.collection, id: told.id };
      if (told.properties) object.properties = told.properties;
      made.objects.push(object);
      return object;
    },
  };

  function take() {
    const taken = made;
    made = { events: [], objects: [] };
    return taken;
  }

  host.emitted = take;
  host.request = (line) => new ServerRequest(partsOf(line));
  return { Segment };
};
