// The built-ins of Node.js in a context of their own: its version, the names of its
// globals, and the paths of `walk.js`.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const walk = readFileSync(new URL("walk.js", import.meta.url), "utf8");
const context = vm.createContext({});
const names = vm.runInContext("Object.getOwnPropertyNames(globalThis)", context);
vm.runInContext(
  `var NAMES = ${JSON.stringify(names.filter((name) => !["console", "globalThis"].includes(name)))}`,
  context,
);
const { paths } = vm.runInContext(walk, context);
const [major] = process.versions.node.split(".").map(Number);
process.stdout.write(JSON.stringify({ major, names, paths }));
