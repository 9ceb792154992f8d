// A time since 1970: an ISO 8601 text (without an offset it is UTC), or a number that
// counts seconds below 1e11 and milliseconds above.
function millisecondsOf(value) {
  if (typeof value === "number") {
    const time = Math.abs(value) < 1e11 ? value * 1000 : value;
    return Math.abs(time) <= 8.64e15 ? Math.trunc(time) : undefined;
  }
  const iso =
    /^(?<day>\d{4}-\d\d-\d\d)([T ](?<time>\d\d:\d\d(:\d\d([.,]\d{1,9})?)?)(?<offset>Z|[+-]\d\d:?\d\d)?)?$/;
  const parts = typeof value === "string" ? iso.exec(value) : null;
  if (parts === null) return undefined;
  const { day, time = "00:00", offset = "Z" } = parts.groups;
  const midnight = Date.parse(day + "T00:00:00Z");
  if (Number.isNaN(midnight)) return undefined;
  if (!new Date(midnight).toISOString().startsWith(day)) return undefined;
  const zone = offset.replace(/(\d\d)(\d\d)$/, "$1:$2");
  const moment = Date.parse(`${day}T${time.replace(",", ".")}${zone}`);
  return Number.isNaN(moment) ? undefined : moment;
}
