"use strict";
// Draws the plots, and narrows the list of questions. Everything else of the page works without it.
(() => {
  const { config, plots } = JSON.parse(document.getElementById("plots").textContent);
  const one = (id) => document.getElementById(id);

  // `ast` reads expressions with an interpreter, so that the page can forbid eval.
  const options = { actions: false, ast: true, config, defaultStyle: false, renderer: "svg", tooltip: { disableDefaultStyle: true, theme: "own" } };
  const drawn = new Map();
  const draw = async (box, key) => {
    drawn.get(box)?.finalize();
    try {
      drawn.set(box, await vegaEmbed(box, plots[key], options));
      box.dataset.drawn = key;
    } catch (error) {
      box.textContent = "这张图没有画出来，数值见各表。";
      console.error(error);
    }
  };
  for (const box of document.querySelectorAll("[data-plot]")) draw(box, box.dataset.plot);

  const measure = one("measure");
  const choose = () => {
    draw(one("by-type-plot"), measure.value);
    for (const note of document.querySelectorAll("[data-note]")) note.hidden = note.dataset.note !== measure.value;
  };
  measure?.addEventListener("change", choose);

  const cards = [...document.querySelectorAll(".card")];
  const kind = one("by-type"), fault = one("by-fault"), word = one("by-word");
  const narrow = () => {
    const sought = word.value.trim().toLowerCase();
    let shown = 0;
    for (const card of cards) {
      const fits = (!kind.value || card.dataset.type === kind.value)
        && (!fault.value || card.dataset.faults.split("\n").includes(fault.value))
        && (!sought || card.textContent.toLowerCase().includes(sought));
      card.hidden = !fits;
      shown += fits;
    }
    one("shown").textContent = shown === cards.length ? `共 ${shown} 题` : `显示 ${shown} 题，共 ${cards.length} 题`;
    one("no-card").hidden = shown > 0;
  };
  one("filters")?.addEventListener("input", narrow);
  one("filters")?.addEventListener("submit", (event) => event.preventDefault());
  if (cards.length) narrow();

  for (const button of document.querySelectorAll(".to-type")) {
    button.addEventListener("click", () => {
      kind.value = button.dataset.type;
      fault.value = "";
      word.value = "";
      narrow();
      one("worst").scrollIntoView();
    });
  }

  // A link to a measure opens its definition.
  const open = () => {
    const row = location.hash.startsWith("#m-") && one(decodeURIComponent(location.hash.slice(1)));
    if (row) row.querySelector("details").open = true;
  };
  addEventListener("hashchange", open);
  open();
})();
