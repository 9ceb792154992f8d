// The test for a class such as [abc], [a-z] or [^0-9]; takes it from the letters that
// follow the bracket, and is undefined where it does not end.
function globClass(letters) {
  const unwanted = letters[0] === "^";
  if (unwanted) letters.shift();
  const ranges = [];
  const take = () =>
    letters[0] === "\\" ? letters.splice(0, 2)[1] : letters.shift();
  while (letters[0] !== "]" || ranges.length === 0) {
    if (letters.length === 0 || "-]".includes(letters[0])) return undefined;
    const low = take();
    const dashed = letters[0] === "-" && letters.shift() === "-";
    if (dashed && "-]".includes(letters[0] ?? "]")) return undefined;
    const high = dashed ? take() : low;
    if (low === undefined || high === undefined) return undefined;
    ranges.push([low.codePointAt(0), high.codePointAt(0)]);
  }
  letters.shift();
  return (letter) => {
    const code = letter.codePointAt(0);
    return (
      ranges.some(([low, high]) => low <= code && code <= high) !== unwanted
    );
  };
}
