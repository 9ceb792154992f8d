// Whether a whole text matches a pattern of * ? [a-z] and \x, upper and lower case apart.
// It never looks back further than the last star, so no text makes it slow.
function glob(value, pattern) {
  if (typeof value !== "string" || typeof pattern !== "string") return false;
  const tests = globTests(pattern);
  if (tests === undefined) return false;
  const letters = [...value];
  let [at, next, star, resume] = [0, 0, -1, 0];
  while (at < letters.length) {
    if (tests[next] === "*") {
      [star, resume] = [next++, at];
    } else if (next < tests.length && tests[next](letters[at])) {
      next++;
      at++;
    } else if (star >= 0) {
      [next, at] = [star + 1, ++resume];
    } else {
      return false;
    }
  }
  return tests.slice(next).every((test) => test === "*");
}
