// What a user wants to receive by channel; SuprSend refuses everything for one item that
// is not complete.
function asChannelPreferences(value) {
  return severalOf(value, (item) => {
    if (!isMap(item)) return undefined;
    const channel = asId(item.channel);
    const is_restricted = asBoolean(item.is_restricted);
    return channel === undefined || is_restricted === undefined
      ? undefined
      : { channel, is_restricted };
  });
}
