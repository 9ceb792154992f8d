// Promises without await; the body is read before the status is looked at.
function onTrack(event, settings) {
  return fetch("https://api.example.com/track?name=" + encodeURIComponent(event.event), {
    method: "put",
    body: JSON.stringify(event.properties),
  })
    .then(function (response) {
      return response.text().then((text) => ({ status: response.status, text }));
    })
    .then(({ status, text }) => {
      if (status > 399) throw new Error(status + ": " + text);
      return text ? JSON.parse(text) : null;
    })
    .then((found) => console.info("%s gave %j", event.event, found))
    .finally(() => console.debug("done"));
}

function onIdentify(event) {
  return Promise.resolve(event.traits)
    .then((traits) => traits.email.toLowerCase())
    .then((email) => fetch("https://api.example.com/users/" + email))
    .catch((error) => Promise.reject(new ValidationError(error.message)));
}
