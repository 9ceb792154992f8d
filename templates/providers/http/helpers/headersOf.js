// The headers that can be sent: a line break or a letter beyond ASCII would make fetch
// throw. Names are in lower case, so that none stands twice.
function headersOf({ headers, idempotency }, key) {
  const sent = {};
  for (const name of Object.keys(headers ?? {})) {
    const value = headers[name];
    if (/^[\x20-\x7e]+$/.test(value ?? "")) sent[name.toLowerCase()] = value;
  }
  const keyHeader = idempotency?.header;
  if (keyHeader !== undefined) sent[keyHeader.toLowerCase()] = key;
  return sent;
}
