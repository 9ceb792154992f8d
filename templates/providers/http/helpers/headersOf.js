// The headers that can be sent: a line break or a letter beyond ASCII would make fetch
// throw. Where it comes from a setting nothing is sent: the setting is to be mended. Names
// are in lower case, so that none stands twice.
function headersOf(call, { headers, idempotency }, key) {
  const sent = {};
  for (const name of Object.keys(headers ?? {})) {
    const value = headers[name];
    if (/^[\x20-\x7e]+$/.test(value ?? "")) sent[name.toLowerCase()] = value;
    else checkSettingsIn(call.settings, value);
  }
  const keyHeader = idempotency?.header;
  if (keyHeader !== undefined) sent[keyHeader.toLowerCase()] = key;
  return sent;
}
