// The JSON of an answer, or undefined: a body that is empty, cut off, endless or no JSON
// says nothing, and never turns a success into a failure.
async function readJson(call, response) {
  try {
    const rest = Math.min(500, call.deadline - Date.now());
    return JSON.parse(await inTime(response.text(), rest));
  } catch {
    return undefined;
  }
}
