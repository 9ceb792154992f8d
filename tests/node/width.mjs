// Reads a JSON list of texts and writes how many columns Prettier gives each.
import { text } from "node:stream/consumers";
import prettier from "prettier";

const texts = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(texts.map(prettier.util.getStringWidth)));
