// Push tokens and chat connections by channel. A list that came out empty says nothing:
// sent on, it would silence all devices.
function asChannelData(value) {
  const kept = {};
  for (const channel of Object.keys(asObject(value) ?? {})) {
    const data = value[channel];
    const lists = isMap(data) ? Object.values(data).filter(Array.isArray) : [];
    if (!isEmpty(data) && !lists.some(isEmpty)) put(kept, channel, data);
  }
  return nonempty(kept);
}
