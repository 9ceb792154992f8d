async function onIdentify(event, settings) {
  console.log(`identify ${JSON.stringify(event.traits)}`);
  //^^^^^^^^^ F182 personal-data-shown: `traits.email`
// right:  console.log(`identify ${event.messageId}`);
  if (!event.traits?.email) throw new InvalidEventPayload("email is missing");
}
