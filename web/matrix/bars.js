// A bar plot of figures: a bar a place, the largest first, drawn as SVG.
import { el, svg, valueOf } from "./dom.js";

const ROW = 32;
const LABEL = 118;
const TOLD = 84;
const SHOWN = 15;

const short = (name) => (name.length > 7 ? name.slice(0, 6) + "…" : name);

function bar(cell, at, most, wide, open) {
  const length = Math.max(3, ((wide - LABEL - TOLD) * cell.value) / most);
  const told = `${cell.place} ${cell.figure}${cell.unit}${cell.year ? `（${cell.year}年）` : ""}`;
  return svg("g", {
    class: "bar", role: "button", tabindex: 0, "aria-label": told, transform: `translate(0 ${at * ROW})`,
    onclick: () => open(cell.place), onkeydown: (event) => { if (event.key === "Enter") open(cell.place); },
  },
  svg("title", {}, told),
  svg("rect", { class: "reach", x: 0, y: 0, width: wide, height: ROW }),
  svg("text", { x: LABEL - 10, y: ROW / 2, class: "label" }, short(cell.place)),
  svg("rect", { class: "length", x: LABEL, y: 6, width: length, height: ROW - 12, rx: 4 }),
  svg("text", { x: LABEL + length + 8, y: ROW / 2, class: "told" }, cell.figure + cell.unit));
}

function plot(unit, cells, wide, open) {
  const most = cells[0].value;
  const height = cells.length * ROW;
  return svg("svg", { class: "bars", viewBox: `0 0 ${wide} ${height}`, width: wide, height, role: "group", "aria-label": `按${unit}排列` },
    cells.map((cell, at) => bar(cell, at, most, wide, open)));
}

/** The plots of a measure's figures, one a unit, for the units that two places or more are told in. */
export function barPlots(cells, wide, open) {
  const units = new Map();
  for (const cell of cells) {
    const value = valueOf(cell.figure);
    if (value) units.set(cell.unit, [...(units.get(cell.unit) || []), { ...cell, value }]);
  }
  return [...units].filter(([, told]) => told.length > 1).sort(([, one], [, other]) => other.length - one.length)
    .map(([unit, told]) => {
      const ranked = told.sort((one, other) => other.value - one.value);
      const shown = ranked.slice(0, SHOWN);
      const rest = ranked.length - shown.length;
      return el("figure", { class: "plot" }, el("figcaption", {}, `按「${unit}」计，${ranked.length}个地方`),
        plot(unit, shown, wide, open), rest ? el("p", { class: "aside" }, `只画前${SHOWN}个，其余${rest}个见下表。`) : null);
    });
}
