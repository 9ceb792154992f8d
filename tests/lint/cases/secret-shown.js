async function onTrack(event, settings) {
  if (!settings.apiSecret?.startsWith("sk_")) {
    throw new ValidationError(`${settings.apiSecret} is no key`);
//        ^^^^^^^^^^^^^^^^^^^ F181 secret-shown: never its value
// right:    throw new ValidationError("the setting apiSecret is no key");
  }
}
