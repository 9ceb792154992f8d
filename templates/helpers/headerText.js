// A setting that stands in a header. A line break or a letter beyond ASCII would make
// fetch throw an error with the whole value in its text.
function headerText(settings, name) {
  const value = settings[name];
  if (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) {
    throw failure(
      "ValidationError",
      `the setting ${name} has a blank, a line break or a letter that cannot be sent: paste it again`,
    );
  }
  return value;
}
