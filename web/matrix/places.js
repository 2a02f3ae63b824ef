// One place with all it has, or two places side by side; each with its quote.
import { asked, el, linkTo } from "./dom.js";
import { bestOf, isRejected } from "./measure.js";

const MOST = 2;
const LIST = "every-place";

/** What speaks for a place with a measure: its own cell, else that of a county in it, which is then named. */
function told(grid, cells, place) {
  const province = grid.places.find((one) => one.name === place)?.level === "province";
  const found = new Map();
  for (const cell of cells) {
    if (cell.level === "enterprise" || isRejected(cell) || (province && cell.place !== place)) continue;
    const other = found.get(cell.measure);
    const weight = (one) => (one.state === "adopted" ? 2 : 0) + (one.place === place ? 1 : 0);
    if (!other || weight(cell) > weight(other)) found.set(cell.measure, cell);
  }
  return found;
}

const isAdopted = (cell) => cell?.state === "adopted";

function quoteCell(cell, place, open) {
  if (!cell) return el("td", { class: "silent" }, el("span", { class: "column" }, place), "资料未提及");
  const best = bestOf(cell);
  return el("td", {}, el("span", { class: "column" }, place),
    el("button", { type: "button", class: "evidence-cell", onclick: (event) => open(cell.place, cell.measure, event.currentTarget) },
      el("span", { class: "verdict" },
        el("span", { class: `state ${cell.state}` }, isAdopted(cell) ? "有证据" : "不确定"),
        cell.figure ? el("b", {}, cell.figure + cell.unit) : null,
        cell.place === place ? null : el("small", {}, `（${cell.place}）`)),
      el("q", {}, best.quote), el("span", { class: "from" }, best.title)));
}

function table(title, hint, measures, places, found, open) {
  if (!measures.length) return null;
  return el("section", { class: places.length > 1 ? "side" : "side alone" },
    el("h3", {}, title, el("small", {}, `${measures.length}项`)), hint ? el("p", { class: "aside" }, hint) : null,
    el("table", {},
      el("thead", {}, el("tr", {}, el("th", {}, "举措"), places.map((place) => el("th", {}, place)))),
      el("tbody", {}, measures.map((measure) => el("tr", {},
        el("th", { scope: "row" }, el("a", { href: linkTo({ measure: measure.name }) }, measure.name)),
        places.map((place, at) => quoteCell(found[at].get(measure.name), place, open)))))));
}

function chooser(grid, places, go) {
  const box = (at, label) => el("input", {
    list: LIST, value: places[at] || "", placeholder: label, "aria-label": label, maxlength: 40, autocomplete: "off",
    onchange: () => go(boxes.map((each) => each.value.trim()).filter(Boolean).join(",")),
  });
  const boxes = [box(0, "选一个地方"), box(1, "再选一个，两地对比")];
  return el("form", { class: "chooser", onsubmit: (event) => event.preventDefault() }, boxes[0], el("span", {}, "和"), boxes[1],
    el("datalist", { id: LIST }, grid.places.map((place) => el("option", { value: place.name }, place.province))));
}

function sections(grid, places, found, open) {
  const all = grid.measures.slice().sort((one, other) => one.aspect - other.aspect || one.at - other.at);
  const where = (test) => all.filter((measure) => test(...found.map((each) => each.get(measure.name))));
  if (places.length === 1) {
    return [...grid.aspects.map((aspect, at) => table(aspect, "", where((cell) => isAdopted(cell)).filter((one) => one.aspect === at), places, found, open)),
      table("不确定", "原文只说计划、要求，或说得不清楚。", where((cell) => cell && !isAdopted(cell)), places, found, open)];
  }
  return [
    table("两地都有", "", where((one, other) => isAdopted(one) && isAdopted(other)), places, found, open),
    table(`只有${places[0]}有`, "", where((one, other) => isAdopted(one) && !isAdopted(other)), places, found, open),
    table(`只有${places[1]}有`, "", where((one, other) => !isAdopted(one) && isAdopted(other)), places, found, open),
    table("都还不确定", "原文只说计划、要求，或说得不清楚。", where((one, other) => (one || other) && !isAdopted(one) && !isAdopted(other)), places, found, open),
  ];
}

function silent(grid, places, found) {
  const names = grid.measures.filter((measure) => !found.some((each) => each.has(measure.name))).map((measure) => measure.name);
  if (!names.length) return null;
  return el("details", { class: "silent-list" }, el("summary", {}, `${places.length > 1 ? "两地资料都" : "资料"}未提及的${names.length}项`),
    el("p", {}, names.join("、")), el("p", { class: "aside" }, "资料里没有，不等于当地没有做。"));
}

function enterprises(cells, open) {
  const found = cells.flat().filter((cell) => cell.level === "enterprise" && !isRejected(cell));
  if (!found.length) return null;
  return el("details", { class: "silent-list" }, el("summary", {}, `企业自己的做法${found.length}项，不算当地的`),
    el("div", { class: "tags" }, found.map((cell) => el("button", {
      type: "button", class: "tag enterprise", onclick: (event) => open(cell.place, cell.measure, event.currentTarget),
    }, `${cell.place} · ${cell.measure}`, cell.figure ? el("b", {}, cell.figure + cell.unit) : null))));
}

/** The page of one place or of two, named with a comma between them; `go(names)` leads to others. */
export async function placesPage(grid, names, open, go) {
  const known = new Set(grid.places.map((place) => place.name));
  const places = [...new Set(names.split(/[,，、]/).map((name) => name.trim()).filter(Boolean))].slice(0, MOST);
  const page = el("div", { class: "page places-page" }, el("a", { class: "back", href: "/matrix" }, "‹ 全部地区"), chooser(grid, places, go));
  const missing = places.filter((place) => !known.has(place));
  if (missing.length) {
    page.append(el("p", { class: "nothing" }, `资料库里没有「${missing.join("」「")}」的举措。请写全名，如 常州市。`));
    return page;
  }
  if (!places.length) {
    page.append(el("p", { class: "nothing" }, "选两个地方，看看哪些举措两地都有、哪些只有一地有。"));
    return page;
  }
  const cells = await Promise.all(places.map((place) => asked(`/api/matrix?${new URLSearchParams({ place })}`)));
  const found = places.map((place, at) => told(grid, cells[at], place));
  const about = places.map((place, at) => `${place}有证据${[...found[at].values()].filter(isAdopted).length}项`).join("，");
  page.append(
    el("h2", {}, places.join(" 和 ")), el("p", { class: "lead" }, `${about}。`, el("span", {}, `据资料库${grid.documents}份文件、${grid.cities}个城市。`)),
    ...sections(grid, places, found, open).filter(Boolean), enterprises(cells, open) || "", silent(grid, places, found) || "");
  return page;
}
