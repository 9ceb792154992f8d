// Runs a handler's work; whatever goes wrong leaves as one of Segment's errors.
async function guarded(work) {
  try {
    await work();
  } catch (error) {
    throw segmentError(error);
  }
}
