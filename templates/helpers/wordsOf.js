// The words of a text in lower case: "Order Completed" and "orderCompleted" have two.
function wordsOf(text) {
  const spaced = text.replace(/([\p{Ll}\p{Nd}])(\p{Lu})/gu, "$1 $2");
  return spaced.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
