/* Privilege logs: keys for the selection. [data-key] buttons. */
"use strict";
(() => {
  const off = () => { try { return localStorage.getItem("tecum-keys") === "off"; } catch { return false; } };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || off()) { return; }
    if (event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog")) { return; }
    const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (button && !button.disabled) { event.preventDefault(); button.click(); }
  });
})();
