// A failure on its way to the handler, which throws Segment's error of that name. The
// message never holds a key, a trait or a property.
function failure(name, message) {
  return { name, message };
}
