// The routes of a page's or screen's name, or those of "*", also for one without a name.
function stepsForPage(table, name) {
  const named = typeof name === "string" && name !== "";
  return (named ? own(table, name) : undefined) ?? own(table, "*");
}
