// The row of filters above the matrix; each of them is a native control, so that a phone and a keyboard know it.
import { el } from "./dom.js";
import { KEYS } from "./wanted.js";

const PAUSE = 160;

function choice(name, label, options, wanted, change) {
  const select = el("select", { name, "aria-label": label, onchange: () => change(name, select.value) },
    el("option", { value: "" }, label),
    options.map(([value, shown]) => el("option", { value, selected: value === wanted[name] }, shown)));
  return el("label", { class: wanted[name] ? "pill on" : "pill" }, select);
}

function aspectChips(grid, wanted, change) {
  return el("div", { class: "aspects", role: "group", "aria-label": "方面" }, grid.aspects.map((aspect, at) => {
    const on = wanted.aspect === aspect;
    return el("button", {
      type: "button", class: `pill aspect-${at}`, "aria-pressed": String(on), onclick: () => change("aspect", on ? "" : aspect),
    }, el("i", { class: "dot" }), aspect);
  }));
}

/** The bar; `change(name, value)` is called with each choice, a moment after the last key in the search box. */
export function filterBar(grid, wanted, change) {
  let waiting = 0;
  const box = el("input", {
    type: "search", name: "q", class: "seek", placeholder: "找地区或举措", "aria-label": "找地区或举措", value: wanted.q,
    maxlength: 60, autocomplete: "off",
    oninput: () => { clearTimeout(waiting); waiting = setTimeout(() => change("q", box.value.trim()), PAUSE); },
  });
  const provinces = [...new Set(grid.places.map((place) => place.province))];
  const years = [...new Set(grid.cells.map((cell) => cell.last).filter(Boolean))].sort().reverse();
  const levels = new Set(grid.cells.map((cell) => cell.level));
  const named = Object.entries(grid.names.levels).filter(([level]) => levels.has(level));
  return el("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
    box,
    choice("province", "省份", provinces.map((name) => [name, name]), wanted, change),
    choice("since", "哪年以来", years.map((year) => [year, `${year}年以来`]), wanted, change),
    choice("level", "层级", named.map(([level, name]) => [level, `${name}级`.replace("企业级", "企业").replace("县区级", "县区")]), wanted, change),
    choice("state", "状态", Object.entries(grid.names.states), wanted, change),
    aspectChips(grid, wanted, change),
    KEYS.some((key) => wanted[key]) ? el("button", { type: "button", class: "clear", onclick: () => change("", "") }, "清除条件") : null);
}
