// Reads a JSON list of programs and writes the list of what Prettier makes of each:
// the program as it would print it, or its complaint.
import { text } from "node:stream/consumers";
import prettier from "prettier";

const programs = JSON.parse(await text(process.stdin));
const formatted = [];
for (const program of programs) {
  formatted.push(
    await prettier
      .format(program, { parser: "babel" })
      .catch((error) => `not JavaScript: ${error.message}`),
  );
}
process.stdout.write(JSON.stringify(formatted));
