// What a user wants to receive by category; an item must say which and what.
function asCategories(value) {
  return severalOf(value, (item) => {
    if (!isMap(item)) return undefined;
    const category = asId(item.category);
    const preference = oneOf(item.preference, ["opt_in", "opt_out"]);
    const opt_out_channels = asList(item.opt_out_channels, asId);
    const opt_in_channels = asList(item.opt_in_channels, asId);
    return category === undefined || preference === undefined
      ? undefined
      : { category, preference, opt_out_channels, opt_in_channels };
  });
}
