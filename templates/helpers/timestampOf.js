// A time as whole seconds since 1970.
function timestampOf(value) {
  const time = millisecondsOf(value);
  return time === undefined ? undefined : Math.floor(time / 1000);
}
