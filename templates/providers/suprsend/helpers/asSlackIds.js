// One Slack member id or several; they begin with U or W.
function asSlackIds(value) {
  return severalOf(value, (item) => {
    const id = asId(item);
    return /^[uw][a-z0-9]+$/i.test(id ?? "") ? id : undefined;
  });
}
