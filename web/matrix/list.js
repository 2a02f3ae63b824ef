// The same as a list, a card a place: what a phone shows first.
import { bitByBit, el, linkTo, stateClass } from "./dom.js";
import { squareLabel } from "./heat.js";
import { squares } from "./wanted.js";

const SHOWN = 10;

function chip(grid, found, open) {
  const { cell } = found;
  return el("button", {
    type: "button", class: `tag ${stateClass(cell)}`, "aria-label": squareLabel(grid, found),
    onclick: (event) => open(cell.place.name, cell.measure.name, event.currentTarget),
  }, cell.measure.name, cell.figure ? el("b", {}, cell.figure + cell.unit) : null);
}

function card(grid, place, row, open) {
  const found = [...row.values()].sort((one, other) => one.cell.measure.aspect - other.cell.measure.aspect || one.cell.measure.at - other.cell.measure.at);
  const adopted = found.filter(({ cell }) => cell.adopted && !cell.enterprise).length;
  const tags = el("div", { class: "tags" }, found.slice(0, SHOWN).map((each) => chip(grid, each, open)));
  if (found.length > SHOWN) {
    const more = el("button", {
      type: "button", class: "tag more-tags",
      onclick: () => more.replaceWith(...found.slice(SHOWN).map((each) => chip(grid, each, open))),
    }, `还有${found.length - SHOWN}项`);
    tags.append(more);
  }
  const city = place.city === place.name || place.city === place.province ? "" : place.city;
  const about = [place.province === place.name ? "" : place.province + city, adopted ? `有证据${adopted}项` : "", found.length > adopted ? `其他${found.length - adopted}项` : ""];
  return el("article", { class: "place-card" },
    el("h3", {}, el("a", { href: linkTo({ places: place.name }) }, place.name), el("small", {}, about.filter(Boolean).join(" · "))),
    tags);
}

/** The list of some cells; `open(place, measure)` is called when a chip is tapped. */
export function placeList(grid, cells, open) {
  const list = el("div", { class: "place-list" });
  bitByBit(list, [...squares(cells)], ([place, row]) => list.append(card(grid, place, row, open)));
  return list;
}
