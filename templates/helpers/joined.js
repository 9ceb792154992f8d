// A text that names something: fixed texts and values in turn. It is missing as soon as
// one of the values is, so that no name is shared by everybody.
function joined(...pieces) {
  const texts = pieces.map(textOf);
  const isHole = (text, place) => place % 2 === 1 && text.trim() === "";
  return texts.some(isHole) ? undefined : texts.join("").trim();
}
