// What strict mode forbids: names that nobody declared, and a duplicate parameter.
count = 0;

function label(part, part) {
  return "event-" + part;
}

async function onTrack(event) {
  count = count + 1;
  parts = [];
  for (key in event.properties) parts.push(key);
  hidden = delete event.properties;
  with ({ base: "https://api.example.com/" }) url = base + label(1, parts.length);
  response = await fetch(url);
  console.log(count, parts.sort().join(), hidden, response.status, this === undefined, 010);
}

function onPage(event) {
  arguments[0] = { name: "replaced" };
  console.log(event.name, arguments.length, typeof undeclared);
  undeclared.call();
}
