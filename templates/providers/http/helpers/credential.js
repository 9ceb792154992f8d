// A credential that is there.
function credential(value) {
  if (!isEmpty(value)) return value;
  throw failure(
    "ValidationError",
    "the credentials of the request are missing: fill in the settings",
  );
}
