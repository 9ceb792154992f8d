const TRACK = Object.freeze({
  "Device Added": Object.freeze([trackDeviceAddedFcm]),
  "Device Removed": Object.freeze([trackDeviceRemovedFcm]),
});

// track/Device Added/credentials/fcm
async function trackDeviceAddedFcm(event, settings, call) {
  const fields = {
    providerId: "fcm",
    subscriberId: required(
      asId(event.userId),
      "credentials.subscriberId is missing: $.userId",
    ),
    integrationIdentifier: "fcm-main",
    credentials: {
      deviceTokens: presentItems([asId(event.context?.device?.token)]),
    },
    operation: "append",
  };
  await changeCredentials(call, fields);
}

// track/Device Removed/credentials/fcm
async function trackDeviceRemovedFcm(event, settings, call) {
  const fields = {
    providerId: "fcm",
    subscriberId: required(
      asId(event.userId),
      "credentials.subscriberId is missing: $.userId",
    ),
    operation: "delete",
  };
  await changeCredentials(call, fields);
}
