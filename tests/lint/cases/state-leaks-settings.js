let workspace;

async function onIdentify(event, settings) {
  if (!settings.workspace) throw new ValidationError("the setting workspace is missing");
  workspace = workspace || settings.workspace;
  //^^^^^^^ F122 settings-in-globals: still holds `settings.workspace`
// right:  const workspace = settings.workspace;
  const options = {
    method: "PUT",
    body: JSON.stringify({ workspace, id: event.userId }),
    timeout: 4000,
  };
  const response = await fetch("https://api.example.com/people", options).catch(() => {
//                       ^^^^^ F121 state-leaks: this request depends on the settings of the call before
    throw new RetryError("no answer");
  });
  const { status } = response;
  if (status === 429 || status >= 500) throw new RetryError(`status ${status}`);
  if (!response.ok) throw new InvalidEventPayload(`status ${status}`);
}
