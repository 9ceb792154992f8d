// The time of an ISO 8601 text in milliseconds since 1970; NaN for anything else.
function millisecondsOfIso(value) {
  const iso =
    /^(?<day>\d{4}-\d\d-\d\d)(T(?<time>([01]\d|2[0-3]):\d\d(:\d\d(\.\d+)?)?)(?<offset>Z|[+-]\d\d:?\d\d)?)?$/;
  const parts = typeof value === "string" ? iso.exec(value) : null;
  if (parts === null) return NaN;
  const { day, time = "00:00", offset = "Z" } = parts.groups;
  const midnight = new Date(day + "T00:00:00Z");
  if (Number.isNaN(midnight.getTime())) return NaN;
  if (!midnight.toISOString().startsWith(day)) return NaN;
  const zone = offset.replace(/(\d\d)(\d\d)$/, "$1:$2");
  return Date.parse(day + "T" + time + zone);
}
