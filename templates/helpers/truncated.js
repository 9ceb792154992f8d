// The first characters of a text.
function truncated(value, count) {
  if (typeof value !== "string") return undefined;
  return value.length <= count ? value : [...value].slice(0, count).join("");
}
