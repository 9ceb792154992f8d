// Small idioms, each a member of what is sent.
const KNOWN = { pro: 10, free: 0, "a-b": 1, 7: "seven", [`key-${1}`]: "computed" };
const LEVELS = new Map([["pro", "gold"], ["free", "none"], ["same"]]);
const NAMED = { "Signed Up": 1, Upgraded: "up" };
const TITLES = new Map([["Signed Up", "Welcome"]]);
const PAID = new Set(["pro", "enterprise"]);
const [FIRST, , THIRD = "third"] = ["one", "two"];
const { pro, missing = "default", ...REST } = KNOWN;
const LINES = "a\tb\u0041\u{1F600}\x41\
c";

const tool = {
  prefix: "hi ",
  greet(name) {
    return `${this.prefix}${name}`;
  },
  get: (key) => key,
};

const merged = (base, ...more) => Object.assign({}, base, ...more);
const first = ([head, { sku } = {}]) => head?.sku ?? sku;
const single = value => value;
function counted(list) {
  let all = 0;
  for (const each of list) {
    if (each === 2) continue;
    if (each === 9) break;
    switch (each) {
      case 5:
        continue;
    }
    all += each;
  }
  return all;
}
function changed({ plan, total: sum, email: _, ...others }) {
  let level = "low";
  level ||= "never";
  let label;
  label ??= "none";
  if (sum > 50) {
    level = "high";
    if (plan === "pro") label = "pro";
  } else level = plan;
  const made = { level };
  made["label"] = label;
  made.more = others;
  made.one = 1;
  made.list = [];
  [1, 2].forEach((each) => made.list.push(each));
  made.text = "a";
  made.text += plan ?? "";
  made.one &&= 2;
  made.one += 1;
  return made;
}
function tried(plan) {
  try {
    switch (plan) {
      case "pro":
      case "free":
        return "known";
      default:
        break;
    }
  } finally {
    void plan;
  }
  do {
    plan = plan ? String(plan) : undefined;
  } while (false);
  return plan;
}

async function onGroup(event, settings) {
  const p = event.traits;
  const { plan, items, total, user } = p;
  const values = {
    // literals
    numbers: [0x1f, 1_000, 1 + 2, -1, 1e3],
    texts: [LINES, 'it\'s', `x${1}${null}`, "a" + (plan ?? "") + "b" + 1, `${""}`],
    table: KNOWN[plan],
    tables: [KNOWN?.pro, KNOWN["a-b"], KNOWN[7], KNOWN["key-1"]],
    rest: REST,
    parts: [FIRST, THIRD, pro, missing, "abc".toUpperCase()],
    // members
    lists: [["a", "b"][1], ["a"].length, ["a", , "b"][2], [...["x"], "y"]],
    nothing: ["a"][4],
    copied: [...items ?? []],
    all: merged({ a: 1, total: 1 }, { b: 2 }, undefined, { ...(user || {}) }),
    called: [tool.greet(event.userId), tool.get("own"), single(1) ?? 2],
    firstSku: first(items ?? []),
    // operators
    truths: [!!plan, !plan, !!1, !"", Boolean(plan), typeof "x", typeof tool, typeof tool.get, typeof true, typeof 1, typeof null],
    kinds: [typeof plan === "string", typeof undefined, typeof `${plan}x`],
    nought: void 0,
    sum: +total,
    within: ["pro" in KNOWN, "none" in KNOWN, plan in KNOWN ? 1 : 2],
    known: [true && 1, false || 2, null ?? 3, undefined ?? 4, 0 ?? 5, "" || 6, 0 && 7],
    equal: [null == undefined, null === undefined, "a" == "a", 1 === "1", event.type === "group"],
    last: (1, plan),
    held: (p.vip && user)?.subscriberId,
    asIs: plan ? plan : "none",
    unless: plan ? undefined : 1,
    shout: event.userId.trim() + "!",
    picks: (p.vip ? counted : single)([1]),
    lost: { ...(p.vip && undefined), kept: 1 },
    setting: settings.environment ?? "test",
    same: plan ? p.total : total,
    both: plan && total,
    pure: [plan && (() => "x")(), +5, (plan === "pro" ? "" : "p") || total],
    either: plan === "pro" ? "p" : total > 50 ? "big" : null,
    // library
    unfound: [1, 2].find((each) => each === 3),
    sets: [PAID.has(plan), PAID.has("pro"), LEVELS.get("pro")],
    level: LEVELS.get(plan),
    own: [Object.hasOwn(KNOWN, "pro"), Object.keys({ a: 1 }), Object.values({ a: 1, b: 2 })],
    entries: Object.fromEntries(Object.entries({ a: 1, b: plan }).map(([k, v]) => [k, v])),
    listed: [
      ["pro", "free"].includes(plan),
      ["pro"].includes("pro"),
      [1, 2].map((each) => each + 1),
      [0, 1, 2].filter(Boolean),
      [1, 2, 3].filter((each) => each !== 2),
      [1].concat([2], 3),
      [[1], [2]].slice(),
      [[1], 2].flat(),
      ["a", plan ?? "-"].join("-"),
      [1, 2].find((each) => each === 2),
      [1, 2].some((each) => each === 2),
      [1].some((each) => each === 3),
      counted([1, 2, 3, 5, 9, 4]),
    ],
    filters: {
      upper: plan?.toUpperCase(),
      trimmed: plan?.trim(),
      split: p.name?.split("-"),
      joined: p.members?.join(", "),
      spaced: p.name?.replaceAll("-", " "),
      fixed: total?.toFixed(2),
      text: total?.toString(),
      texts: [String(event.userId), String("x")],
      numbers: [Number(3), Number(), Number(true), Number(null), Boolean()],
    },
    mapped: items?.map((item) => ({ sku: item.sku, plan: "x" })),
    present: p.members?.filter(Boolean),
    json: JSON.stringify(items),
    parsed: JSON.parse(JSON.stringify({ a: 1 })),
    picked: _.pick(user, ["subscriberId"]),
    others: _.omit(user, "email"),
    sku: _.get(p, "items[0].sku", "-"),
    id: _.get(p, "user.subscriberId"),
    lodash: [_.isNil(plan), _.isEmpty(items), _.has(KNOWN, "pro")],
    when: new Date(event.timestamp).toISOString(),
    changed: changed(p),
    tried: tried(plan),
    spread: {
      ...(plan === "pro" ? { pro: true } : {}),
      ...(p.vip && { vip: 1 }),
      ...(user ?? { subscriberId: "nobody" }),
      ...(p.vip ? { one: 1 } : { other: 2 }),
      ...null,
    },
    // tests
    asked: [
      p.name?.includes("cart") ? 1 : 2,
      !p.name?.startsWith("wel") ? 1 : 2,
      _.isEmpty(p.items) ? 1 : 2,
      plan && true ? 1 : 2,
      (plan ? true : false) ? 1 : 2,
      !_.isEmpty(p.items) ? 1 : 2,
      user && user.subscriberId ? 1 : 2,
      user && !user.subscriberId ? 1 : 2,
      user && user.address && user.address.city === "Oslo" ? 1 : 2,
      p.currency > "F" ? 1 : 2,
      (plan ? total : user) ? 1 : 2,
      (plan ?? true) ? 1 : 2,
      (p.vip ?? true) ? 1 : 2,
      !(p.vip ?? user) ? 1 : 2,
      (p.vip ?? false) ? 1 : 2,
      p.currency?.endsWith("R") ? 1 : 2,
      total > 10 && (plan === "pro" || plan === "free") ? 1 : 2,
      !(total > 10 && total < 100) ? 1 : 2,
      plan?.toLowerCase() === "pro" ? 1 : 2,
      plan == null ? 1 : 2,
      plan !== undefined ? 1 : 2,
      settings.environment === "production" ? 1 : 2,
      items?.length > 1 ? 1 : 2,
      (plan || "") === "pro" ? 1 : 2,
      typeof total === "number" ? 1 : 2,
    ],
  };
  console.log("sent");
  await Promise.resolve(values);
  await fetch("https://api.novu.co/v1/events/trigger", {
    method: "POST",
    headers: { Authorization: `ApiKey ${settings.apiKey}` },
    body: JSON.stringify({ name: "idioms", to: event.userId, payload: values }),
  });
}

async function onTrack(event, settings) {
  const { event: name } = event;
  const payload = {
    level: TITLES.get(name),
    paid: TITLES.has(name),
    at: NAMED[name],
    own: Object.hasOwn(NAMED, name),
    listed: ["Signed Up", "Upgraded"].includes(name),
    lower: name.toLowerCase(),
    same: "Upgraded" !== name,
  };
  await fetch("https://api.novu.co/v1/events/trigger", {
    method: "POST",
    headers: { Authorization: `ApiKey ${settings.apiKey}` },
    body: JSON.stringify({ name: "names", to: event.userId, payload }),
  });
}
