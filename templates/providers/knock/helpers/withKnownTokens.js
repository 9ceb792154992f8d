// The data of channels, with the push tokens that the user has besides: Knock replaces
// the data of a channel, and a device that is left out would fall silent.
async function withKnownTokens(call, user, channels) {
  const whole = {};
  for (const channel of Object.keys(channels)) {
    const data = channels[channel];
    const path = `${user}/channel_data/${pathPart(channel)}`;
    const known =
      tokensOf(data) === undefined ? [] : await knownTokens(call, path);
    put(whole, channel, withTokens(data, known));
  }
  return whole;
}
