// An e-mail address that Novu's validator takes: it wants a domain with a dot, and refuses
// the whole profile for one that it does not take.
function asEmail(value) {
  if (typeof value !== "string" || value.length > 320) return undefined;
  const at = value.lastIndexOf("@");
  const name = value.slice(0, at).split(".");
  const host = value.slice(at + 1).split(".");
  const part = /^[\w!#$%&'*+/=?^`{|}~\u00a1-\ud7ff-]+$/;
  const label = /^(?!-)[a-z0-9\u00a1-\ud7ff-]{1,63}$/i;
  const fits =
    at > 0 &&
    at <= 64 &&
    name.every((text) => part.test(text)) &&
    host.every((text) => label.test(text) && !text.endsWith("-")) &&
    host.length > 1 &&
    /^([a-z]{2,}|xn--.+)$/i.test(host[host.length - 1]);
  return fits ? value : undefined;
}
