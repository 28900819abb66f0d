/* The matrix: acts on rows by keyboard. Works beside tecum.js (rows and keys) and desk.js (selections). */
"use strict";
(() => {
  const form = () => document.querySelector("form[data-selection]");
  const boxes = () => [...(form()?.querySelectorAll("input[name=pk]") || [])];

  // An act that opens puts the focus into its first field.
  document.addEventListener("toggle", (event) => {
    const act = event.target;
    if (act.matches?.(".m-act[open]")) {
      document.querySelectorAll(".m-act[open]").forEach((other) => { if (other !== act) { other.open = false; } });
      act.querySelector(".menu-panel input, .menu-panel select, .menu-panel textarea")?.focus();
    }
  }, true);

  // The key for editing acts on the current row, where none was selected: before the key's own act.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "e" || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) { return; }
    const box = document.querySelector("[data-row].row-current input[name=pk]");
    if (box && !boxes().some((one) => one.checked)) { box.click(); }
  }, true);

  // Enter in a field presses the button of its own act: the form holds several.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches?.(".m-act input, .m-act select")) { return; }
    event.preventDefault();
    const button = event.target.closest(".m-act").querySelector("button[name=act]");
    if (!button.disabled) { button.click(); }
  });

  // With Shift, a tick reaches from the last one to this one.
  let last = null;
  document.addEventListener("click", (event) => {
    const box = event.target;
    if (!box.matches?.("form[data-selection] input[name=pk]")) { return; }
    const all = boxes();
    if (event.shiftKey && last && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
      all.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
    last = box;
  });
})();
