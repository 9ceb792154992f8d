// What must be there, in every way that it is asked for; what is caught is not rejected.
async function send(name, event, settings) {
  await fetch("https://api.novu.co/v1/events/trigger", {
    method: "POST",
    headers: { Authorization: `ApiKey ${settings.apiKey}` },
    body: JSON.stringify({ name, to: event.userId, payload: {} }),
  });
}

async function onTrack(event, settings) {
  const { user, plan, total, currency, items, vip } = event.properties;
  if (!settings.apiKey) throw new Error("no key");
  switch (event.event) {
    case "Signed Up":
      if (!user || !user.subscriberId) throw new InvalidEventPayload("who");
      break;
    case "Order Completed":
      if (!(plan && total)) throw new InvalidEventPayload("what");
      break;
    case "Order Paid":
      if (plan === undefined || currency == null) throw new InvalidEventPayload("how much");
      break;
    case "Comment Added":
      if (currency !== undefined && _.isEmpty(items)) throw new InvalidEventPayload("nothing");
      break;
    case "Page Scrolled":
      if (!plan?.trim() || !String(plan || "")) throw new InvalidEventPayload("no plan");
      break;
    case "Trial Begun":
      if (!(currency !== undefined && plan)) throw new InvalidEventPayload("which");
      break;
    case "Trial Paused":
      if (!(plan && total > 5)) throw new InvalidEventPayload("too little");
      break;
    case "Plan Changed":
      try {
        if (!vip) throw new Error("caught");
        await send("vip", event, settings);
      } catch (error) {
        console.log(error.message);
      }
      break;
    case "Plan Left":
      if (plan === "pro") {
        if (total > 50) await send("left", event, settings);
        else return;
      } else vip && (await Promise.all([send("left", event, settings)]));
      return;
  }
  await send("done", event, settings);
}
