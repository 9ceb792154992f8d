// Several requests at the same time.
async function onTrack(event) {
  const products = (event.properties && event.properties.products) || [{}, {}];
  const answers = await Promise.all(
    products.map((product, place) =>
      fetch(`https://api.example.com/products/${place}`, {
        method: "PATCH",
        body: JSON.stringify(product),
      }),
    ),
  );
  console.log(answers.map(({ status }) => status));
}

async function onIdentify(event) {
  const first = await Promise.race([
    fetch("https://a.example.com/" + event.userId),
    fetch("https://b.example.com/" + event.userId),
  ]);
  const any = await Promise.any([Promise.reject(new Error("x")), first.text()]);
  console.log(first.url, any);
}
