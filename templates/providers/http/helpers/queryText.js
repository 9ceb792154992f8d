// What is added to an address behind the question mark; a list repeats its name.
function queryText(url, query) {
  const pairs = [];
  for (const name of Object.keys(query ?? {})) {
    for (const value of severalOf(query[name], asText) ?? []) {
      pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    }
  }
  if (pairs.length === 0) return "";
  return (url.includes("?") ? "&" : "?") + pairs.join("&");
}
