// What staff say of a cell: confirmed, rejected or amended, always with a reason.
import { asked, el } from "./dom.js";

const ACTIONS = [["confirm", "确认", "原文确实说明了这一格"], ["reject", "驳回", "原文说的不是这回事"], ["amend", "更正", "有这回事，但数字、年份或状态不对"]];

function field(name, label, value, longest) {
  return el("label", {}, label, el("input", { name, value, maxlength: longest, autocomplete: "off" }));
}

function amendFields(cell) {
  const state = el("select", { name: "state" }, [["", "状态不变"], ["adopted", "改为有证据"], ["uncertain", "改为不确定"]].map(([value, shown]) => el("option", { value }, shown)));
  return el("div", { class: "amend" },
    field("figure", "数字", cell.figure, 20), field("unit", "单位", cell.unit, 10), field("year", "年份", cell.year, 4), el("label", {}, "状态", state));
}

function sheet(square, cell, action, done) {
  const [, name, hint] = ACTIONS.find(([each]) => each === action);
  const trouble = el("p", { class: "trouble", role: "alert", hidden: true });
  const send = el("button", { type: "submit", class: "send" }, `写下${name}`);
  async function submit(event) {
    event.preventDefault();
    const told = Object.fromEntries(new FormData(form));
    // Only what differs from the cell is a change.
    for (const key of ["figure", "unit", "year"]) if (told[key] === cell[key]) delete told[key];
    const body = JSON.stringify({ place: square.place, measure: square.measure, enterprise: cell.enterprise, digest: cell.digest, action, ...told });
    send.disabled = true;
    try {
      await asked("/api/matrix/corrections", { method: "POST", headers: { "content-type": "application/json" }, body });
      await done();
    } catch (error) {
      trouble.textContent = error.message;
      trouble.hidden = false;
      send.disabled = false;
    }
  }
  const form = el("form", { class: "correct-form", onsubmit: submit },
    el("p", {}, `${hint}。会和这一格一起显示，重建资料库也不会丢。`),
    action === "amend" ? amendFields(cell) : null,
    el("label", {}, "理由", el("textarea", { name: "reason", rows: 2, maxlength: 500, required: true, placeholder: "写给以后看的人，一句话就行" })),
    trouble, send);
  return form;
}

/** The three buttons under a cell; `done()` is awaited once a correction is kept. */
export function correctionForm(square, cell, done) {
  const place = el("div", {});
  const buttons = ACTIONS.map(([action, name]) => el("button", {
    type: "button", "aria-pressed": "false",
    onclick: (event) => {
      const opens = event.currentTarget.getAttribute("aria-pressed") === "false";
      for (const button of buttons) button.setAttribute("aria-pressed", "false");
      event.currentTarget.setAttribute("aria-pressed", String(opens));
      place.replaceChildren(...(opens ? [sheet(square, cell, action, done)] : []));
      place.querySelector("textarea, input")?.focus();
    },
  }, name));
  return el("div", { class: "correct" }, el("div", { class: "correct-buttons", role: "group", "aria-label": "人工核对" }, el("span", {}, "人工核对"), buttons), place);
}
