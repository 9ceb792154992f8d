// A web address: http or https and a host, no blank.
function asUrl(value) {
  const address = /^https?:\/\/[^\s/?#]\S*$/i;
  return typeof value === "string" && address.test(value) ? value : undefined;
}
