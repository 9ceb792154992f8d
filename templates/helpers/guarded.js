// Runs a handler's work within the timeout; whatever goes wrong leaves as one of Segment's
// errors.
async function guarded(work) {
  try {
    await work({ deadline: Date.now() + TIMEOUT_MS });
  } catch (error) {
    throw segmentError(error);
  }
}
