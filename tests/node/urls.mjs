// What Node.js makes of URLs: its URL, its older url.parse, and URLSearchParams.
import legacy from "node:url";
import { text } from "node:stream/consumers";

process.removeAllListeners("warning");
process.on("warning", () => {});

const parts = ["href", "protocol", "username", "password", "host", "hostname", "port"];
const more = ["pathname", "search", "hash", "origin"];

function modern([input, base]) {
  try {
    const url = new URL(input, base ?? undefined);
    return [...parts, ...more].map((name) => url[name]);
  } catch (error) {
    return error.code;
  }
}

function older([input]) {
  try {
    const { protocol, hostname, auth, path, href } = legacy.parse(input);
    return [protocol, hostname, auth, path, href];
  } catch (error) {
    return error.name;
  }
}

function search([input]) {
  const params = new URLSearchParams(input);
  return [params.toString(), [...params]];
}

const cases = JSON.parse(await text(process.stdin));
const answers = cases.map((one) => [modern(one), older(one), search(one)]);
process.stdout.write(JSON.stringify(answers));
