// A setting that is a whole address: https, and a host that the mapping lists.
function listedUrl(value, name) {
  const https = /^https:\/\/([a-z0-9.-]+(:[0-9]+)?)([/?][\x21-\x7e]*)?$/i;
  const host = typeof value === "string" ? https.exec(value)?.[1] : undefined;
  if (host === undefined || !OPTIONS.hosts.includes(host.toLowerCase())) {
    throw failure(
      "ValidationError",
      `the setting ${name} is no https address of a host that the mapping lists`,
    );
  }
  return value;
}
