// The properties that are a customer's own: SuprSend reserves names with $ or ss_.
function plainProperties(properties) {
  const kept = {};
  for (const name of Object.keys(properties ?? {})) {
    if (!/^(\$|ss_)/i.test(name)) put(kept, name, properties[name]);
  }
  return kept;
}
