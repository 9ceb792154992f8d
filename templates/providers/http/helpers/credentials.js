// The header that proves who asks. Without it nothing is sent: the settings are to be
// filled in first.
function credentials({ bearer, basic, header, value, hmac }, body) {
  if (hmac !== undefined) return signature(hmac, body);
  if (basic !== undefined) {
    const { user, password } = basic;
    const both = isEmpty(user) ? undefined : `${user}:${password ?? ""}`;
    return { authorization: "Basic " + base64Of(credential(both)) };
  }
  return header === undefined
    ? { authorization: "Bearer " + sendable(credential(bearer)) }
    : { [header.toLowerCase()]: sendable(credential(value)) };
}
