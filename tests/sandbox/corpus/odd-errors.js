// What can be thrown.
class ApiError extends Error {
  constructor(status, body) {
    super(`the server said ${status}`);
    this.name = "ApiError";
    this.status = status;
    this.body = body;
  }
}

async function onTrack() {
  let response;
  try {
    response = await fetch("https://api.example.com/e");
  } catch (error) {
    if (error.code === "ECONNREFUSED") throw new RetryError(error.errno);
    if (error instanceof TypeError) throw "a text";
    throw { code: error.code, type: error.type };
  }
  if (response.status === 404) throw undefined;
  if (!response.ok) throw new ApiError(response.status, await response.text());
  JSON.parse(await response.text());
}

async function onIdentify(event) {
  const error = new RetryError();
  error.message = event.userId;
  throw error;
}

async function onPage(event) {
  throw Object.assign(new Error("named so"), { name: "RetryError", path: event.context.page });
}

async function onScreen(event) {
  event.properties.a.b.c();
}

function onGroup(event) {
  return { then: (resolve, reject) => reject(new DropEvent(event.groupId)) };
}

function onAlias(event) {
  null[event.previousId];
}

async function onDelete() {
  const error = await fetch("https://api.example.com:65536/e").catch((reason) => reason);
  throw new InvalidEventPayload(`${error.name} ${error.code}: ${error.message}`);
}
