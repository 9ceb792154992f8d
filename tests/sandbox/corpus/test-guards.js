// Code that is tested with Node.js elsewhere, and looks where it runs.
if (typeof module !== "undefined") module.exports = { onTrack };
try {
  exports.onTrack = onTrack;
} catch (error) {
  console.log("no exports:", error.name);
}
const inNode = typeof process === "object" && process.env && process.env.NODE_ENV;

async function onTrack(event) {
  console.log(inNode, typeof require, typeof window, typeof global, typeof globalThis);
  await fetch(inNode ? "http://localhost/" : "https://api.example.com/");
  if (event.userId === undefined) require("nothing");
}
