// The page: which of its three views the address names, and what a tap does.
import { asked, el, linkTo, trouble } from "./dom.js";
import { filterBar } from "./filters.js";
import { heatMap } from "./heat.js";
import { placeList } from "./list.js";
import { measurePage } from "./measure.js";
import { closePanel, openPanel } from "./panel.js";
import { placesPage } from "./places.js";
import { NO_PROVINCE, forRest, kept, unpacked, wantedOf } from "./wanted.js";

const NAME = "举措一览 · 产改问答";
const view = document.getElementById("view");
const phone = matchMedia("(max-width: 900px)");
let grid = null;
let look = "";
let turn = 0;
const kept_at = { left: 0, top: 0 };

async function load() {
  grid = unpacked(await asked("/api/matrix/grid"));
}

const open = (place, measure, from) => openPanel(place, measure, from, async () => { await load(); await draw(); });

function go(address) {
  history.pushState(null, "", address);
  closePanel();
  draw();
}

function legend(cells) {
  const entry = (kinds, label, count, title) => el("span", { title }, kinds.map((kind) => el("i", { class: `key ${kind}` })), label, count ? el("b", {}, count) : "");
  const own = cells.filter((cell) => !cell.enterprise);
  const adopted = own.filter((cell) => cell.adopted).length;
  return el("p", { class: "legend" }, entry(["adopted shade-1", "adopted shade-2", "adopted shade-3"], "有证据", adopted, "颜色越深，文件越多"),
    entry(["uncertain"], "不确定", own.length - adopted), entry(["enterprise"], "企业做法", cells.length - own.length), entry(["empty"], "资料未提及"));
}

function lookSwitch() {
  const now = look || (phone.matches ? "list" : "heat");
  const choice = (name, label) => el("button", {
    type: "button", "aria-pressed": String(now === name), onclick: () => { look = name; drawMatrix(); },
  }, label);
  return el("div", { class: "looks", role: "group", "aria-label": "看法" }, choice("heat", "热图"), choice("list", "列表"));
}

function extent() {
  return el("p", { class: "extent" }, `据资料库${grid.documents}份文件、${grid.cities}个城市`);
}

function exports_(wanted) {
  const search = linkTo(forRest(wanted)).replace("/matrix", "");
  const compare = el("a", { class: "compare", href: "/matrix?places=" }, "两地对比");
  // REST knows no name for the places of no province, and a file must hold what the page shows.
  if (wanted.province === NO_PROVINCE) return el("div", { class: "exports" }, compare);
  return el("div", { class: "exports" }, compare,
    el("a", { href: `/api/matrix.csv${search}`, download: true }, "CSV"), el("a", { href: `/api/matrix.xlsx${search}`, download: true }, "XLSX"));
}

function change(name, value) {
  const wanted = name ? { ...wantedOf(location.search), [name]: value } : {};
  history.replaceState(null, "", linkTo(wanted));
  drawMatrix();
}

/** The heat map or the list; the search box stays the same element, because a person may be writing in it. */
function drawMatrix() {
  const wanted = wantedOf(location.search);
  const cells = kept(grid, wanted);
  const bar = filterBar(grid, wanted, change);
  const written = view.querySelector(".seek");
  if (written && document.activeElement === written) bar.querySelector(".seek").replaceWith(written);
  const shown = look || (phone.matches ? "list" : "heat");
  const body = !cells.length
    ? el("p", { class: "nothing" }, grid.cells.length ? "没有符合条件的。去掉一个条件试试。" : "资料库里还没有读到任何地方的举措。")
    : shown === "heat" ? heatMap(grid, cells, open) : placeList(grid, cells, open);
  view.className = `whole ${shown}-look`;
  view.replaceChildren(bar, el("div", { class: "line" }, extent(), legend(cells), lookSwitch(), exports_(wanted)), body);
  if (document.contains(written)) written.focus();
  if (shown === "heat") {
    body.scrollTo(kept_at.left, kept_at.top);
    body.addEventListener("scroll", () => Object.assign(kept_at, { left: body.scrollLeft, top: body.scrollTop }), { passive: true });
  }
}

async function draw() {
  const mine = ++turn;
  const given = new URLSearchParams(location.search);
  view.setAttribute("aria-busy", "true");
  try {
    if (!grid) await load();
    if (!given.has("measure") && !given.has("places")) {
      document.title = NAME;
      drawMatrix();
    } else {
      const named = given.get("measure") || given.get("places") || "";
      const page = given.has("measure")
        ? await measurePage(grid, named, open)
        : await placesPage(grid, named, open, (names) => go(`/matrix?${new URLSearchParams({ places: names })}`));
      if (mine !== turn) return;
      document.title = [named.replace(/[,，]/g, "和"), NAME].filter(Boolean).join(" · ");
      view.className = "one";
      view.replaceChildren(page);
      view.scrollTop = 0;
    }
  } catch (error) {
    if (mine === turn) view.replaceChildren(trouble(error));
  }
  if (mine === turn) view.setAttribute("aria-busy", "false");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="/matrix"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(link.getAttribute("href"));
});
addEventListener("popstate", () => { closePanel(); draw(); });
phone.addEventListener("change", () => { if (view.classList.contains("whole")) drawMatrix(); });
draw();
