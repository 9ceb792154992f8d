// Whether a status is one of these, each as 404 or 500-599.
function isStatus(status, known) {
  return known.some((text) => {
    const [low, high = low] = text.split("-").map(Number);
    return low <= status && status <= high;
  });
}
