/* The paper beside the forms that write it: what stands in them goes to the server after a pause, and comes back as it would print. */
"use strict";
(() => {
  const pane = document.querySelector("[data-preview]");
  if (!pane) { return; }
  const PAUSE = 150;
  const root = document.documentElement;
  const sheets = pane.querySelector("[data-preview-sheets]");
  const problems = pane.querySelector("[data-preview-problems]");
  const state = pane.querySelector("[data-preview-state]");
  const toggle = document.querySelector("[data-preview-toggle]");
  const wide = matchMedia("(min-width: 75rem)");
  const LISTS = { definition: ".defined", instruction: ".instructed", request: ".request-heading, .request-title:not(.response-title)", answer: ".answered" };
  const shown = new Map(); // by section: its mark, its host, what it is when nothing is unsaved
  let timer = 0;
  let asked = 0;
  let running = null;
  let moved = false; // whether something was stored since the last drawing
  let latest = null; // where the paper changed last

  // Shown or hidden, as this browser was left; side by side where there is room, unless somebody closed it. ---------------
  const kept = () => { try { return localStorage.getItem("tecum-preview"); } catch { return null; } };
  const open = () => root.classList.contains("preview-open");
  const show = (yes) => {
    root.classList.toggle("preview-open", yes);
    toggle?.setAttribute("aria-expanded", String(yes));
    if (yes) { soon(0); }
  };
  toggle?.addEventListener("click", () => {
    show(!open());
    try { localStorage.setItem("tecum-preview", open() ? "on" : "off"); } catch { /* private mode: lasts for this page */ }
  });

  // What stands in the open forms. -----------------------------------------------------------------------------------------
  const forms = () => [...document.querySelectorAll("form[data-part]")];
  const collect = () => {
    const body = new FormData();
    const counted = {};
    forms().forEach((form) => {
      let part = form.dataset.part;
      if (part.endsWith("-new")) {
        counted[part] = (counted[part] || 0) + 1;
        // An empty form that was just opened is no text yet.
        if (!form.querySelector("textarea")?.value.trim()) { return; }
        part = `${part}-${counted[part]}`;
      }
      body.append("parts", part);
      new FormData(form).forEach((value, name) => {
        if (name !== "csrfmiddlewaretoken" && typeof value === "string") { body.append(`${part}-${name}`, value); }
      });
    });
    return body;
  };

  // Asking: the newest question wins. --------------------------------------------------------------------------------------
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
  const ask = async (body, have = true) => {
    // What is marked comes again once something was stored: the same words may be saved by now.
    if (have) { shown.forEach((section) => { if (!moved || !section.marked) { body.append("have", section.mark); } }); }
    running?.abort();
    running = new AbortController();
    const answer = await fetch(pane.dataset.preview, {
      method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token() }, redirect: "error", signal: running.signal,
    });
    return [answer.status, await answer.json()];
  };
  const refresh = async () => {
    if (!open()) { return; }
    const mine = ++asked;
    const body = collect();
    const unsaved = body.has("parts");
    try {
      if (unsaved && (shown.size ? moved : unsavedFirst())) { await rebase(); }
      const [status, data] = await ask(body);
      if (mine !== asked) { return; }
      moved = false;
      tell(data.problems || []);
      if (status === 200) { draw(data.sections, unsaved); }
    } catch (error) {
      if (error.name !== "AbortError" && mine === asked) { tell([pane.dataset.failed]); }
    }
  };
  // A page that came back with what is wrong in it shows words that are not stored.
  const unsavedFirst = () => Boolean(document.querySelector(".field-bad, .theirs, form[data-part][data-dirty]"));
  // After a text was saved, moved or removed while another one is open: marks are set against what is stored now.
  const rebase = async () => {
    const [status, data] = await ask(new FormData(), false);
    if (status !== 200) { return; }
    if (!shown.size) { draw(data.sections, false); return; }
    data.sections.forEach((told) => {
      const section = shown.get(told.name);
      if (!section) { return; }
      section.saved = parsed(told.markup);
      section.saved.classList.add(...told.classes);
    });
  };
  const soon = (pause = PAUSE) => { clearTimeout(timer); timer = setTimeout(refresh, pause); };
  const tell = (sentences) => {
    problems.replaceChildren(...sentences.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
    problems.hidden = sentences.length === 0;
  };

  // Drawing: each section under a root of its own, with the stylesheets that print it. ---------------------------------------
  const parsed = (markup) => {
    const holder = document.createElement("template");
    holder.innerHTML = markup;
    return holder.content.firstElementChild;
  };
  const host = (told) => {
    const element = document.createElement("div");
    element.className = "preview-sheet";
    const inside = element.attachShadow({ mode: "open" });
    [...told.styles, pane.dataset.sheet].forEach((href) => {
      const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
      link.addEventListener("load", () => { fit(); follow(); }); // only now does each text stand where it stays
      inside.append(link);
    });
    return element;
  };
  const draw = (sections, unsaved) => {
    const names = new Set(sections.map((told) => told.name));
    shown.forEach((section, name) => { if (!names.has(name)) { section.host.remove(); shown.delete(name); } });
    let before = null;
    sections.forEach((told) => {
      let section = shown.get(told.name);
      if (told.markup !== undefined) {
        const sheet = parsed(told.markup);
        sheet.classList.add(...told.classes);
        if (!section) {
          section = { host: host(told), saved: null, scale: new CSSStyleSheet() };
          section.host.shadowRoot.adoptedStyleSheets = [section.scale];
          shown.set(told.name, section);
        }
        // What the page showed first, and after each save, is what is stored: the rest is marked against it.
        if (!unsaved || section.saved === null) { section.saved = sheet.cloneNode(true); }
        const at = section.fresh ? differing(section.fresh, sheet) : null;
        section.fresh = sheet.cloneNode(true);
        if (unsaved) { mark(section.saved, sheet); }
        section.mark = told.mark;
        section.marked = Boolean(sheet.querySelector(".unsaved, .unsaved-near"));
        const old = section.host.shadowRoot.querySelector(".on-screen");
        if (old) { patch(old, sheet); } else { section.host.shadowRoot.append(sheet); }
        latest = at ? reached(section.host.shadowRoot.querySelector(".on-screen"), at) : latest;
      }
      if (before ? before.nextElementSibling !== section.host : sheets.firstElementChild !== section.host) {
        if (before) { before.after(section.host); } else { sheets.prepend(section.host); }
      }
      before = section.host;
    });
    state.textContent = [...shown.values()].some((one) => one.marked) ? state.dataset.unsavedWords : state.dataset.saved;
    fit();
    follow();
  };
  // Marks the smallest elements that differ: equal ones at both ends are passed over, pairs in between are looked into.
  const mark = (saved, fresh) => {
    if (saved.isEqualNode(fresh)) { return; }
    const [olds, news] = [[...saved.children], [...fresh.children]];
    if (!news.length || !olds.length || saved.tagName !== fresh.tagName) { fresh.classList.add("unsaved"); return; }
    let start = 0;
    while (start < olds.length && start < news.length && olds[start].isEqualNode(news[start])) { start += 1; }
    let [end, last] = [olds.length, news.length];
    while (end > start && last > start && olds[end - 1].isEqualNode(news[last - 1])) { end -= 1; last -= 1; }
    if (start === last) { fresh.classList.add("unsaved-near"); return; }
    if (end - start === last - start && news.slice(start, last).every((one) => one.tagName !== "BR" && one.tagName !== "SPAN")) {
      for (let at = start; at < last; at += 1) { mark(olds[at], news[at]); }
      return;
    }
    news.slice(start, last).forEach((one) => { one.classList.add("unsaved"); });
  };

  // The way to the first of the smallest elements in which a sheet reads otherwise than the one before: places among children.
  // It is looked for before marks are set.
  const differing = (old, fresh) => {
    if (old.isEqualNode(fresh)) { return null; }
    const [olds, news] = [[...old.children], [...fresh.children]];
    const at = news.findIndex((one, place) => !olds[place] || !olds[place].isEqualNode(one));
    if (at < 0) { return []; }
    return news.length === olds.length ? [at, ...differing(olds[at], news[at])] : [at];
  };
  const reached = (sheet, way) => way.reduce((element, place) => element?.children[place], sheet) || sheet;
  // Makes what is shown read as the fresh sheet by exchanging only what differs: the rest is not laid out again.
  const patch = (old, fresh) => {
    if (old.isEqualNode(fresh)) { return; }
    const [olds, news] = [[...old.childNodes], [...fresh.childNodes]];
    const alike = old.nodeName === fresh.nodeName && olds.length > 0 && olds.length === news.length;
    if (!alike || !old.cloneNode(false).isEqualNode(fresh.cloneNode(false))) { old.replaceWith(fresh); return; }
    olds.forEach((one, place) => { patch(one, news[place]); });
  };

  // The place being edited stands in sight: that of the text whose form is in use, else where the paper changed last. ----------------------------------------------------------------------------------
  const inAll = (selector) => [...shown.values()].flatMap((section) => [...section.host.shadowRoot.querySelectorAll(selector)]);
  const place = () => {
    // A page with one text at a time shows its place without anybody being in a field.
    const form = document.activeElement?.closest?.("form[data-part]") || document.querySelector("form[data-place]");
    if (!form) { return null; }
    const [kind] = form.dataset.part.split("-");
    if (LISTS[kind]) {
      const number = Number(form.dataset.place || form.closest("li")?.querySelector("[data-number]")?.textContent) || Infinity;
      const found = inAll(LISTS[kind]);
      const spot = found[Math.min(number, found.length) - 1] || null;
      return spot?.contains(latest) ? latest : spot;
    }
    return latest?.isConnected ? latest : inAll(".unsaved")[0] || null;
  };
  const follow = () => {
    const target = place();
    if (!target) { return; }
    const [box, at] = [sheets.getBoundingClientRect(), target.getBoundingClientRect()];
    if (at.top < box.top + 8 || at.top > box.bottom - 90) { sheets.scrollTop += at.top - box.top - box.height / 4; }
  };

  // A page of 8.5 inches as wide as the pane. ----------------------------------------------------------------------------------
  const fit = () => {
    const room = sheets.clientWidth - 24;
    shown.forEach((section) => {
      const sheet = section.host.shadowRoot.querySelector(".on-screen");
      if (!sheet || room <= 0) { return; }
      // A rule and no attribute: what has a style of its own cannot be compared, nor copied under the page's policy.
      section.scale.replaceSync(`.on-screen { zoom: ${Math.min(1, room / (sheet.classList.contains("wide") ? 1056 : 816))}; }`);
    });
  };
  new ResizeObserver(fit).observe(sheets);

  document.addEventListener("input", (event) => { if (event.target.closest("form[data-part]")) { soon(); } });
  document.addEventListener("change", (event) => { if (event.target.closest("form[data-part]")) { soon(); } });
  document.addEventListener("focusin", (event) => { if (event.target.closest("form[data-part]")) { follow(); } });
  document.addEventListener("htmx:afterSettle", () => { moved = true; soon(); });
  document.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) { soon(); } });
  new MutationObserver(() => { soon(); }).observe(document.querySelector("[data-document]") || pane.parentElement.firstElementChild, { childList: true, subtree: true });
  show(kept() ? kept() === "on" : wide.matches);
})();
