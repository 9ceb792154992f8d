// URL and URLSearchParams, handed to fetch as they are.
async function onTrack(event, settings) {
  const url = new URL("/collect/../track", "https://api.example.com:443/v1/");
  url.searchParams.set("event", event.event);
  url.searchParams.append("user", event.userId);
  for (const [key, value] of Object.entries(event.properties || {})) {
    if (typeof value !== "object") url.searchParams.append(`p[${key}]`, value);
  }
  url.searchParams.sort();
  url.hash = "x";
  const response = await fetch(url);
  console.log(url.host, url.pathname, url.search.length, response.url);
}

async function onIdentify(event) {
  const form = new URLSearchParams({ id: event.userId, ...event.traits });
  form.delete("password");
  await fetch("https://api.example.com/form", { method: "POST", body: form });
}

async function onPage(event) {
  const page = new URL(event.context.page.url);
  const params = new URLSearchParams(page.search);
  console.log(page.origin, [...params.keys()].length, params.get("utm_source"));
  page.searchParams.forEach((value, name) => console.log(name, value));
  await fetch(`https://api.example.com/visit${page.pathname}?${params}`);
}
