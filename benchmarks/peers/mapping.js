// Runs functions of an event many times: plain JavaScript, for Node.js and bare V8.
//
// `prepare(job, peer)` makes the candidates, of which those of one kind must give the same;
// `turns(name, count)` gives every event so often to one of them. Who asks takes the time.

// The 20 fields of the benchmark's mapping, as someone writes them who knows the language.
function byHand(event) {
  const properties = event.properties;
  const context = event.context;
  return {
    orderId: properties?.order_id,
    total: properties?.total,
    currency: properties?.currency ?? "USD",
    coupon: properties?.coupon,
    shipping: properties?.shipping ?? 0,
    tax: properties?.tax,
    discount: properties?.discount,
    affiliation: properties?.affiliation,
    title: `Order ${properties?.order_id ?? ""} at ${properties?.affiliation ?? ""}`,
    firstName: context?.traits?.firstName ?? context?.traits?.first_name,
    lastName: context?.traits?.lastName,
    plan: context?.traits?.plan ?? "free",
    locale: context?.locale,
    timezone: context?.timezone,
    page: context?.page?.path,
    referrer: context?.page?.referrer,
    campaign: context?.campaign?.name ?? context?.campaign?.source,
    sku: properties?.products?.[0]?.sku,
    items: properties?.products?.map((item) => ({
      sku: item?.sku,
      quantity: item?.quantity,
      price: item?.price,
    })),
    address: {
      city: properties?.address?.city,
      country: properties?.address?.country ?? "US",
    },
  };
}

// Fails unless all candidates give the same for every event.
function agreeing(candidates, events) {
  const names = Object.keys(candidates);
  for (const event of events) {
    const told = names.map((name) => JSON.stringify(candidates[name](event), sorted));
    const other = told.findIndex((text) => text !== told[0]);
    if (other > 0) {
      throw new Error(`${names[0]} gives ${told[0]}\n${names[other]} gives ${told[other]}`);
    }
  }
  return candidates;
}

function sorted(_key, value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

const CANDIDATES = {};
const KEPT = { value: undefined };

function turns(name, count) {
  const { call, events } = CANDIDATES[name];
  for (let turn = 0; turn < count; turn += 1) {
    for (let place = 0; place < events.length; place += 1) KEPT.value = call(events[place]);
  }
}

// `peer` gives Segment's libraries, where there are any.
function prepare(job, peer) {
  const made = (code) => new Function(`${job.helpers}\nreturn (event) => {\n${code}\n};`)();
  const events = job.events.map((text) => JSON.parse(text));
  const mappings = { mapping: made(job.mapping), byHand };
  const conditions = { condition: made(job.condition) };
  if (peer !== undefined) {
    mappings.transform = (event) => peer.transform(job.directives, event);
    conditions.validate = (event) => peer.validate(peer.parseFql(job.fql), event);
  }
  for (const kind of [mappings, conditions]) {
    for (const [name, call] of Object.entries(agreeing(kind, events))) {
      CANDIDATES[name] = { call, events };
    }
  }
  CANDIDATES.parse = { call: JSON.parse, events: job.events };
  for (const [name, { code, names }] of Object.entries(job.tables)) {
    const call = new Function(`${code}\nreturn (event) => stepsFor(TRACK, event.event);`)();
    const calls = names.map((event) => JSON.parse(JSON.stringify({ event })));
    if (calls.some((event) => call(event)?.length !== 1)) throw new Error("a route is not found");
    CANDIDATES[name] = { call, events: calls };
  }
}

// Under Node.js: a job in the first line, then a name and a count in each; milliseconds out.
if (typeof module === "object") {
  const { createInterface } = require("node:readline");
  const { join } = require("node:path");
  const home = process.argv[2];
  const { transform } = require(join(home, "@segment/actions-core"));
  const { parseFql, validate } = require(join(home, "@segment/destination-subscriptions"));
  let ready = false;
  createInterface({ input: process.stdin }).on("line", (line) => {
    const began = process.cpuUsage();
    if (ready) turns(...JSON.parse(line));
    else prepare(JSON.parse(line), { transform, parseFql, validate });
    ready = true;
    process.stdout.write(`${process.cpuUsage(began).user / 1000}\n`);
  });
}
