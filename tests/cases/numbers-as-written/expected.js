const IDENTIFY = Object.freeze([identifySubscriber0042]);

// identify/subscriber/0042
async function identifySubscriber0042(event, settings, call) {
  const fields = {
    subscriberId: "0042",
    firstName: "1.10",
    lastName: "true",
    phone: "4912345678",
  };
  await saveSubscriber(call, fields);
}
