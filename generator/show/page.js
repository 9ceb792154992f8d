"use strict";
// Search, and the choice between picture and table. The page reads well without it.
(function () {
  const search = document.getElementById("search");
  const count = document.getElementById("count");
  const nothing = document.getElementById("nothing");
  const views = [...document.querySelectorAll("input[name=view]")];
  const entries = [...document.querySelectorAll(".picture .entry")];
  const rows = [...document.querySelectorAll("tbody .entry")];
  const lists = [...document.querySelectorAll(".picture ul")];
  const mappings = [...document.querySelectorAll(".mapping")];

  // Upper and lower case, accents and Unicode forms make no difference.
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = [...entries, ...rows].map((entry) => [entry, plain(entry.dataset.text)]);

  function find() {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    for (const [entry, text] of texts) entry.hidden = !words.every((word) => text.includes(word));
    for (const list of lists) {
      const empty = !list.querySelector(".entry:not([hidden])");
      list.hidden = empty;
      list.previousElementSibling.hidden = empty;
    }
    for (const mapping of mappings) {
      mapping.hidden = words.length > 0 && !mapping.querySelector(".entry:not([hidden])");
    }
    const found = entries.filter((entry) => !entry.hidden).length;
    const all = `${entries.length} ${entries.length === 1 ? "entry" : "entries"}`;
    count.textContent = words.length ? `${found} of ${all}` : all;
    nothing.hidden = found > 0 || words.length === 0;
  }

  function choose() {
    document.body.dataset.view = views.find((view) => view.checked).value;
  }

  function keys(event) {
    const typing = event.target instanceof HTMLInputElement && event.target.type === "search";
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape" && typing) {
      search.value = "";
      find();
    }
  }

  search.addEventListener("input", find);
  for (const view of views) view.addEventListener("change", choose);
  document.addEventListener("keydown", keys);
  choose();
  find();
})();
