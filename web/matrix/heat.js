// The heat map: a row a place, grouped by province, a column a measure, grouped by aspect. Only what has evidence is an
// element, so that hundreds of rows open at once; what is off the screen is not laid out (content-visibility).
import { bitByBit, el, linkTo, stateClass, stateName } from "./dom.js";
import { squares } from "./wanted.js";

// What a square has room for, in characters of full width.
const ROOM = 3.4;
const MARKS = { confirm: "✓", amend: "✎", reject: "✕" };

const wide = (text) => [...text].reduce((sum, sign) => sum + (/[\d.,]/.test(sign) ? 0.58 : 1), 0);

export function squareText(cell) {
  if (!cell.figure) return `${cell.documents}份`;
  const told = cell.figure + cell.unit;
  return wide(told) <= ROOM ? told : cell.figure;
}

export function squareLabel(grid, { cell, besides }) {
  const parts = [stateName(grid, cell), cell.figure + cell.unit, `${cell.documents}份文件`];
  if (besides) parts.push("企业另有做法");
  return `${cell.place.name} · ${cell.measure.name}：${parts.filter(Boolean).join("，")}`;
}

function square(grid, found, column) {
  const { cell, besides } = found;
  const shade = cell.documents > 3 ? 3 : cell.documents > 1 ? 2 : 1;
  const kind = `sq ${stateClass(cell)} shade-${shade}${cell.figure ? "" : " plain"}${besides ? " besides" : ""}`;
  const node = el("button", {
    type: "button", class: kind, role: "gridcell", tabindex: "-1", "aria-colindex": column + 2, "aria-label": squareLabel(grid, found),
    "data-place": cell.place.name, "data-measure": cell.measure.name, "data-mark": MARKS[cell.word],
  }, squareText(cell));
  node.style.gridColumn = column + 2;
  return node;
}

function head(grid, columns, count) {
  const bands = el("div", { class: "bands", role: "presentation" }, el("div", { class: "corner" }));
  for (const [at, aspect] of grid.aspects.entries()) {
    const wide = columns.filter((measure) => measure.aspect === at).length;
    if (!wide) continue;
    const band = el("div", { class: `band aspect-${at}` }, el("span", {}, wide > 1 ? aspect : aspect.slice(0, 2)));
    band.style.gridColumn = `span ${wide}`;
    bands.append(band);
  }
  const names = el("div", { class: "names", role: "row" }, el("div", { class: "corner", role: "columnheader" }, `${count}个地区`),
    columns.map((measure, column) => {
      const opens = column === 0 || columns[column - 1].aspect !== measure.aspect;
      return el("a", {
        class: `name aspect-${measure.aspect}${opens ? " opens" : ""}`, role: "columnheader", href: linkTo({ measure: measure.name }),
        title: `看看哪些地方有${measure.name}`,
      }, el("span", {}, measure.name));
    }));
  return el("div", { class: "heat-head" }, bands, names);
}

/** A county whose city has no row above it is named with its city. */
function rowName(place, above) {
  const alone = place.city && place.city !== place.name && place.city !== place.province && !above.has(place.city);
  return alone ? `${place.city.replace(/市$/, "")}·${place.name}` : place.name;
}

function rowOf(place, above) {
  return el("div", { class: "heat-row", role: "row" },
    el("a", { class: `place ${place.level}`, role: "rowheader", href: linkTo({ places: place.name }), title: `${place.name}有哪些举措` }, rowName(place, above)));
}

function fill(grid, node, row, columnOf) {
  const found = [...row.values()].sort((one, other) => columnOf.get(one.cell.measure) - columnOf.get(other.cell.measure));
  node.append(...found.map((each) => square(grid, each, columnOf.get(each.cell.measure))));
}

/** The heat map of some cells; `open(place, measure)` is called when a square is tapped. */
export function heatMap(grid, cells, open) {
  const rows = squares(cells);
  const used = new Set(cells.map((cell) => cell.measure));
  const columns = grid.measures.filter((measure) => used.has(measure)).sort((one, other) => one.aspect - other.aspect || one.at - other.at);
  const columnOf = new Map(columns.map((measure, column) => [measure, column]));
  const sheet = el("div", {
    class: "sheet", role: "grid", "aria-label": "举措一览", "aria-rowcount": rows.size + 1, "aria-colcount": columns.length + 1,
  }, head(grid, columns, rows.size));
  sheet.style.setProperty("--columns", columns.length);
  sheet.style.setProperty("--longest", Math.max(...columns.map((measure) => measure.name.length)));
  const empty = [];
  const above = new Set([...rows.keys()].map((place) => place.name));
  const groups = Map.groupBy ? Map.groupBy(rows, ([place]) => place.province) : grouped(rows);
  for (const [province, within] of groups) {
    // A province that has a row of its own heads its group with it.
    if (within[0][0].name !== province) sheet.append(el("div", { class: "group" }, el("span", {}, province)));
    for (const [place, row] of within) {
      const node = rowOf(place, above);
      empty.push([node, row]);
      sheet.append(node);
    }
  }
  bitByBit(sheet, empty, ([node, row]) => fill(grid, node, row, columnOf));
  const first = sheet.querySelector(".sq");
  if (first) first.tabIndex = 0;
  sheet.addEventListener("click", (event) => {
    const tapped = event.target.closest(".sq");
    if (tapped) open(tapped.dataset.place, tapped.dataset.measure, tapped);
  });
  sheet.addEventListener("pointerover", (event) => {
    const under = event.target.closest?.(".sq");
    if (under) under.title = under.getAttribute("aria-label");
  });
  sheet.addEventListener("keydown", walk);
  return el("div", { class: "heat", tabindex: "-1" }, sheet);
}

function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row[0].province, [...(groups.get(row[0].province) || []), row]);
  return groups;
}

/** The arrows walk from square to square: along the row, or to the nearest square of the next row that has one. */
function walk(event) {
  const here = event.target.closest(".sq");
  const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
  if (!here || !step) return;
  event.preventDefault();
  const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
  const at = Number(here.getAttribute("aria-colindex"));
  let next = null;
  if (sideways) next = step < 0 ? here.previousElementSibling : here.nextElementSibling;
  for (let row = here.parentElement; !sideways && row && !next;) {
    row = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    next = nearest(row, at);
  }
  if (!next?.classList.contains("sq")) return;
  here.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function nearest(row, at) {
  const away = (node) => Math.abs(Number(node.getAttribute("aria-colindex")) - at);
  return [...(row?.querySelectorAll(".sq") || [])].reduce((best, node) => (!best || away(node) < away(best) ? node : best), null);
}
