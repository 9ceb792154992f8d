// A time since 1970: an ISO 8601 text (without an offset it is UTC), or a number that
// counts seconds below 1e11 and milliseconds above. Years have four digits.
function millisecondsOf(value) {
  const time =
    typeof value === "number"
      ? Math.trunc(value < 1e11 ? value * 1000 : value)
      : millisecondsOfIso(value);
  const hasFourDigits = time >= -62167219200000 && time < 253402300800000;
  return hasFourDigits ? time : undefined;
}
