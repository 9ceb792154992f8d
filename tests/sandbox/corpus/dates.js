// Dates, numbers and languages.
async function onTrack(event) {
  const at = new Date(event.timestamp);
  const money = new Intl.NumberFormat("de-DE", { style: "currency", currency: "EUR" });
  await fetch("https://api.example.com/dates", {
    method: "POST",
    body: JSON.stringify({
      day: at.toLocaleDateString("en-GB", { timeZone: "Europe/Berlin" }),
      time: at.toLocaleTimeString("en-US"),
      unix: Math.floor(at / 1000),
      total: money.format(event.properties?.total),
      sorted: ["ä", "a", "z"].sort(new Intl.Collator("sv").compare),
      utc: at.toUTCString(),
      zone: new Date(0).getTimezoneOffset(),
      text: String(new Date(event.sentAt)),
    }),
  });
}

async function onIdentify(event) {
  const created = new Date(event.traits.createdAt * 1000).toISOString();
  console.log(created, Date.UTC(2026, 0), new Date(2026, 1, 30).getDate(), typeof Date());
}
