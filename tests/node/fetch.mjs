// What node-fetch 2.6.0 makes of requests: pieces of code run against a server on this
// machine, and what came of them, here and there.
//
// Input: { answers: { path: { status, headers, text, fault } }, bodies: [code] }, where code
// may use `base`, the server's address. Output: one { value, error, seen } a body.
import http from "node:http";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const fetch = createRequire(import.meta.url)("node-fetch");
const { Headers, Request, Response } = fetch;
const { answers, bodies } = JSON.parse(await text(process.stdin));
process.on("warning", () => {});

let seen = [];

const server = http.createServer(async (request, reply) => {
  const { method, url, headers } = request;
  const body = await text(request);
  seen.push({ method, url, headers, body });
  const { status = 200, headers: given = {}, text: sent = "", fault } = answers[url.split("?")[0]];
  if (fault === "reset") return request.socket.destroy();
  const length = Buffer.byteLength(sent) + (fault === "truncated" ? 10 : 0);
  const own = status === 204 || status === 304 ? {} : { "content-length": length };
  reply.writeHead(status, { ...given, ...own, connection: "close" });
  if (fault !== "truncated") return reply.end(sent);
  reply.write(sent);
  setTimeout(() => request.socket.destroy(), 50);
});

await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const AsyncFunction = (async () => {}).constructor;
const results = [];
for (const body of bodies) {
  seen = [];
  const names = ["base", "fetch", "Headers", "Request", "Response"];
  const run = new AsyncFunction(...names, body)(base, fetch, Headers, Request, Response);
  const result = await Promise.race([
    run.then(
      (value) => ({ value: value ?? null }),
      ({ name, message, type, code }) => ({ error: { name, message, type, code } }),
    ),
    new Promise((resolve) => setTimeout(resolve, 500, { value: "never" })),
  ]);
  results.push({ ...result, seen });
}
const told = JSON.stringify(results).replaceAll(base, "BASE");
process.stdout.write(told, () => process.exit(0));
