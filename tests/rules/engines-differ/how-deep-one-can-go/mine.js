// A menu that links to itself, flattened until the stack is full.
async function onTrack(event, settings) {
  const menu = {};
  menu.self = menu;
  if (event.event === "Menu Opened") {
    await fetch("https://example.com/", { method: "POST", body: String(depthOf(menu)) });
  }
}

function depthOf(menu) {
  try {
    return 1 + depthOf(menu.self);
  } catch {
    return 0;
  }
}
