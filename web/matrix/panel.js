// The panel of one square: every piece of evidence, its quote in its context, and what staff say of it.
import { asked, el, linkTo } from "./dom.js";
import { correctionForm } from "./correct.js";

const panel = () => document.getElementById("square");
let opener = null;
let newest = 0;

export function closePanel() {
  if (panel().hidden) return;
  panel().hidden = true;
  document.body.classList.remove("with-square");
  document.querySelector(".sq.open")?.classList.remove("open");
  opener?.isConnected && opener.focus({ preventScroll: true });
  opener = null;
}

function copies(piece) {
  if (!piece.copies.length) return null;
  return el("details", { class: "copies" }, el("summary", {}, `另有${piece.copies.length}处重复，只算一次`),
    el("ul", {}, piece.copies.map((copy) => el("li", {}, copy.title, el("span", {}, copy.date)))));
}

function pieceCard(piece) {
  const facts = [piece.date, piece.level && `层级：${piece.level}`, piece.year && `所说年份：${piece.year}年`, piece.figure];
  return el("article", { class: "card" },
    el("div", { class: "card-head" }, el("span", { class: "title" }, piece.title)),
    el("div", { class: "facts" }, facts.filter(Boolean).map((fact) => el("span", {}, fact))),
    el("div", { class: "quote" }, el("span", { class: "around" }, piece.before), el("mark", {}, piece.quote), el("span", { class: "around" }, piece.after)),
    el("div", { class: "card-foot" },
      el("span", { class: `badge ${piece.modality === "done" ? "supported" : "planned"}` }, piece.modality_name),
      piece.spun ? el("span", { class: "badge low" }, "低质量来源：疑似改写") : null,
      piece.copy ? el("span", { class: "badge low" }, "重复") : null,
      el("span", { class: "file" }, piece.file)),
    copies(piece));
}

function staffLine(cell) {
  if (!cell.correction) return null;
  const told = [cell.correction, cell.reason, cell.corrected].filter(Boolean).join(" · ");
  return el("p", { class: "staff" }, told);
}

function cellSection(square, cell, again) {
  const state = cell.enterprise ? "enterprise" : cell.state;
  const told = [cell.figure && `${cell.figure}${cell.unit}`, cell.year && `${cell.year}年`].filter(Boolean).join(" · ");
  return el("section", { class: "square-cell" },
    el("div", { class: "verdict" },
      el("span", { class: `state ${state}` }, cell.enterprise ? `企业做法（${cell.state_name}）` : cell.state_name),
      el("span", {}, told), el("small", {}, `${cell.evidence.length}处原文`)),
    cell.enterprise ? el("p", { class: "aside" }, "这是当地企业自己的做法，不算这个地方的。") : null,
    staffLine(cell),
    cell.evidence.map(pieceCard),
    correctionForm(square, cell, again));
}

function headOf(place, measure) {
  return el("header", { class: "square-head" },
    el("h2", { tabindex: "-1" }, el("a", { href: linkTo({ places: place }) }, place), el("i", {}, "·"), el("a", { href: linkTo({ measure }) }, measure)),
    el("button", { type: "button", class: "close", "aria-label": "关闭", onclick: closePanel }, "×"));
}

/** Opens the panel; `changed()` is called when a correction was kept. */
export async function openPanel(place, measure, from, changed) {
  const mine = ++newest;
  document.querySelector(".sq.open")?.classList.remove("open");
  opener = from || opener;
  if (from?.classList.contains("sq")) from.classList.add("open");
  const head = headOf(place, measure);
  panel().replaceChildren(head, el("p", { class: "waiting" }, "正在取原文…"));
  panel().hidden = false;
  panel().scrollTop = 0;
  document.body.classList.add("with-square");
  head.querySelector("h2").focus({ preventScroll: true });
  // The panel has taken room from the map.
  if (from?.classList.contains("sq")) from.scrollIntoView({ block: "nearest", inline: "nearest" });
  const again = async () => { await changed?.(); await openPanel(place, measure, null, changed); };
  let shown;
  try {
    const square = await asked(`/api/matrix/square?${new URLSearchParams({ place, measure })}`);
    shown = square.cells.map((cell) => cellSection(square, cell, again));
    if (!shown.length) shown = [el("p", { class: "panel-empty" }, "资料没有提到。资料里没有，不等于当地没有做。")];
  } catch (error) {
    shown = [el("p", { class: "trouble" }, error.message)];
  }
  if (mine === newest) panel().replaceChildren(head, ...shown);
}

addEventListener("keydown", (event) => { if (event.key === "Escape") closePanel(); });
