// An IANA time zone such as Europe/Stockholm, as far as the runtime knows them.
function asTimezone(value) {
  const name = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;
  if (typeof value !== "string" || !name.test(value)) return undefined;
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return value;
  } catch {
    return undefined;
  }
}
