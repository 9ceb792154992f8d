// All that can be logged.
async function onTrack(event) {
  console.log(event.properties);
  console.info("%s is %d and %i, %j, %%", event.event, "5", 5.9, event.context && event.context.ip);
  console.log(null, undefined, -0, 10n, Symbol("s"), [1, [2, [3, [4]]]], { a: { b: { c: {} } } });
  console.error(new TypeError("broken"), new Map([["a", 1]]), new Set(["x"]), () => 1, class A {});
  console.table([{ a: 1 }]);
  console.assert(event.userId, "no user");
  console.count();
  console.warn(JSON.stringify(event).length, new Date(0), /x/g, "a\nb", ["it's"]);
}

async function onIdentify(event) {
  for (const trait of Object.keys(event.traits)) console.log(trait, event.traits[trait]);
}
