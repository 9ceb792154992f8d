// Everything that ES2022 has.
class Client {
  #base = "https://api.example.com";
  static #made = 0;
  static {
    Client.#made += 1;
  }
  constructor(settings) {
    this.key = settings?.apiKey ?? "none";
  }
  get made() {
    return Client.#made;
  }
  async *pages(count) {
    for (let page = 0; page < count; page += 1) {
      yield await fetch(`${this.#base}/pages/${page}`, { headers: { key: this.key } });
    }
  }
}

function* ids(event) {
  yield* [event.userId, event.anonymousId].filter(Boolean);
}

async function onTrack(event, settings) {
  const client = new Client(settings);
  outer: for await (const response of client.pages(3)) {
    for (const id of ids(event)) if (id.length > 12) continue outer;
    if (response.status >= 400) break;
  }
  const { year } = /(?<year>\d{4})/.exec(event.timestamp).groups;
  const big = 2n ** 64n + BigInt(event.version ?? 0);
  const total = event.properties?.products?.at(-1)?.price ?? 0;
  client.last ||= total;
  console.log(year, String(big), client.last, client.made, [3, 1, 2].toSorted(), new Set([1, 1]));
  console.log([..."añ😀"].length, "x".padEnd(3, "-"), Object.fromEntries([["a", 1]]), 1_000);
}

async function onIdentify(event) {
  const error = new Error("no email", { cause: event.userId });
  if (!Object.hasOwn(event.traits, "email")) throw error;
  const tag = (texts, ...values) => texts.raw.join("|") + values.length;
  console.log(tag`a\n${1}b`, structured(event.traits), new WeakMap() instanceof WeakMap);
}

const structured = (value) => JSON.parse(JSON.stringify(value, Object.keys(value).sort()));
