// Elements, words and requests. Text of documents only ever becomes text nodes and attributes, never markup.
const SVG = "http://www.w3.org/2000/svg";

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export const el = (tag, attributes = {}, ...children) => filled(document.createElement(tag), attributes, children);
export const svg = (tag, attributes = {}, ...children) => filled(document.createElementNS(SVG, tag), attributes, children);

/** The reply of REST; an Error with one line of Chinese where there is none. */
export async function asked(address, sent) {
  let reply;
  try {
    reply = await fetch(address, sent);
  } catch {
    throw new Error("连不上服务器，请检查网络后再试。");
  }
  const told = await reply.json().catch(() => null);
  if (!reply.ok || told === null) throw new Error(told?.error || "出了点问题，请稍后再试。");
  return told;
}

/** The address of a view of this page. */
export function linkTo(wanted) {
  const search = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value)).toString();
  return search ? `/matrix?${search}` : "/matrix";
}

const AT_ONCE = 30;

/** Does the work for what fits a screen at once and for the rest bit by bit, as long as `root` is on the page. */
export function bitByBit(root, items, work) {
  items.slice(0, AT_ONCE).forEach(work);
  const on = (from) => {
    if (from >= items.length || !root.isConnected) return;
    items.slice(from, from + AT_ONCE).forEach(work);
    setTimeout(on, 0, from + AT_ONCE);
  };
  setTimeout(on, 0, AT_ONCE);
}

export const trouble = (error) => el("p", { class: "trouble", role: "alert" }, error.message);

/** A figure as a number: 15000 of 1.5万, 300 of 300余; null where there is none. */
export function valueOf(figure) {
  const found = /^(\d+(?:\.\d+)?)[余多]?([万亿]?)/.exec(figure.replaceAll(",", ""));
  return found ? Number(found[1]) * { "": 1, 万: 1e4, 亿: 1e8 }[found[2]] : null;
}

export const stateName = (grid, cell) =>
  cell.word === "reject" ? "已否定" : cell.enterprise ? "企业做法" : grid.names.states[cell.adopted ? "adopted" : "uncertain"];

export const stateClass = (cell) =>
  cell.word === "reject" ? "rejected" : cell.enterprise ? "enterprise" : cell.adopted ? "adopted" : "uncertain";
