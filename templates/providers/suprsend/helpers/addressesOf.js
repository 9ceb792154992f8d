// Every address with the key of its channel, and for push with its provider.
function addressesOf(call, channels) {
  const addresses = [];
  for (const name of Object.keys(CHANNELS)) {
    const kind = /^slack_(.+)/.exec(name)?.[1];
    for (const value of channels?.[name] ?? []) {
      addresses.push({
        key: CHANNELS[name],
        provider: PUSH_PROVIDERS[name],
        value: kind === undefined ? value : slackAddress(call, kind, value),
      });
    }
  }
  return addresses;
}
