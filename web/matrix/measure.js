// A measure's page: who has it, since when, how many, each with its quote; what is not certain stands apart.
import { asked, el, linkTo } from "./dom.js";
import { barPlots } from "./bars.js";

/** The quote that speaks for a cell: what was done, with the cell's figure, before the rest; no copy. */
export function bestOf(cell) {
  const counting = cell.evidence.filter((one) => !one.copy_of);
  const rank = (one) => (one.modality === "done" ? 2 : 0) + (one.figure === cell.figure ? 1 : 0);
  return (counting.length ? counting : cell.evidence).reduce((best, one) => (rank(one) > rank(best) ? one : best));
}

export const isRejected = (cell) => cell.correction?.action === "reject" && !cell.correction.outdated;

const firstYear = (cell) =>
  cell.evidence.filter((one) => one.modality === "done" && one.year && !one.copy_of).map((one) => one.year).sort()[0] || "";

function row(cell, open) {
  const best = bestOf(cell);
  const year = firstYear(cell) || cell.year;
  return el("li", {},
    el("button", { type: "button", class: "evidence-row", onclick: (event) => open(cell.place, cell.measure, event.currentTarget) },
      el("span", { class: "who" }, cell.place, cell.correction && !cell.correction.outdated ? el("small", { class: "checked" }, "人工核对") : null),
      el("span", { class: "figure" }, cell.figure ? cell.figure + cell.unit : ""),
      el("span", { class: "year" }, year ? `${year}年` : ""),
      el("q", {}, best.quote),
      el("span", { class: "from" }, best.title)));
}

function section(title, hint, cells, open, kind) {
  if (!cells.length) return null;
  return el("section", { class: `rows ${kind}` },
    el("h3", {}, title, el("small", {}, `${cells.length}个`)), hint ? el("p", { class: "aside" }, hint) : null,
    el("ul", {}, cells.map((cell) => row(cell, open))));
}

function summary(grid, adopted) {
  const cityOf = new Map(grid.places.map((place) => [place.name, place.city]));
  const cities = new Set(adopted.map((cell) => cityOf.get(cell.place)).filter(Boolean));
  const dated = adopted.filter(firstYear).sort((one, other) => firstYear(one).localeCompare(firstYear(other)));
  const first = dated[0];
  const also = dated.filter((cell) => firstYear(cell) === firstYear(first)).map((cell) => cell.place);
  return el("p", { class: "lead" },
    adopted.length ? ["有证据的", el("b", {}, `${adopted.length}个地区`), `，属于${cities.size}个城市。`] : "没有找到已经落实的地方。",
    first ? `资料里最早的是${also.slice(0, 3).join("、")}${also.length > 3 ? "等" : ""}（${firstYear(first)}年）。` : "",
    el("span", {}, `据资料库${grid.documents}份文件、${grid.cities}个城市。`));
}

/** The page of the measure with this name. */
export async function measurePage(grid, name, open) {
  const measure = grid.measures.find((one) => one.name === name);
  if (!measure) return el("p", { class: "nothing" }, `举措表里没有「${name}」这一项。`, el("a", { href: "/matrix" }, "看全部举措"));
  const cells = (await asked(`/api/matrix?${new URLSearchParams({ measure: name })}`)).filter((cell) => cell.measure === name);
  const own = cells.filter((cell) => cell.level !== "enterprise" && !isRejected(cell));
  const adopted = own.filter((cell) => cell.state === "adopted")
    .sort((one, other) => (firstYear(one) || "9999").localeCompare(firstYear(other) || "9999"));
  const page = el("div", { class: "page measure-page" });
  const openPlace = (place) => open(place, name);
  const plots = el("div", { class: "plots" });
  const draw = () => {
    const wide = Math.min(720, Math.max(280, page.clientWidth - 40));
    const drawn = barPlots(adopted, wide, openPlace);
    plots.replaceChildren(...drawn, drawn.length ? el("p", { class: "aside" }, "各地数字的年份和口径可能不同。") : "");
  };
  const file = linkTo({ measure: name }).replace("/matrix", "");
  page.append(
    el("a", { class: "back", href: "/matrix" }, "‹ 全部举措"),
    el("div", { class: "page-head" },
      el("div", {}, el("span", { class: `kind aspect-${measure.aspect}` }, el("i", { class: "dot" }), grid.aspects[measure.aspect]), el("h2", {}, name)),
      el("div", { class: "exports" }, el("a", { href: `/api/matrix.csv${file}`, download: true }, "CSV"), el("a", { href: `/api/matrix.xlsx${file}`, download: true }, "XLSX"))),
    measure.counts ? el("p", { class: "defined" }, el("b", {}, "算："), measure.counts, measure.countsNot ? [el("b", {}, "　不算："), measure.countsNot] : "") : "",
    summary(grid, adopted), plots,
    section("有证据", "按资料里最早的年份排列；原文没写年份的，按资料的日期。", adopted, open, "adopted") || "",
    section("不确定", "原文只说计划、要求，或说得不清楚，不算已经做了。", own.filter((cell) => cell.state !== "adopted"), open, "uncertain") || "",
    section("企业自己的做法", "不算所在城市的。", cells.filter((cell) => cell.level === "enterprise" && !isRejected(cell)), open, "enterprise") || "",
    section("已否定", "工作人员看过原文后否定的。", cells.filter(isRejected), open, "rejected") || "");
  new ResizeObserver(draw).observe(page);
  return page;
}
