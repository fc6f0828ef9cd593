"use strict";
const form = document.querySelector(".filters");
if (form) {
  const cards = [...document.querySelectorAll(".wrong")];
  const apply = () => {
    const words = form.elements.words.value.trim().toLowerCase();
    const chosen = [...form.querySelectorAll("select")].filter((select) => select.value);
    let shown = 0;
    for (const card of cards) {
      const fits = chosen.every((select) => card.dataset[select.name].split("|").includes(select.value))
        && (!words || card.textContent.toLowerCase().includes(words));
      card.hidden = !fits;
      shown += fits;
    }
    form.querySelector("output").textContent = `${shown} of ${cards.length} shown`;
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  apply();
}
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
