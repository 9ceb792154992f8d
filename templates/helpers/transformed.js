// What a mapping makes of what another one made of the payload.
function transformed(payload, apply, make) {
  if (payload !== undefined && !isMap(payload)) {
    throw failure(
      "InvalidEventPayload",
      "@transform needs a map to start from",
    );
  }
  return make(withoutUndefined(apply(payload === undefined ? {} : payload)));
}
