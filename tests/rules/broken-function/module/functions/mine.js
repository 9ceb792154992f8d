// expect 1:1 T120 broken-function
import { notify } from "./notify.js";

export async function onTrack(event, settings) {
  await notify(event, settings);
}
