// Nobody waits for the request.
let pending = 0;

async function onTrack(event) {
  pending += 1;
  fetch("https://api.example.com/later", { method: "POST", body: event.event })
    .then((response) => response.text())
    .then((text) => console.log("too late", text, (pending -= 1)));
  console.log("pending", pending);
}

async function onPage() {
  Promise.reject(new RetryError("nobody looks"));
}

function onGroup(event) {
  setTimeout(() => console.log("after the end", event.groupId), 10);
}
