// Answers jobs with Segment's own libraries: one JSON value a line in, one a line out.
//   {"peer": "transform", "mapping", "event"}  actions-core: what a mapping gives
//   {"peer": "validate", "fql", "event"}       destination-subscriptions: Actions triggers
//   {"peer": "trigger", "fql", "event"}        the same; null where they cannot read it
//   {"peer": "tsub", "ir", "event"}            tsub: destination filters, as their tree
// An answer is {"value"} or {"error"}; see `told` for what JSON cannot say.

const { readFileSync } = require("node:fs");

const PEERS = {
  transform({ mapping, event }) {
    const { transform } = require("@segment/actions-core");
    return transform(mapping, event);
  },
  validate({ fql, event }) {
    const { parseFql, validate } = require("@segment/destination-subscriptions");
    return validate(parseFql(fql), event);
  },
  trigger({ fql, event }) {
    const { parseFql, validate } = require("@segment/destination-subscriptions");
    const ast = parseFql(fql);
    return ast.error === undefined ? validate(ast, event) : null;
  },
  tsub({ ir, event }) {
    const { matches } = require("@segment/tsub");
    return matches(event, { type: "fql", ir: JSON.stringify(ir) });
  },
};

function answer(job) {
  try {
    return { value: PEERS[job.peer](job) };
  } catch (error) {
    return { error: String(error.message) };
  }
}

// undefined in a list and functions are texts that begin with NUL, so that null stays null.
function told(_key, value) {
  if (Array.isArray(value)) {
    return Array.from(value, (item) => (item === undefined ? "\0undefined" : item));
  }
  return typeof value === "function" ? "\0function" : value;
}

const lines = readFileSync(0, "utf8").split("\n");
const answers = lines.filter(Boolean).map((line) => JSON.stringify(answer(JSON.parse(line)), told));
process.stdout.write(answers.map((line) => `${line}\n`).join(""));
