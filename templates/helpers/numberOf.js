// A number, or the number that a text says.
function numberOf(value) {
  if (typeof value === "number") return value;
  const decimal = /^\s*[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[-+]?[0-9]+)?\s*$/i;
  if (typeof value !== "string" || !decimal.test(value)) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
