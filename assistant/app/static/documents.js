// The document page without scripts is whole; this brings a quoted passage into view and folds the contents on phones.
"use strict";

(() => {
  const contents = document.getElementById("contents");
  if (contents && window.matchMedia("(max-width: 1020px)").matches) contents.open = false;

  const quote = document.querySelector("mark.quote");
  if (quote) {
    const tall = quote.getBoundingClientRect().height > window.innerHeight / 2;
    const show = () => quote.scrollIntoView({ block: tall ? "start" : "center" });
    requestAnimationFrame(show);
    const link = document.querySelector(".quote-note a");
    if (link) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        show();
      });
    }
  }

  const box = document.getElementById("show-translation");
  if (box) {
    const key = `policy-assistant.translation.${box.dataset.language}`;
    try {
      const wanted = localStorage.getItem(key);
      if (wanted) box.checked = wanted === "shown";
      box.addEventListener("change", () => localStorage.setItem(key, box.checked ? "shown" : "hidden"));
    } catch {
      // Storage is closed to us: the box works for this visit.
    }
  }
})();
