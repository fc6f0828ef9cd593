// Search within the document page. Without scripts the box stays hidden, and the browser's own search remains.
"use strict";

(() => {
  const form = document.getElementById("find");
  const article = document.querySelector("article.document");
  if (!form || !article) return;
  const box = form.querySelector("input");
  const count = form.querySelector("[role=status]");
  const steps = form.querySelectorAll("[data-step]");
  const PAUSE_MS = 150;
  let matches = []; // each the marks of one match, which may lie in several elements
  let current = -1;
  let searched = "";
  let timer = 0;

  const isShown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

  function textNodes(block) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  }

  // Marks [start, end) of a text that several nodes make up; from the end, so that earlier offsets stay true.
  function mark(nodes, start, end) {
    const marks = [];
    let offset = nodes.reduce((sum, node) => sum + node.data.length, 0);
    for (const node of [...nodes].reverse()) {
      const length = node.data.length;
      offset -= length;
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, length);
      if (from >= to) continue;
      const part = from > 0 ? node.splitText(from) : node;
      if (to - from < part.data.length) part.splitText(to - from);
      const found = document.createElement("mark");
      found.className = "found";
      part.replaceWith(found);
      found.append(part);
      marks.unshift(found);
    }
    return marks;
  }

  function matchesIn(block, pattern) {
    const nodes = textNodes(block);
    const places = [...nodes.map((node) => node.data).join("").matchAll(pattern)];
    return places
      .reverse()
      .map((place) => mark(textNodes(block), place.index, place.index + place[0].length))
      .reverse();
  }

  function clear() {
    const parents = new Set();
    for (const found of matches.flat()) {
      parents.add(found.parentNode);
      found.replaceWith(...found.childNodes);
    }
    parents.forEach((parent) => parent.normalize());
    matches = [];
    current = -1;
  }

  function say(text) {
    if (count.textContent !== text) count.textContent = text;
  }

  function show() {
    document.querySelectorAll("mark.found.current").forEach((found) => found.classList.remove("current"));
    matches[current].forEach((found) => found.classList.add("current"));
    matches[current][0].scrollIntoView({ block: "center" });
    say(form.dataset.count.replace("{number}", current + 1).replace("{count}", matches.length));
  }

  function search() {
    clearTimeout(timer);
    const words = box.value.trim();
    if (words === searched) return;
    searched = words;
    clear();
    if (words) {
      const pattern = new RegExp(words.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "\\s+"), "giu");
      const blocks = [...article.querySelectorAll("h1, h2, h3, p, dd, th, td")].filter(isShown);
      matches = blocks.flatMap((block) => matchesIn(block, pattern));
    }
    steps.forEach((button) => (button.disabled = !matches.length));
    if (!matches.length) {
      say(words ? form.dataset.none : "");
      return;
    }
    current = Math.max(0, matches.findIndex((marks) => marks[0].getBoundingClientRect().bottom > form.offsetHeight));
    show();
  }

  function step(by) {
    const searchedBefore = box.value.trim() === searched;
    search(); // what was typed a moment ago may still be waiting
    if (!matches.length || !searchedBefore) return;
    current = (current + by + matches.length) % matches.length;
    show();
  }

  box.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(search, PAUSE_MS);
  });
  box.addEventListener("compositionend", () => (timer = setTimeout(search, PAUSE_MS)));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && event.target === box) {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    }
    if (event.key === "Escape") {
      event.preventDefault();
      box.value = "";
      search();
      box.focus();
    }
  });
  steps.forEach((button) => button.addEventListener("click", () => step(Number(button.dataset.step))));
  document.getElementById("show-translation")?.addEventListener("change", () => {
    searched = "";
    search();
  });

  form.hidden = false;
})();
