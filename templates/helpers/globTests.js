// A test for each letter that a pattern asks for, "*" for any letters; undefined for a
// pattern that ends in the middle of [ or \.
function globTests(pattern) {
  const letters = [...pattern];
  const tests = [];
  while (letters.length > 0) {
    const letter = letters.shift();
    if (letter === "*") {
      tests.push("*");
    } else if (letter === "?") {
      tests.push(() => true);
    } else if (letter === "[") {
      const test = globClass(letters);
      if (test === undefined) return undefined;
      tests.push(test);
    } else {
      const wanted = letter === "\\" ? letters.shift() : letter;
      if (wanted === undefined) return undefined;
      tests.push((given) => given === wanted);
    }
  }
  return tests;
}
