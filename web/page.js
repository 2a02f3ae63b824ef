// Gradio takes its own labels from the browser's language; this page is Chinese for everybody.
Object.defineProperty(navigator, "language", { get: () => "zh-CN" });
Object.defineProperty(navigator, "languages", { get: () => ["zh-CN", "zh"] });

// A tap on a citation mark opens and shows its card: in the panel where there is one, else under the answer.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.cite");
  if (!link) return;
  event.preventDefault();
  const name = (link.getAttribute("href") || "").split("#")[1];
  if (!name) return;
  const panel = document.getElementById("panel");
  const room = panel && panel.offsetParent ? panel : link.closest(".answer");
  const card = room && room.getElementsByClassName(name)[0];
  if (!card) return;
  for (let fold = card.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  card.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "nearest" });
  card.classList.remove("found");
  requestAnimationFrame(() => card.classList.add("found"));
});

// Gradio opens every link in a window of its own. That is right for the other room while there is a talk, which would be
// lost; without one the tab just leads there.
document.addEventListener("click", (event) => {
  const tab = event.target.closest?.("a.tab");
  if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const here = tab.classList.contains("here");
  if (!here && document.querySelector("#chat .user-row")) return;
  event.preventDefault();
  if (!here) location.assign(tab.href);
});

// A tap on a filter above an answer asks the question once more without it.
document.addEventListener("click", (event) => {
  const chip = event.target.closest?.("a.chip");
  if (!chip) return;
  event.preventDefault();
  const told = document.querySelector("#tapped textarea, #tapped input");
  const again = document.getElementById("again");
  if (!told || !again) return;
  told.value = (chip.getAttribute("href") || "").split("#")[1] || "";
  told.dispatchEvent(new Event("input", { bubbles: true }));
  // Gradio must have taken the value over before it is asked to send it.
  setTimeout(() => again.click(), 50);
});

// Gradio gives messages and examples English labels, some with raw markup; a screen reader should read the text itself.
new MutationObserver(() => {
  const log = document.querySelector('#chat [role="log"]:not([aria-label="对话"])');
  if (log) log.setAttribute("aria-label", "对话");
  const labelled = "#chat [data-testid][aria-label], #chat .example[aria-label]";
  for (const message of document.querySelectorAll(labelled)) message.removeAttribute("aria-label");
}).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["aria-label"] });

// Gradio names its buttons in words of its own, some of them English. A pressed thumb stays pressed until the other one is
// tapped: letting it go would look like a vote taken back, and the vote is kept already.
const NAMES = {
  赞: ["有用", false], Liked: ["有用", true], 踩: ["没用", false], Disliked: ["没用", true], "Scroll down": ["到最新一条"],
};
new MutationObserver(() => {
  for (const button of document.querySelectorAll("#chat button[aria-label]")) {
    const [name, pressed] = NAMES[button.getAttribute("aria-label")] || [];
    if (!name) continue;
    button.setAttribute("aria-label", name);
    button.title = pressed === undefined ? name : "";
    if (pressed !== undefined) button.setAttribute("aria-pressed", pressed);
  }
}).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["aria-label"] });
addEventListener("click", (event) => {
  if (event.target.closest?.('#chat .message-buttons [aria-pressed="true"]')) event.stopImmediatePropagation();
}, true);

// A long answer is read from its start: the newest question is held at the top while its answer grows, until the
// reader scrolls. (Gradio would follow the end of the answer.)
let asked = 0;
let held = false;
const letGo = () => { held = false; };
for (const motion of ["wheel", "touchmove", "keydown", "pointerdown"]) document.addEventListener(motion, letGo, { passive: true });
new MutationObserver(() => {
  const questions = document.querySelectorAll("#chat .user-row");
  if (questions.length > asked) held = true;
  asked = questions.length;
  const room = document.querySelector("#chat .bubble-wrap");
  if (!held || !asked || !room) return;
  const newest = questions[asked - 1].getBoundingClientRect().top - room.getBoundingClientRect().top;
  room.scrollTop += newest - 16;
}).observe(document.documentElement, { childList: true, subtree: true });
