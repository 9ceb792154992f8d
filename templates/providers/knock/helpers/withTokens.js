// The data of a channel with push tokens that are known besides, each once.
function withTokens(data, known) {
  const tokens = tokensOf(data);
  if (tokens === undefined) return data;
  return { ...data, tokens: [...new Set([...known, ...tokens])] };
}
