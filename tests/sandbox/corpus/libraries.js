// Packages that Segment has; the embedded runtime says that it has not.
async function onTrack(event) {
  const name = _.get(event, "properties.products[0].name", "nothing");
  console.log(_.upperFirst(name));
}

async function onIdentify(event) {
  console.log(moment(event.timestamp).format("YYYY"));
}

async function onPage(event) {
  if (typeof stripe === "function") console.log("there is a stripe", event.type);
}
