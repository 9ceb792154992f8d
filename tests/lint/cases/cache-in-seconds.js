async function onTrack(event, settings) {
  await cache.load("rates", 60, async () => ({ usd: 1 }));
//      ^^^^^^^^^^ F124 cache-in-seconds: write 60 * 1000
// right:  await cache.load("rates", 60 * 1000, async () => ({ usd: 1 }));
}
